//! `POST /api/v1/files/{id}/attachments`: say what will be attached.

use actix_web::{post, web::Data};
use authz::{
    acts::AddAttachment,
    desk::{Answered, Caller, Disclosed},
    id::FileId,
};
use domain::{
    attachment::{AttachmentAdded, NewAttachment, add as add_attachment},
    file::{find::find_for_change, view::RiskFile},
};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Says what will be attached and to whom it belongs; its content follows.
#[utoipa::path(tag = "attachments", params(("id" = uuid::Uuid, Path, description = "The file")), request_body = NewAttachment, responses((status = 201, body = AttachmentAdded)))]
#[post("/api/v1/files/{id}/attachments")]
pub async fn add(worker: Data<Worker>, ask: Ask<Changes>, id: Id<0, FileId>) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: FileId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let file = find_for_change(session, id).await?;
            let permit = session.permit::<AddAttachment, RiskFile>(&file)?;
            let (spent, added) = add_attachment(session, permit, body.read::<NewAttachment>()?).await?;
            Ok(session.done(spent, &added)?)
        })
        .await
}
