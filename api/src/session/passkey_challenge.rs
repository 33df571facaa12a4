//! `POST /api/v1/session/passkey-challenge`: what a passkey is to answer.

use actix_web::{HttpRequest, HttpResponse, post, web::Data};
use authz::accounts::{Challenge, challenge_sign_in};

use super::passkey::party;
use crate::{
    http::{Anyone, Ask, Nothing},
    problem::Problem,
    server::Worker,
};

/// Gives a challenge for whatever passkey somebody has; nobody is named. It waits five minutes.
#[utoipa::path(tag = "session", request_body = Nothing, responses((status = 200, body = Challenge)))]
#[post("/api/v1/session/passkey-challenge")]
pub async fn passkey_challenge(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<Anyone>,
) -> Result<HttpResponse, Problem> {
    worker.limit_address(request.peer_addr().map(|peer| peer.ip()))?;
    ask.body.read::<Nothing>()?;
    let challenge = challenge_sign_in(worker.desk()?, ask.caller, party(&worker.shared)?).await?;
    Ok(HttpResponse::Ok().json(challenge.into_parts().0))
}
