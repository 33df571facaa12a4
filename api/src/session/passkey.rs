//! `POST /api/v1/session/passkey`: sign in with a passkey alone.

use actix_web::{HttpRequest, HttpResponse, post, web::Data};
use authz::{
    accounts::{Assertion, RelyingParty, sign_in_with_passkey},
    id::CeremonyId,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{SessionView, label_of, view};
use crate::{
    http::{Anyone, Ask},
    problem::{Problem, ProblemKind},
    server::{Shared, Worker},
};

/// What a passkey answered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasskeyAnswer {
    /// Which challenge.
    #[schema(value_type = uuid::Uuid)]
    ceremony: CeremonyId,
    /// The credential that the browser gives, as JSON (Web Authentication).
    #[schema(value_type = Object)]
    credential: serde_json::Value,
}

impl PasskeyAnswer {
    /// The answer, for this installation.
    pub(super) fn assertion(self, shared: &Shared) -> Result<Assertion, Problem> {
        let Self { ceremony, credential } = self;
        Ok(Assertion { party: party(shared)?, ceremony, credential })
    }
}

/// This installation as passkeys know it.
///
/// # Errors
/// When there can be none here: it has no name, or its connections are not encrypted.
pub(crate) fn party(shared: &Shared) -> Result<RelyingParty, Problem> {
    shared.passkeys.clone().ok_or_else(|| Problem::new(ProblemKind::Conflict))
}

/// Signs in. The device must have recognised its holder; whatever is wrong, the answer is the same.
#[utoipa::path(tag = "session", request_body = PasskeyAnswer, responses((status = 200, body = SessionView)))]
#[post("/api/v1/session/passkey")]
pub async fn passkey(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<Anyone>,
) -> Result<HttpResponse, Problem> {
    worker.limit_address(request.peer_addr().map(|peer| peer.ip()))?;
    let shared = &worker.shared;
    let assertion = ask.body.read::<PasskeyAnswer>()?.assertion(shared)?;
    let (label, issuer) = (label_of(&request), shared.issuer.clone());
    let opened = sign_in_with_passkey(worker.desk()?, ask.caller, assertion, label, issuer).await?;
    Ok(HttpResponse::Ok().json(view(opened)))
}
