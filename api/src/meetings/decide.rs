//! `POST /api/v1/mobilisations/{id}/meetings/{meeting}/decisions`: record what was decided.

use actix_web::{post, web::Data};
use authz::{
    acts::RecordDecision,
    desk::{Answered, Caller, Disclosed},
    id::{MeetingId, MobilisationId},
};
use domain::meeting::{Kept, Meeting, NewMeetingDecision, decide as decide_now, find_for_change};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Records what the meeting decided, as the coordination’s own document; the level is set by a person.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("meeting" = uuid::Uuid, Path, description = "The meeting")), request_body = NewMeetingDecision, responses((status = 201, body = Kept)))]
#[post("/api/v1/mobilisations/{id}/meetings/{meeting}/decisions")]
pub async fn decide(
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
            let permit = session.permit::<RecordDecision, Meeting>(&found)?;
            let new: NewMeetingDecision = body.read()?;
            let (spent, done) = decide_now(session, permit, new).await?;
            Ok(session.done(spent, &done)?)
        })
        .await
}
