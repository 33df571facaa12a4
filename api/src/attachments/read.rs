//! `GET /api/v1/files/{id}/attachments/{attachment}`: one attachment, without its content.

use actix_web::{get, web::Data};
use authz::id::{DocumentId, FileId};
use domain::attachment::{AttachmentView, find};

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// One attachment, through the gate.
#[utoipa::path(tag = "attachments", params(("id" = uuid::Uuid, Path, description = "The file"), ("attachment" = uuid::Uuid, Path, description = "The attachment")), responses((status = 200, body = AttachmentView)))]
#[get("/api/v1/files/{id}/attachments/{attachment}")]
pub async fn read(
    worker: Data<Worker>,
    ask: Ask<Reads>,
    id: Id<0, FileId>,
    attachment: Id<1, DocumentId>,
) -> Result<Reply, Problem> {
    let (id, attachment) = (id.get(), attachment.get());
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find(session, id, attachment).await?;
            Ok(session.open_some(found)?)
        })
        .await?;
    Reply::view(view)
}
