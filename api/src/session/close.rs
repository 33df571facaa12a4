//! `DELETE /api/v1/session`: sign out.

use actix_web::{HttpResponse, delete, web::Data};

use crate::{
    http::{Ask, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Ends the session at once, for every token of it.
#[utoipa::path(tag = "session", responses((status = 204)))]
#[delete("/api/v1/session")]
pub async fn close(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<HttpResponse, Problem> {
    authz::accounts::sign_out(worker.desk()?, ask.caller).await?;
    Ok(HttpResponse::NoContent().finish())
}
