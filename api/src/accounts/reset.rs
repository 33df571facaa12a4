//! `POST /api/v1/accounts/{id}/password-reset`: let a person choose another password.

use actix_web::{http::StatusCode, post, web::Data};
use authz::{
    accounts::{Account, Invitation, find, offer_reset},
    acts::ManageAccount,
    desk::{Caller, Disclosed},
    id::UserId,
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    http::{Ask, Body, Id, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// How much is reset.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reset {
    /// Is the second factor lost too? Then it is taken away when the token is used.
    #[serde(default)]
    second_factor: bool,
}

/// Makes a token with which the person chooses another password within a day. It is shown once, and nothing
/// changes until it is used.
#[utoipa::path(tag = "accounts", params(("id" = uuid::Uuid, Path, description = "The account")), request_body = Reset, responses((status = 201, body = Invitation)))]
#[post("/api/v1/accounts/{id}/password-reset")]
pub async fn reset(worker: Data<Worker>, ask: Ask<SignedIn>, id: Id<0, UserId>) -> Result<Reply, Problem> {
    Reply::given(StatusCode::CREATED, run(&worker, ask.caller, id.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: UserId,
    body: Body,
) -> Result<Disclosed<Invitation>, Problem> {
    worker
        .desk()?
        .once::<_, Problem>(caller, async move |session| {
            let account = find(session, id).await?;
            let permit = session.permit::<ManageAccount, Account>(&account)?;
            let Reset { second_factor } = body.read()?;
            Ok(offer_reset(session, permit, second_factor).await?)
        })
        .await
}
