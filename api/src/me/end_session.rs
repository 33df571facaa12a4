//! `DELETE /api/v1/me/sessions/{id}`: end one of the own sessions.

use actix_web::{HttpResponse, delete, web::Data};
use authz::{accounts::end_own_session, id::SessionId};

use crate::{
    http::{Ask, Id, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Ends a session at once, for every token of it.
#[utoipa::path(tag = "me", params(("id" = uuid::Uuid, Path, description = "The session")), responses((status = 204)))]
#[delete("/api/v1/me/sessions/{id}")]
pub async fn end_session(
    worker: Data<Worker>,
    ask: Ask<SignedIn>,
    id: Id<0, SessionId>,
) -> Result<HttpResponse, Problem> {
    end_own_session(worker.desk()?, ask.caller, id.get()).await?;
    Ok(HttpResponse::NoContent().finish())
}
