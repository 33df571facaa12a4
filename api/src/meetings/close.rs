//! `POST /api/v1/mobilisations/{id}/meetings/{meeting}/closure`: close a meeting.

use actix_web::{post, web::Data};
use authz::{
    acts::CloseMeeting,
    id::{MeetingId, MobilisationId},
};
use domain::meeting::{Meeting, Sat, close as close_now, find_for_change};

use crate::{
    http::{Ask, Changes, Id, Nothing, Reply},
    problem::Problem,
    server::Worker,
};

/// Closes a meeting once enough organisations sat at the table; everybody leaves.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("meeting" = uuid::Uuid, Path, description = "The meeting")), request_body = Nothing, responses((status = 200, body = Sat)))]
#[post("/api/v1/mobilisations/{id}/meetings/{meeting}/closure")]
pub async fn close(
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
            let permit = session.permit::<CloseMeeting, Meeting>(&found)?;
            body.read::<Nothing>()?;
            let (spent, done) = close_now(session, permit).await?;
            Ok(session.done(spent, &done)?)
        })
        .await?;
    Reply::act(done)
}
