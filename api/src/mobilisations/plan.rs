//! `POST /api/v1/mobilisations/{id}/plan`: agree that the safety net stands.

use actix_web::{post, web::Data};
use authz::{
    acts::PlanSafetyNet,
    desk::{Answered, Caller, Disclosed},
    id::MobilisationId,
};
use domain::mobilisation::{Mobilisation, Moved, NewPlan, find_for_change, plan as plan_now};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Agrees that the safety net stands: at least one action, and a day on which it is looked at again.
#[utoipa::path(tag = "mobilisations", params(("id" = uuid::Uuid, Path, description = "The mobilisation")), request_body = NewPlan, responses((status = 200, body = Moved)))]
#[post("/api/v1/mobilisations/{id}/plan")]
pub async fn plan(
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
            let permit = session.permit::<PlanSafetyNet, Mobilisation>(&found)?;
            let (spent, moved) = plan_now(session, permit, body.read::<NewPlan>()?).await?;
            Ok(session.done(spent, &moved)?)
        })
        .await
}
