//! `POST /api/v1/mobilisations/{id}/meetings/{meeting}/replies`: say who will be there.

use actix_web::{post, web::Data};
use authz::{
    acts::ReplyToMeeting,
    id::{MeetingId, MobilisationId},
};
use domain::meeting::{Meeting, NewReply, Replied, find_for_change, reply as reply_now};

use crate::{
    http::{Ask, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Replies to an invitation, for who is called by name; the last reply counts.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("meeting" = uuid::Uuid, Path, description = "The meeting")), request_body = NewReply, responses((status = 200, body = Replied)))]
#[post("/api/v1/mobilisations/{id}/meetings/{meeting}/replies")]
pub async fn reply(
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
            let permit = session.permit::<ReplyToMeeting, Meeting>(&found)?;
            let new: NewReply = body.read()?;
            let (spent, done) = reply_now(session, permit, new).await?;
            Ok(session.done(spent, &done)?)
        })
        .await?;
    Reply::act(done)
}
