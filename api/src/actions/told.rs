//! `POST /api/v1/mobilisations/{id}/actions/{action}/told`: say whom an action was told to.

use actix_web::{post, web::Data};
use authz::{
    acts::WorkOnAction,
    desk::{Answered, Caller, Disclosed},
    id::{ActionId, MobilisationId},
};
use domain::action::{NewTold, SafetyAction, Told, find_for_change, tell_person as tell_person_now};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Records that the caller told one of the persons an action protects, and by which safe channel.
#[utoipa::path(tag = "actions", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("action" = uuid::Uuid, Path, description = "The action")), request_body = NewTold, responses((status = 201, body = Told)))]
#[post("/api/v1/mobilisations/{id}/actions/{action}/told")]
pub async fn told(
    worker: Data<Worker>,
    ask: Ask<Changes>,
    id: Id<0, MobilisationId>,
    action: Id<1, ActionId>,
) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), action.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: MobilisationId,
    action: ActionId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let found = find_for_change(session, id, action).await?;
            let permit = session.permit::<WorkOnAction, SafetyAction>(&found)?;
            let new: NewTold = body.read()?;
            let (spent, turned) = tell_person_now(session, permit, new).await?;
            Ok(session.done(spent, &turned)?)
        })
        .await
}
