//! `POST /api/v1/mobilisations/{id}/actions/{action}/told`: say whom an action was told to.

use actix_web::{post, web::Data};
use authz::{
    acts::WorkOnAction,
    id::{ActionId, MobilisationId},
};
use domain::action::{NewTold, SafetyAction, Told, find_for_change, tell_person as tell_person_now};

use crate::{
    http::{Ask, Changes, Id, Reply},
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
    let (id, action, body) = (id.get(), action.get(), ask.body);
    let done = worker
        .desk()?
        .act::<Problem>(ask.caller, async move |session| {
            let found = find_for_change(session, id, action).await?;
            let permit = session.permit::<WorkOnAction, SafetyAction>(&found)?;
            let new: NewTold = body.read()?;
            let (spent, turned) = tell_person_now(session, permit, new).await?;
            Ok(session.done(spent, &turned)?)
        })
        .await?;
    Reply::act(done)
}
