//! `DELETE /api/v1/me/sessions`: sign out everywhere.

use actix_web::{HttpResponse, delete, web::Data};
use authz::accounts::end_own_sessions;

use crate::{
    http::{Ask, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Ends every own session at once, the one that asks included.
#[utoipa::path(tag = "me", responses((status = 204)))]
#[delete("/api/v1/me/sessions")]
pub async fn end_sessions(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<HttpResponse, Problem> {
    end_own_sessions(worker.desk()?, ask.caller).await?;
    Ok(HttpResponse::NoContent().finish())
}
