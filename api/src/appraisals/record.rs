//! `POST /api/v1/files/{id}/appraisals`: record an appraisal.

use actix_web::{post, web::Data};
use authz::{
    acts::RecordAppraisal,
    desk::{Answered, Caller, Disclosed},
    id::FileId,
};
use domain::{
    appraisal::{AppraisalRecorded, NewAppraisal, record as record_appraisal},
    file::{find::find_to_record, view::RiskFile},
};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Records an appraisal, or the correction of one. The level is a person's: no score sets it.
#[utoipa::path(tag = "appraisals", params(("id" = uuid::Uuid, Path, description = "The file")), request_body = NewAppraisal, responses((status = 201, body = AppraisalRecorded)))]
#[post("/api/v1/files/{id}/appraisals")]
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
            let permit = session.permit::<RecordAppraisal, RiskFile>(&file)?;
            let (spent, recorded) = record_appraisal(session, permit, body.read::<NewAppraisal>()?).await?;
            Ok(session.done(spent, &recorded)?)
        })
        .await
}
