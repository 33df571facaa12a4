//! `POST /api/v1/service-accounts`: make an account for a program.

use actix_web::{http::StatusCode, post, web::Data};
use authz::{
    accounts::{AgencyAccounts, ServiceAccount, create_service as create_program, of_own_agency},
    acts::ManageAccount,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::name_of;
use crate::{
    http::{Ask, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Which program.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewService {
    /// Name under which the log speaks of it.
    name: String,
}

/// Makes an account for a program of the own agency. Its credential is shown once.
#[utoipa::path(tag = "accounts", request_body = NewService, responses((status = 201, body = ServiceAccount)))]
#[post("/api/v1/service-accounts")]
pub async fn create_service(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    let body = ask.body;
    let made = worker
        .desk()?
        .once::<_, Problem>(ask.caller, async move |session| {
            let agency = of_own_agency(session).await?;
            let permit = session.permit::<ManageAccount, AgencyAccounts>(&agency)?;
            let name = name_of(&body.read::<NewService>()?.name)?;
            Ok(create_program(session, permit, &name).await?)
        })
        .await?;
    Reply::given(StatusCode::CREATED, made)
}
