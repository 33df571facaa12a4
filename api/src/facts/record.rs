//! `POST /api/v1/files/{id}/facts`: record a fact.

use actix_web::{post, web::Data};
use authz::{
    acts::RecordFact,
    desk::{Answered, Caller, Disclosed},
    id::FileId,
};
use domain::{
    fact::{FactRecorded, NewFact, record as record_fact},
    file::{find::find_to_record, view::RiskFile},
};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Records a fact, or the correction of one. Its source is the caller's agency.
#[utoipa::path(tag = "facts", params(("id" = uuid::Uuid, Path, description = "The file")), request_body = NewFact, responses((status = 201, body = FactRecorded)))]
#[post("/api/v1/files/{id}/facts")]
pub async fn record(worker: Data<Worker>, ask: Ask<Changes>, id: Id<0, FileId>) -> Result<Reply, Problem> {
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
            let file = find_to_record(session, id).await?;
            let permit = session.permit::<RecordFact, RiskFile>(&file)?;
            let (spent, recorded) = record_fact(session, permit, body.read::<NewFact>()?).await?;
            Ok(session.done(spent, &recorded)?)
        })
        .await
}
