//! `POST /api/v1/mobilisations/{id}/actions/{action}/owner`: entrust an action to somebody else.

use actix_web::{post, web::Data};
use authz::{
    acts::ManageAction,
    desk::{Answered, Caller, Disclosed},
    etag::IfMatch,
    id::{ActionId, MobilisationId},
};
use domain::action::{NewOwner, SafetyAction, Turned, entrust as entrust_now, find_for_change};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Entrusts an action to somebody else. Needs the tag of the action as last seen.
#[utoipa::path(tag = "actions", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("action" = uuid::Uuid, Path, description = "The action")), request_body = NewOwner, responses((status = 200, body = Turned)))]
#[post("/api/v1/mobilisations/{id}/actions/{action}/owner")]
pub async fn entrust(
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
            let new: NewOwner = body.read()?;
            session.unchanged(found, &Ask::<Changes>::seen(seen)?)?;
            let (spent, turned) = entrust_now(session, permit, new).await?;
            Ok(session.done(spent, &turned)?)
        })
        .await
}
