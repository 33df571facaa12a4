//! `POST /api/v1/mobilisations/{id}/meetings/{meeting}/answers`: say whether one’s agency holds anything.

use actix_web::{post, web::Data};
use authz::{
    acts::AnswerForMeeting,
    desk::{Answered, Caller, Disclosed},
    id::{MeetingId, MobilisationId},
};
use domain::meeting::{Meeting, NewAnswer, Replied, answer as answer_now, find_for_change};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Answers for one’s agency; the coordination sees what was answered and never what is held.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("meeting" = uuid::Uuid, Path, description = "The meeting")), request_body = NewAnswer, responses((status = 200, body = Replied)))]
#[post("/api/v1/mobilisations/{id}/meetings/{meeting}/answers")]
pub async fn answer(
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
            let permit = session.permit::<AnswerForMeeting, Meeting>(&found)?;
            let new: NewAnswer = body.read()?;
            let (spent, done) = answer_now(session, permit, new).await?;
            Ok(session.done(spent, &done)?)
        })
        .await
}
