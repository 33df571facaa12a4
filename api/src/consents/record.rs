//! `POST /api/v1/files/{id}/consents`: record a consent or a refusal.

use actix_web::{post, web::Data};
use authz::{
    acts::RecordConsent,
    desk::{Answered, Caller, Disclosed},
    id::FileId,
};
use domain::{
    consent::{ConsentRecorded, NewConsent, record as record_consent},
    file::{find::find_for_change, view::RiskFile},
};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Records what a person said yes and no to, after the limits of confidentiality were explained.
#[utoipa::path(tag = "consents", params(("id" = uuid::Uuid, Path, description = "The file")), request_body = NewConsent, responses((status = 201, body = ConsentRecorded)))]
#[post("/api/v1/files/{id}/consents")]
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
            let file = find_for_change(session, id).await?;
            let permit = session.permit::<RecordConsent, RiskFile>(&file)?;
            let (spent, recorded) =
                record_consent(session, &file, permit, body.read::<NewConsent>()?).await?;
            Ok(session.done(spent, &recorded)?)
        })
        .await
}
