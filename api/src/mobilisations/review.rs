//! `POST /api/v1/mobilisations/{id}/reviews`: look at a safety net again.

use actix_web::{post, web::Data};
use authz::{
    acts::ReviewSafetyNet,
    desk::{Answered, Caller, Disclosed},
    id::MobilisationId,
};
use domain::mobilisation::{Mobilisation, Moved, NewReview, find_for_change, review as review_now};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Records a review of the safety net and when it is looked at next. It answers what asked for a new appraisal.
#[utoipa::path(tag = "mobilisations", params(("id" = uuid::Uuid, Path, description = "The mobilisation")), request_body = NewReview, responses((status = 200, body = Moved)))]
#[post("/api/v1/mobilisations/{id}/reviews")]
pub async fn review(
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
            let permit = session.permit::<ReviewSafetyNet, Mobilisation>(&found)?;
            let (spent, moved) = review_now(session, permit, body.read::<NewReview>()?).await?;
            Ok(session.done(spent, &moved)?)
        })
        .await
}
