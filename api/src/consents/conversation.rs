//! `POST /api/v1/files/{id}/consents/conversation`: record what was said in one conversation.

use actix_web::{post, web::Data};
use authz::{
    acts::RecordConsent,
    desk::{Answered, Caller, Disclosed},
    id::FileId,
};
use domain::{
    consent::{ConversationRecorded, NewConversation, record_conversation},
    file::{find::find_for_change, view::RiskFile},
};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Records everything a person said yes and no to in one conversation: all of it, or nothing.
#[utoipa::path(tag = "consents", params(("id" = uuid::Uuid, Path, description = "The file")), request_body = NewConversation, responses((status = 201, body = ConversationRecorded)))]
#[post("/api/v1/files/{id}/consents/conversation")]
pub async fn conversation(
    worker: Data<Worker>,
    ask: Ask<Changes>,
    id: Id<0, FileId>,
) -> Result<Reply, Problem> {
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
            let permit = session.permit::<RecordConsent, RiskFile>(&file)?;
            let said: NewConversation = body.read()?;
            let (spent, recorded) = record_conversation(session, &file, permit, id, said).await?;
            Ok(session.done(spent, &recorded)?)
        })
        .await
}
