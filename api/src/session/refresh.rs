//! `POST /api/v1/session/refresh`: the next pair of tokens.

use actix_web::{HttpRequest, HttpResponse, post, web::Data};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{SessionView, view};
use crate::{
    http::{Anyone, Ask},
    problem::Problem,
    server::Worker,
};

/// The refresh token of the last answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    refresh_token: String,
}

/// Exchanges a refresh token. Each serves once; a replay ends the session.
#[utoipa::path(tag = "session", request_body = Refresh, responses((status = 200, body = SessionView)))]
#[post("/api/v1/session/refresh")]
pub async fn refresh(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<Anyone>,
) -> Result<HttpResponse, Problem> {
    worker.limit_address(request.peer_addr().map(|peer| peer.ip()))?;
    let Refresh { refresh_token } = ask.body.read()?;
    let issuer = worker.shared.issuer.clone();
    let next = authz::accounts::refresh(worker.desk()?, ask.caller, refresh_token, issuer).await?;
    Ok(HttpResponse::Ok().json(view(next)))
}
