//! `POST /api/v1/enrolment`: choose a first password with an invitation, and be signed in.

use actix_web::{HttpRequest, HttpResponse, post, web::Data};
use authz::accounts::{self, Choice};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{SessionView, label_of, rules, view};
use crate::{
    http::{Anyone, Ask},
    problem::Problem,
    server::Worker,
};

/// An invitation and the password chosen with it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Enrolment {
    /// The token that was handed over.
    token: String,
    /// At least twelve characters, of any kind.
    password: String,
}

/// Enrols. Where a second factor is required, the session that opens may only set it up.
#[utoipa::path(tag = "session", request_body = Enrolment, responses((status = 200, body = SessionView)))]
#[post("/api/v1/enrolment")]
pub async fn enrol(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<Anyone>,
) -> Result<HttpResponse, Problem> {
    worker.limit_address(request.peer_addr().map(|peer| peer.ip()))?;
    let Enrolment { token, password } = ask.body.read()?;
    let shared = &worker.shared;
    let choice = Choice { token, password, label: label_of(&request) };
    let (issuer, rules) = (shared.issuer.clone(), rules(&shared.config));
    let enrolled =
        accounts::enrol(worker.desk()?, ask.caller, choice, &shared.passwords, issuer, rules).await?;
    Ok(HttpResponse::Ok().json(view(enrolled)))
}
