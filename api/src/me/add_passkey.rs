//! `POST /api/v1/me/passkeys`: add the passkey that the device made.

use actix_web::{http::StatusCode, post, web::Data};
use authz::{
    accounts::{PasskeyAdded, add_passkey as add, holder},
    desk::{Caller, Disclosed},
    id::CeremonyId,
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    http::{Ask, Body, Reply, SignedIn},
    problem::Problem,
    server::Worker,
    session::passkey::party,
};

/// What the device made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MadePasskey {
    /// For which challenge.
    #[schema(value_type = uuid::Uuid)]
    ceremony: CeremonyId,
    /// The credential that the browser gives, as JSON (Web Authentication).
    #[schema(value_type = Object)]
    credential: serde_json::Value,
}

/// Adds a passkey: from now on it signs in alone, or in place of a code.
#[utoipa::path(tag = "me", request_body = MadePasskey, responses((status = 201, body = PasskeyAdded)))]
#[post("/api/v1/me/passkeys")]
pub async fn add_passkey(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    Reply::given(StatusCode::CREATED, run(&worker, ask.caller, ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(worker: &Worker, caller: Caller, body: Body) -> Result<Disclosed<PasskeyAdded>, Problem> {
    let desk = worker.desk()?;
    holder(desk, caller.clone()).await?;
    let MadePasskey { ceremony, credential } = body.read()?;
    Ok(add(desk, caller, party(&worker.shared)?, ceremony, credential).await?)
}
