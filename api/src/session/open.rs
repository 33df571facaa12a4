//! `POST /api/v1/session`: sign in.

use actix_web::{HttpRequest, HttpResponse, post, web::Data};
use authz::accounts::{Attempt, SignInError, sign_in};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{SessionView, label_of, passkey::PasskeyAnswer, rules, view};
use crate::{
    http::{Anyone, Ask},
    problem::{Problem, ProblemKind},
    server::Worker,
};

/// How a person shows who they are.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    email: String,
    password: String,
    /// Code of the second factor, or a recovery code.
    totp: Option<String>,
    /// The answer of a passkey, in place of a code.
    passkey: Option<PasskeyAnswer>,
}

impl From<SignInError> for Problem {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Refused => Self::new(ProblemKind::Unauthenticated),
            SignInError::Busy => Self { retry_after: Some(1), ..Self::new(ProblemKind::TooManyRequests) },
            SignInError::Stop(stop) => stop.into(),
        }
    }
}

/// Signs in. Whatever is wrong, the answer is the same.
#[utoipa::path(tag = "session", request_body = Credentials, responses((status = 200, body = SessionView)))]
#[post("/api/v1/session")]
pub async fn open(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<Anyone>,
) -> Result<HttpResponse, Problem> {
    worker.limit_address(request.peer_addr().map(|peer| peer.ip()))?;
    let Credentials { email, password, totp, passkey } = ask.body.read()?;
    let shared = &worker.shared;
    let rules = rules(&shared.config);
    let passkey = passkey.map(|answer| answer.assertion(shared)).transpose()?;
    let attempt = Attempt { email, password, code: totp, passkey, label: label_of(&request) };
    let (passwords, issuer) = (shared.passwords.clone(), shared.issuer.clone());
    let signed_in = sign_in(worker.desk()?, ask.caller, attempt, passwords, issuer, rules).await?;
    Ok(HttpResponse::Ok().json(view(signed_in)))
}
