//! `POST /api/v1/accounts`: make an account and invite its person.

use actix_web::{http::StatusCode, post, web::Data};
use authz::{
    accounts::{AgencyAccounts, Invited, Invitee, create as create_account, of_own_agency},
    acts::ManageAccount,
    desk::{Caller, Disclosed},
    id::UserId,
};
use domain::{validation::Invalid, value::check_email};
use serde::Deserialize;
use utoipa::ToSchema;

use super::name_of;
use crate::{
    http::{Ask, Body, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Whom to invite.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// Name shown to colleagues.
    name: String,
    /// Address to sign in with; one for each agency a person speaks for.
    email: String,
    /// The account of the same person in another agency, so that a recusal reaches her in both.
    #[schema(value_type = Option<uuid::Uuid>)]
    same_person_as: Option<UserId>,
}

impl NewAccount {
    fn checked(self) -> Result<Invitee, Problem> {
        let email = self.email.trim().to_owned();
        check_email(&email).map_err(|rule| Problem::invalid(vec![Invalid::at("/email", rule)]))?;
        Ok(Invitee { name: name_of(&self.name)?, email, same_person_as: self.same_person_as })
    }
}

/// Makes an account in the own agency. The invitation is shown once, to be handed to the person.
#[utoipa::path(tag = "accounts", request_body = NewAccount, responses((status = 201, body = Invited)))]
#[post("/api/v1/accounts")]
pub async fn create(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    Reply::given(StatusCode::CREATED, run(&worker, ask.caller, ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(worker: &Worker, caller: Caller, body: Body) -> Result<Disclosed<Invited>, Problem> {
    worker
        .desk()?
        .once::<_, Problem>(caller, async move |session| {
            let agency = of_own_agency(session).await?;
            let permit = session.permit::<ManageAccount, AgencyAccounts>(&agency)?;
            let invitee = body.read::<NewAccount>()?.checked()?;
            Ok(create_account(session, permit, invitee).await?)
        })
        .await
}
