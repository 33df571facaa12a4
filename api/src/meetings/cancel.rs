//! `POST /api/v1/mobilisations/{id}/meetings/{meeting}/cancellation`: call a meeting off.

use actix_web::{post, web::Data};
use authz::{
    acts::CancelMeeting,
    id::{MeetingId, MobilisationId},
};
use domain::meeting::{Meeting, MeetingMoved, cancel as cancel_now, find_for_change};

use crate::{
    http::{Ask, Changes, Id, Nothing, Reply},
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
    let (id, meeting, seen, body) = (id.get(), meeting.get(), ask.if_match, ask.body);
    let done = worker
        .desk()?
        .act::<Problem>(ask.caller, async move |session| {
            let found = find_for_change(session, id, meeting).await?;
            let permit = session.permit::<CancelMeeting, Meeting>(&found)?;
            body.read::<Nothing>()?;
            session.unchanged(found, &Ask::<Changes>::seen(seen)?)?;
            let (spent, done) = cancel_now(session, permit).await?;
            Ok(session.done(spent, &done)?)
        })
        .await?;
    Reply::act(done)
}
