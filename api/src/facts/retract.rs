//! `POST /api/v1/files/{id}/facts/{fact}/retraction`: take a fact back.

use actix_web::{post, web::Data};
use authz::{
    acts::RetractFact,
    desk::{Answered, Caller, Disclosed},
    id::{FactId, FileId},
};
use domain::fact::{FactRecord, FactRetracted, find_for_change, retract as retract_fact};

use crate::{
    http::{Ask, Body, Changes, Id, Nothing, Reply},
    problem::Problem,
    server::Worker,
};

/// Takes back a fact put on the wrong person: a respondent of its source.
#[utoipa::path(tag = "facts", params(("id" = uuid::Uuid, Path, description = "The file"), ("fact" = uuid::Uuid, Path, description = "The fact")), request_body = Nothing, responses((status = 200, body = FactRetracted)))]
#[post("/api/v1/files/{id}/facts/{fact}/retraction")]
pub async fn retract(
    worker: Data<Worker>,
    ask: Ask<Changes>,
    id: Id<0, FileId>,
    fact: Id<1, FactId>,
) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), fact.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: FileId,
    fact: FactId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let fact = find_for_change(session, id, fact).await?;
            let permit = session.permit::<RetractFact, FactRecord>(&fact)?;
            body.read::<Nothing>()?;
            let (spent, retracted) = retract_fact(session, permit).await?;
            Ok(session.done(spent, &retracted)?)
        })
        .await
}
