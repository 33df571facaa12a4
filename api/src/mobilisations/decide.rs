//! `POST /api/v1/mobilisations/{id}/decision`: trigger the cell, or do not retain.

use actix_web::{post, web::Data};
use authz::{
    acts::DecideMobilisation,
    desk::{Answered, Caller, Disclosed},
    id::MobilisationId,
};
use domain::mobilisation::{Mobilisation, Moved, NewDecision, decide as decide_now, find_for_change};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Triggers the cell or does not retain the situation, by a named person with reasons.
#[utoipa::path(tag = "mobilisations", params(("id" = uuid::Uuid, Path, description = "The mobilisation")), request_body = NewDecision, responses((status = 200, body = Moved)))]
#[post("/api/v1/mobilisations/{id}/decision")]
pub async fn decide(
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
            let permit = session.permit::<DecideMobilisation, Mobilisation>(&found)?;
            let (spent, moved) = decide_now(session, permit, body.read::<NewDecision>()?).await?;
            Ok(session.done(spent, &moved)?)
        })
        .await
}
