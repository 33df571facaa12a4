//! `POST /api/v1/files/{id}/appraisals`: record an appraisal.

use actix_web::{post, web::Data};
use authz::{acts::RecordAppraisal, id::FileId};
use domain::{
    appraisal::{AppraisalRecorded, NewAppraisal, record as record_appraisal},
    file::{find::find_for_change, view::RiskFile},
};

use crate::{
    http::{Ask, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Records an appraisal, or the correction of one. The level is a person's: no score sets it.
#[utoipa::path(tag = "appraisals", params(("id" = uuid::Uuid, Path, description = "The file")), request_body = NewAppraisal, responses((status = 201, body = AppraisalRecorded)))]
#[post("/api/v1/files/{id}/appraisals")]
pub async fn record(worker: Data<Worker>, ask: Ask<Changes>, id: Id<0, FileId>) -> Result<Reply, Problem> {
    let id = id.get();
    let body = ask.body;
    let done = worker
        .desk()?
        .act::<Problem>(ask.caller, async move |session| {
            let file = find_for_change(session, id).await?;
            let permit = session.permit::<RecordAppraisal, RiskFile>(&file)?;
            let (spent, recorded) = record_appraisal(session, permit, body.read::<NewAppraisal>()?).await?;
            Ok(session.done(spent, &recorded)?)
        })
        .await?;
    Reply::act(done)
}
