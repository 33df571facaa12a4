//! `POST /api/v1/files/{id}/attachments`: say what will be attached.

use actix_web::{post, web::Data};
use authz::{acts::AddAttachment, id::FileId};
use domain::{
    attachment::{AttachmentAdded, NewAttachment, add as add_attachment},
    file::{find::find_for_change, view::RiskFile},
};

use crate::{
    http::{Ask, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Says what will be attached and to whom it belongs; its content follows.
#[utoipa::path(tag = "attachments", params(("id" = uuid::Uuid, Path, description = "The file")), request_body = NewAttachment, responses((status = 201, body = AttachmentAdded)))]
#[post("/api/v1/files/{id}/attachments")]
pub async fn add(worker: Data<Worker>, ask: Ask<Changes>, id: Id<0, FileId>) -> Result<Reply, Problem> {
    let id = id.get();
    let body = ask.body;
    let done = worker
        .desk()?
        .act::<Problem>(ask.caller, async move |session| {
            let file = find_for_change(session, id).await?;
            let permit = session.permit::<AddAttachment, RiskFile>(&file)?;
            let (spent, added) = add_attachment(session, permit, body.read::<NewAttachment>()?).await?;
            Ok(session.done(spent, &added)?)
        })
        .await?;
    Reply::act(done)
}
