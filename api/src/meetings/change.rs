//! `PATCH /api/v1/mobilisations/{id}/meetings/{meeting}`: set a meeting at another time or place.

use actix_web::{patch, web::Data};
use authz::{
    acts::ChangeMeeting,
    desk::{Answered, Caller, Disclosed},
    etag::IfMatch,
    id::{MeetingId, MobilisationId},
};
use domain::meeting::{Meeting, MeetingMoved, MeetingPatch, change as change_now, find_for_change};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Sets a meeting at another time or place before it begins; who is called is told. Needs its tag as last seen.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("meeting" = uuid::Uuid, Path, description = "The meeting")), request_body = MeetingPatch, responses((status = 200, body = MeetingMoved)))]
#[patch("/api/v1/mobilisations/{id}/meetings/{meeting}")]
pub async fn change(
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
            let permit = session.permit::<ChangeMeeting, Meeting>(&found)?;
            let new: MeetingPatch = body.read()?;
            session.unchanged(found, &Ask::<Changes>::seen(seen)?)?;
            let (spent, done) = change_now(session, permit, new).await?;
            Ok(session.done(spent, &done)?)
        })
        .await
}
