//! `POST /api/v1/files/{id}/attachments/{attachment}/retraction`: take an attachment back.

use actix_web::{post, web::Data};
use authz::{
    acts::RetractAttachment,
    desk::{Answered, Caller, Disclosed},
    id::{DocumentId, FileId},
};
use domain::attachment::{
    AttachmentRecord, AttachmentRetracted, find_for_change, retract as retract_attachment,
};

use crate::{
    http::{Ask, Body, Changes, Id, Nothing, Reply},
    problem::Problem,
    server::Worker,
};

/// Takes an attachment back and erases its content: a respondent of its source.
#[utoipa::path(tag = "attachments", params(("id" = uuid::Uuid, Path, description = "The file"), ("attachment" = uuid::Uuid, Path, description = "The attachment")), request_body = Nothing, responses((status = 200, body = AttachmentRetracted)))]
#[post("/api/v1/files/{id}/attachments/{attachment}/retraction")]
pub async fn retract(
    worker: Data<Worker>,
    ask: Ask<Changes>,
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
        .act::<Problem>(caller, async move |session| {
            let found = find_for_change(session, id, attachment).await?;
            let permit = session.permit::<RetractAttachment, AttachmentRecord>(&found)?;
            body.read::<Nothing>()?;
            let (spent, retracted) = retract_attachment(session, permit).await?;
            Ok(session.done(spent, &retracted)?)
        })
        .await
}
