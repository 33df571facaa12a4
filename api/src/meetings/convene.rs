//! `POST /api/v1/mobilisations/{id}/meetings`: convene a meeting.

use actix_web::{post, web::Data};
use authz::{
    acts::ConveneMeeting,
    desk::{Answered, Caller, Disclosed},
    id::MobilisationId,
};
use domain::{
    meeting::{Convened, NewMeeting, convene as convene_now},
    mobilisation::{Mobilisation, find_for_change},
};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Convenes a meeting once identity is open. Nobody joins the circle by it, and being called shows nothing of the file.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation")), request_body = NewMeeting, responses((status = 201, body = Convened)))]
#[post("/api/v1/mobilisations/{id}/meetings")]
pub async fn convene(
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
            let permit = session.permit::<ConveneMeeting, Mobilisation>(&found)?;
            let (spent, convened) = convene_now(session, permit, body.read::<NewMeeting>()?).await?;
            Ok(session.done(spent, &convened)?)
        })
        .await
}
