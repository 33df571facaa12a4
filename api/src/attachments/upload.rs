//! `PUT /api/v1/files/{id}/attachments/{attachment}/content`: upload the attached file.

use actix_web::{put, web::Data};
use authz::{
    acts::UploadAttachment,
    desk::{Answered, Caller, Disclosed},
    id::{DocumentId, FileId},
};
use domain::attachment::{
    AttachmentRecord, ContentUploaded, Upload, find_for_change, upload as upload_content,
};

use crate::{
    http::{Ask, Body, Id, Reply, Uploads},
    problem::Problem,
    server::Worker,
};

/// Uploads the content, whole and once: at most 10 MiB of PDF, PNG, JPEG, WebP, plain text, or an office file
/// without programs. Its type is told by its bytes, and must be the one declared in `Content-Type`. A photo is kept
/// without what its camera wrote into it, place and time above all; only which way up it is shown stays.
#[utoipa::path(tag = "attachments", params(("id" = uuid::Uuid, Path, description = "The file"), ("attachment" = uuid::Uuid, Path, description = "The attachment")), request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The bytes, under their own media type"), responses((status = 200, body = ContentUploaded)))]
#[put("/api/v1/files/{id}/attachments/{attachment}/content")]
pub async fn upload(
    worker: Data<Worker>,
    ask: Ask<Uploads>,
    id: Id<0, FileId>,
    attachment: Id<1, DocumentId>,
) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), attachment.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: FileId,
    attachment: DocumentId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act_file::<Problem>(caller, async move |session| {
            let found = find_for_change(session, id, attachment).await?;
            let permit = session.permit::<UploadAttachment, AttachmentRecord>(&found)?;
            let (declared, content) = body.raw();
            let (spent, uploaded) = upload_content(session, permit, Upload { declared, content }).await?;
            Ok(session.done(spent, &uploaded)?)
        })
        .await
}
