//! `POST /api/v1/mobilisations/{id}/meetings/{meeting}/replies`: say who will be there.

use actix_web::{post, web::Data};
use authz::{
    acts::ReplyToMeeting,
    desk::{Answered, Caller, Disclosed},
    id::{MeetingId, MobilisationId},
};
use domain::meeting::{Meeting, NewReply, Replied, find_for_change, reply as reply_now};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
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
            let permit = session.permit::<ReplyToMeeting, Meeting>(&found)?;
            let new: NewReply = body.read()?;
            let (spent, done) = reply_now(session, permit, new).await?;
            Ok(session.done(spent, &done)?)
        })
        .await
}
