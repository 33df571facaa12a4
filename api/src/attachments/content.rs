//! `GET /api/v1/files/{id}/attachments/{attachment}/content`: the attached file itself.

use actix_web::{get, web::Data};
use authz::id::{DocumentId, FileId};
use domain::attachment::find_content;

use crate::{
    http::{Ask, Download, Id, Reads},
    problem::Problem,
    server::Worker,
};

/// The attached file, to be kept and never shown by the browser.
#[utoipa::path(tag = "attachments", params(("id" = uuid::Uuid, Path, description = "The file"), ("attachment" = uuid::Uuid, Path, description = "The attachment")), responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream", description = "Its bytes, under their own media type")))]
#[get("/api/v1/files/{id}/attachments/{attachment}/content")]
pub async fn content(
    worker: Data<Worker>,
    ask: Ask<Reads>,
    id: Id<0, FileId>,
    attachment: Id<1, DocumentId>,
) -> Result<Download, Problem> {
    let (id, attachment) = (id.get(), attachment.get());
    let found = worker
        .desk()?
        .read_file::<_, Problem>(ask.caller, async move |session| {
            let found = find_content(session, id, attachment).await?;
            Ok(session.open_some(found)?)
        })
        .await?;
    Ok(Download::of(found))
}
