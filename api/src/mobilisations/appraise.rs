//! `POST /api/v1/mobilisations/{id}/appraisal`: the appraisal inside the agency.

use actix_web::{post, web::Data};
use authz::{
    acts::AppraiseSituation,
    desk::{Answered, Caller, Disclosed},
    id::MobilisationId,
};
use domain::mobilisation::{Mobilisation, Moved, NewConsultation, appraise as appraise_now, find_for_change};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Records the appraisal made inside the agency: what may be brought to the cell, in codes only.
#[utoipa::path(tag = "mobilisations", params(("id" = uuid::Uuid, Path, description = "The mobilisation")), request_body = NewConsultation, responses((status = 200, body = Moved)))]
#[post("/api/v1/mobilisations/{id}/appraisal")]
pub async fn appraise(
    worker: Data<Worker>,
    ask: Ask<Changes>,
    id: Id<0, MobilisationId>,
) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: MobilisationId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let found = find_for_change(session, id).await?;
            let permit = session.permit::<AppraiseSituation, Mobilisation>(&found)?;
            let (spent, moved) = appraise_now(session, permit, body.read::<NewConsultation>()?).await?;
            Ok(session.done(spent, &moved)?)
        })
        .await
}
