//! `POST /api/v1/mobilisations/{id}/meetings/{meeting}/cancellation`: call a meeting off.

use actix_web::{post, web::Data};
use authz::{
    acts::CancelMeeting,
    desk::{Answered, Caller, Disclosed},
    etag::IfMatch,
    id::{MeetingId, MobilisationId},
};
use domain::meeting::{Meeting, MeetingMoved, cancel as cancel_now, find_for_change};

use crate::{
    http::{Ask, Body, Changes, Id, Nothing, Reply},
    problem::Problem,
    server::Worker,
};

/// Calls a meeting off before it begins; who is called is told. Needs its tag as last seen.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("meeting" = uuid::Uuid, Path, description = "The meeting")), request_body = Nothing, responses((status = 200, body = MeetingMoved)))]
#[post("/api/v1/mobilisations/{id}/meetings/{meeting}/cancellation")]
pub async fn cancel(
    worker: Data<Worker>,
    ask: Ask<Changes>,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), meeting.get(), ask.body, ask.if_match).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: MobilisationId,
    meeting: MeetingId,
    body: Body,
    seen: Option<IfMatch>,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let found = find_for_change(session, id, meeting).await?;
            let permit = session.permit::<CancelMeeting, Meeting>(&found)?;
            body.read::<Nothing>()?;
            session.unchanged(found, &Ask::<Changes>::seen(seen)?)?;
            let (spent, done) = cancel_now(session, permit).await?;
            Ok(session.done(spent, &done)?)
        })
        .await
}
