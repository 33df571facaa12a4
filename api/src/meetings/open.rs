//! `POST /api/v1/mobilisations/{id}/meetings/{meeting}/opening`: open a meeting.

use actix_web::{post, web::Data};
use authz::{
    acts::OpenMeeting,
    desk::{Answered, Caller, Disclosed},
    id::{MeetingId, MobilisationId},
};
use domain::meeting::{Meeting, NewOpening, Sat, find_for_change, open as open_now};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Opens a meeting: whoever opens it chairs it and is in the room from now on.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("meeting" = uuid::Uuid, Path, description = "The meeting")), request_body = NewOpening, responses((status = 200, body = Sat)))]
#[post("/api/v1/mobilisations/{id}/meetings/{meeting}/opening")]
pub async fn open(
    worker: Data<Worker>,
    ask: Ask<Changes>,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), meeting.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: MobilisationId,
    meeting: MeetingId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let found = find_for_change(session, id, meeting).await?;
            let permit = session.permit::<OpenMeeting, Meeting>(&found)?;
            let new: NewOpening = body.read()?;
            let (spent, done) = open_now(session, permit, new).await?;
            Ok(session.done(spent, &done)?)
        })
        .await
}
