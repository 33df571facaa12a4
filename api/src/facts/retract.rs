//! `POST /api/v1/files/{id}/facts/{fact}/retraction`: take a fact back.

use actix_web::{post, web::Data};
use authz::{
    acts::RetractFact,
    id::{FactId, FileId},
};
use domain::fact::{FactRecord, FactRetracted, find_for_change, retract as retract_fact};

use crate::{
    http::{Ask, Changes, Id, Nothing, Reply},
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
    let (id, fact) = (id.get(), fact.get());
    let body = ask.body;
    let done = worker
        .desk()?
        .act::<Problem>(ask.caller, async move |session| {
            let fact = find_for_change(session, id, fact).await?;
            let permit = session.permit::<RetractFact, FactRecord>(&fact)?;
            body.read::<Nothing>()?;
            let (spent, retracted) = retract_fact(session, permit).await?;
            Ok(session.done(spent, &retracted)?)
        })
        .await?;
    Reply::act(done)
}
