//! `GET /api/v1/files/{id}/consents`: the consents of a file.

use actix_web::{get, web::Data};
use authz::id::FileId;
use domain::consent::{ConsentsView, find_all};

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// Consents: whole for the agency that recorded them; for a recipient, the sentences that name it.
#[utoipa::path(tag = "consents", params(("id" = uuid::Uuid, Path, description = "The file")), responses((status = 200, body = ConsentsView)))]
#[get("/api/v1/files/{id}/consents")]
pub async fn list(worker: Data<Worker>, ask: Ask<Reads>, id: Id<0, FileId>) -> Result<Reply, Problem> {
    let id = id.get();
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_all(session, id).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::view(view)
}
