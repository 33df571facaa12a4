//! `POST /api/v1/files/{id}/facts`: record a fact.

use actix_web::{post, web::Data};
use authz::{acts::RecordFact, id::FileId};
use domain::{
    fact::{FactRecorded, NewFact, record as record_fact},
    file::{find::find_to_record, view::RiskFile},
};

use crate::{
    http::{Ask, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Records a fact, or the correction of one. Its source is the caller's agency.
#[utoipa::path(tag = "facts", params(("id" = uuid::Uuid, Path, description = "The file")), request_body = NewFact, responses((status = 201, body = FactRecorded)))]
#[post("/api/v1/files/{id}/facts")]
pub async fn record(worker: Data<Worker>, ask: Ask<Changes>, id: Id<0, FileId>) -> Result<Reply, Problem> {
    let id = id.get();
    let body = ask.body;
    let done = worker
        .desk()?
        .act::<Problem>(ask.caller, async move |session| {
            let file = find_to_record(session, id).await?;
            let permit = session.permit::<RecordFact, RiskFile>(&file)?;
            let (spent, recorded) = record_fact(session, permit, body.read::<NewFact>()?).await?;
            Ok(session.done(spent, &recorded)?)
        })
        .await?;
    Reply::act(done)
}
