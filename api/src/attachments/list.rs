//! `GET /api/v1/files/{id}/attachments`: the attachments of a file.

use actix_web::{get, web::Data};
use authz::id::FileId;
use domain::attachment::{AttachmentsView, find_all};

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// The attachments the gate shows.
#[utoipa::path(tag = "attachments", params(("id" = uuid::Uuid, Path, description = "The file")), responses((status = 200, body = AttachmentsView)))]
#[get("/api/v1/files/{id}/attachments")]
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
