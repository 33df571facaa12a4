//! `POST /api/v1/mobilisations/{id}/meetings/{meeting}/oral-disclosures`: tell own facts aloud.

use actix_web::{post, web::Data};
use authz::{
    acts::TellAtMeeting,
    desk::{Answered, Caller, Disclosed},
    id::{MeetingId, MobilisationId},
};
use domain::meeting::{Meeting, NewTelling, Told, find_for_change, tell_aloud as tell_now};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Tells own facts and documents aloud to every agency in the room, on consents or under a legal basis: one act for each recipient.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("meeting" = uuid::Uuid, Path, description = "The meeting")), request_body = NewTelling, responses((status = 201, body = Told)))]
#[post("/api/v1/mobilisations/{id}/meetings/{meeting}/oral-disclosures")]
pub async fn tell(
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
            let permit = session.permit::<TellAtMeeting, Meeting>(&found)?;
            let new: NewTelling = body.read()?;
            let (spent, done) = tell_now(session, permit, new).await?;
            Ok(session.done(spent, &done)?)
        })
        .await
}
