//! `POST /api/v1/me/password`: change one's own password.

use actix_web::{HttpResponse, post, web::Data};
use authz::accounts::{AccountError, Evidence, change_password, holder};
use domain::validation::{Invalid, Rule};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    http::{Ask, SignedIn},
    problem::Problem,
    server::Worker,
    session::lockout,
};

/// The password that served and the one that will.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// The password so far.
    current: String,
    /// At least twelve characters, of any kind.
    password: String,
}

/// Changes the password. Every other session ends.
#[utoipa::path(tag = "me", request_body = NewPassword, responses((status = 204)))]
#[post("/api/v1/me/password")]
pub async fn password(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<HttpResponse, Problem> {
    let desk = worker.desk()?;
    let holder = holder(desk, ask.caller).await?;
    let NewPassword { current, password } = ask.body.read()?;
    let (passwords, rule) = (&worker.shared.passwords, lockout(&worker.shared.config));
    let proof = holder.prove(passwords, Evidence::Password(current)).await?;
    change_password(desk, proof, password, passwords, rule).await.map_err(|error| match error {
        AccountError::NotProved => Problem::invalid(vec![Invalid::at("/current", Rule::ProofWrong)]),
        other => other.into(),
    })?;
    Ok(HttpResponse::NoContent().finish())
}
