//! `POST /api/v1/files/{id}/disclosures/{disclosure}/record`: complete the record of a disclosure.

use actix_web::{post, web::Data};
use authz::{
    acts::CompleteRecord,
    desk::{Answered, Caller, Disclosed},
    id::{DisclosureId, FileId},
};
use domain::disclosure::{DisclosureRecord, NewRecord, RecordCompleted, complete as complete_record, find};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Gives the rest of the seven points; after twenty-four hours it is marked late.
#[utoipa::path(tag = "disclosures", params(("id" = uuid::Uuid, Path, description = "The file"), ("disclosure" = uuid::Uuid, Path, description = "The act")), request_body = NewRecord, responses((status = 200, body = RecordCompleted)))]
#[post("/api/v1/files/{id}/disclosures/{disclosure}/record")]
pub async fn complete(
    worker: Data<Worker>,
    ask: Ask<Changes>,
    id: Id<0, FileId>,
    disclosure: Id<1, DisclosureId>,
) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), disclosure.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: FileId,
    disclosure: DisclosureId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let act = find(session, id, disclosure).await?;
            let permit = session.permit::<CompleteRecord, DisclosureRecord>(&act)?;
            let (spent, completed) = complete_record(session, permit, id, body.read::<NewRecord>()?).await?;
            Ok(session.done(spent, &completed)?)
        })
        .await
}
