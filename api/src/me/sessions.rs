//! `GET /api/v1/me/sessions`: the own open sessions.

use actix_web::{get, web::Data};
use authz::accounts::{SessionList, own_sessions};

use crate::{
    http::{Ask, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// The open sessions, newest first.
#[utoipa::path(tag = "me", responses((status = 200, body = SessionList)))]
#[get("/api/v1/me/sessions")]
pub async fn sessions(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    Reply::view(own_sessions(worker.desk()?, ask.caller).await?)
}
