//! `POST /api/v1/mobilisations/{id}/repeats`: report a new event.

use actix_web::{post, web::Data};
use authz::{
    acts::ReportRepeat,
    desk::{Answered, Caller, Disclosed},
    id::MobilisationId,
};
use domain::mobilisation::{Mobilisation, NewRepeat, Repeated, find_to_repeat, repeat as repeat_now};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Reports any new instance of abuse within the repeat window: it goes back before the cell whatever the threshold.
#[utoipa::path(tag = "mobilisations", params(("id" = uuid::Uuid, Path, description = "The mobilisation")), request_body = NewRepeat, responses((status = 201, body = Repeated)))]
#[post("/api/v1/mobilisations/{id}/repeats")]
pub async fn repeat(
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
            let found = find_to_repeat(session, id).await?;
            let permit = session.permit::<ReportRepeat, Mobilisation>(&found)?;
            let (spent, moved) = repeat_now(session, permit, body.read::<NewRepeat>()?).await?;
            Ok(session.done(spent, &moved)?)
        })
        .await
}
