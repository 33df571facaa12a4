//! `POST /api/v1/mobilisations/{id}/meetings/{meeting}/opening`: open a meeting.

use actix_web::{post, web::Data};
use authz::{
    acts::OpenMeeting,
    id::{MeetingId, MobilisationId},
};
use domain::meeting::{Meeting, NewOpening, Sat, find_for_change, open as open_now};

use crate::{
    http::{Ask, Changes, Id, Reply},
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
    let (id, meeting, body) = (id.get(), meeting.get(), ask.body);
    let done = worker
        .desk()?
        .act::<Problem>(ask.caller, async move |session| {
            let found = find_for_change(session, id, meeting).await?;
            let permit = session.permit::<OpenMeeting, Meeting>(&found)?;
            let new: NewOpening = body.read()?;
            let (spent, done) = open_now(session, permit, new).await?;
            Ok(session.done(spent, &done)?)
        })
        .await?;
    Reply::act(done)
}
