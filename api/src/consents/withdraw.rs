//! `POST /api/v1/files/{id}/consents/{consent}/withdrawal`: withdraw a consent.

use actix_web::{post, web::Data};
use authz::{
    acts::WithdrawConsent,
    desk::{Answered, Caller, Disclosed},
    id::{ConsentId, FileId},
};
use domain::consent::{ConsentRecord, ConsentWithdrawn, find, withdraw as withdraw_consent};

use crate::{
    http::{Ask, Body, Changes, Id, Nothing, Reply},
    problem::Problem,
    server::Worker,
};

/// Takes a consent back: it stops counting at once, and those it named are told.
#[utoipa::path(tag = "consents", params(("id" = uuid::Uuid, Path, description = "The file"), ("consent" = uuid::Uuid, Path, description = "The consent")), request_body = Nothing, responses((status = 200, body = ConsentWithdrawn)))]
#[post("/api/v1/files/{id}/consents/{consent}/withdrawal")]
pub async fn withdraw(
    worker: Data<Worker>,
    ask: Ask<Changes>,
    id: Id<0, FileId>,
    consent: Id<1, ConsentId>,
) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), consent.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: FileId,
    consent: ConsentId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let consent = find(session, id, consent).await?;
            let permit = session.permit::<WithdrawConsent, ConsentRecord>(&consent)?;
            body.read::<Nothing>()?;
            let (spent, withdrawn) = withdraw_consent(session, permit, id).await?;
            Ok(session.done(spent, &withdrawn)?)
        })
        .await
}
