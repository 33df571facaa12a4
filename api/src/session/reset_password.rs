//! `POST /api/v1/password-reset`: choose another password with a token that the admin handed over.

use actix_web::{HttpRequest, HttpResponse, post, web::Data};
use authz::accounts::{self, Choice};
use serde::Deserialize;
use utoipa::ToSchema;

use super::label_of;
use crate::{
    http::{Anyone, Ask},
    problem::Problem,
    server::Worker,
};

/// A token and the password chosen with it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordReset {
    /// The token that was handed over.
    token: String,
    /// At least twelve characters, of any kind.
    password: String,
}

/// Sets another password and ends every session. Signing in comes next, with the second factor.
#[utoipa::path(tag = "session", request_body = PasswordReset, responses((status = 204)))]
#[post("/api/v1/password-reset")]
pub async fn reset_password(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<Anyone>,
) -> Result<HttpResponse, Problem> {
    worker.limit_address(request.peer_addr().map(|peer| peer.ip()))?;
    let PasswordReset { token, password } = ask.body.read()?;
    let choice = Choice { token, password, label: label_of(&request) };
    accounts::reset_password(worker.desk()?, ask.caller, choice, &worker.shared.passwords).await?;
    Ok(HttpResponse::NoContent().finish())
}
