//! `POST /api/v1/me/passkey-challenge`: ask for a new passkey.

use actix_web::{http::StatusCode, post, web::Data};
use authz::{
    accounts::{Challenge, Evidence, challenge_new_passkey, holder},
    desk::{Caller, Disclosed},
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    accounts::name_of,
    http::{Ask, Body, Reply, SignedIn},
    problem::Problem,
    server::Worker,
    session::{lockout, passkey::party},
};

/// A passkey to make, and the holder proving anew who she is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPasskey {
    /// What its holder will call it.
    name: String,
    /// The password.
    password: String,
    /// Code of the second factor, or a recovery code.
    totp: Option<String>,
}

/// Challenges one's device to make a passkey. A second factor must be set up already.
#[utoipa::path(tag = "me", request_body = NewPasskey, responses((status = 200, body = Challenge)))]
#[post("/api/v1/me/passkey-challenge")]
pub async fn passkey_challenge(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    Reply::given(StatusCode::OK, run(&worker, ask.caller, ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(worker: &Worker, caller: Caller, body: Body) -> Result<Disclosed<Challenge>, Problem> {
    let (desk, shared) = (worker.desk()?, &worker.shared);
    let holder = holder(desk, caller).await?;
    let NewPasskey { name, password, totp } = body.read()?;
    let (name, party) = (name_of(&name)?, party(shared)?);
    let proof = holder.prove(&shared.passwords, Evidence::Both(password, totp)).await?;
    Ok(challenge_new_passkey(desk, proof, lockout(&shared.config), party, name).await?)
}
