//! `POST /api/v1/mobilisations/{id}/actions/{action}/outcome`: say what came of an action.

use actix_web::{post, web::Data};
use authz::{
    acts::WorkOnAction,
    desk::{Answered, Caller, Disclosed},
    etag::IfMatch,
    id::{ActionId, MobilisationId},
};
use domain::action::{NewOutcome, SafetyAction, Turned, find_for_change, finish as finish_now};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Says what came of an action: done, with what shows it, or impossible, and why. Needs the tag of the action as last seen.
#[utoipa::path(tag = "actions", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("action" = uuid::Uuid, Path, description = "The action")), request_body = NewOutcome, responses((status = 200, body = Turned)))]
#[post("/api/v1/mobilisations/{id}/actions/{action}/outcome")]
pub async fn finish(
    worker: Data<Worker>,
    ask: Ask<Changes>,
    id: Id<0, MobilisationId>,
    action: Id<1, ActionId>,
) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), action.get(), ask.body, ask.if_match).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: MobilisationId,
    action: ActionId,
    body: Body,
    seen: Option<IfMatch>,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let found = find_for_change(session, id, action).await?;
            let permit = session.permit::<WorkOnAction, SafetyAction>(&found)?;
            let new: NewOutcome = body.read()?;
            session.unchanged(found, &Ask::<Changes>::seen(seen)?)?;
            let (spent, turned) = finish_now(session, permit, new).await?;
            Ok(session.done(spent, &turned)?)
        })
        .await
}
