//! `POST /api/v1/mobilisations/{id}/actions/{action}/due`: change when an action is due.

use actix_web::{post, web::Data};
use authz::{
    acts::ManageAction,
    desk::{Answered, Caller, Disclosed},
    etag::IfMatch,
    id::{ActionId, MobilisationId},
};
use domain::action::{NewDue, SafetyAction, Turned, extend as extend_now, find_for_change};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Changes when an action is due, with reasons. Needs the tag of the action as last seen.
#[utoipa::path(tag = "actions", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("action" = uuid::Uuid, Path, description = "The action")), request_body = NewDue, responses((status = 200, body = Turned)))]
#[post("/api/v1/mobilisations/{id}/actions/{action}/due")]
pub async fn extend(
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
            let permit = session.permit::<ManageAction, SafetyAction>(&found)?;
            let new: NewDue = body.read()?;
            session.unchanged(found, &Ask::<Changes>::seen(seen)?)?;
            let (spent, turned) = extend_now(session, permit, new).await?;
            Ok(session.done(spent, &turned)?)
        })
        .await
}
