//! `POST /api/v1/me/second-factor/confirmation`: prove with a first code that the second factor arrived.

use actix_web::{http::StatusCode, post, web::Data};
use authz::accounts::{Recovery, confirm_second_factor as confirm, holder};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    http::{Ask, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// A first code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstCode {
    /// Six digits.
    code: String,
}

/// Confirms the proposed second factor and gives ten recovery codes, once. Every other session ends.
#[utoipa::path(tag = "me", request_body = FirstCode, responses((status = 200, body = Recovery)))]
#[post("/api/v1/me/second-factor/confirmation")]
pub async fn confirm_second_factor(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    let desk = worker.desk()?;
    holder(desk, ask.caller.clone()).await?;
    let FirstCode { code } = ask.body.read()?;
    Reply::given(StatusCode::OK, confirm(desk, ask.caller, code).await?)
}
