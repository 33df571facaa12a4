//! `POST /api/v1/mobilisations/{id}/actions/{action}/start`: begin an action.

use actix_web::{post, web::Data};
use authz::{
    acts::WorkOnAction,
    desk::{Answered, Caller, Disclosed},
    etag::IfMatch,
    id::{ActionId, MobilisationId},
};
use domain::action::{SafetyAction, Turned, find_for_change, start as start_now};

use crate::{
    http::{Ask, Body, Changes, Id, Nothing, Reply},
    problem::Problem,
    server::Worker,
};

/// Begins an action. Needs the tag of the action as last seen.
#[utoipa::path(tag = "actions", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("action" = uuid::Uuid, Path, description = "The action")), responses((status = 200, body = Turned)))]
#[post("/api/v1/mobilisations/{id}/actions/{action}/start")]
pub async fn start(
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
            body.read::<Nothing>()?;
            session.unchanged(found, &Ask::<Changes>::seen(seen)?)?;
            let (spent, turned) = start_now(session, permit).await?;
            Ok(session.done(spent, &turned)?)
        })
        .await
}
