//! `POST /api/v1/mobilisations/{id}/meetings/{meeting}/closure`: close a meeting.

use actix_web::{post, web::Data};
use authz::{
    acts::CloseMeeting,
    desk::{Answered, Caller, Disclosed},
    id::{MeetingId, MobilisationId},
};
use domain::meeting::{Meeting, Sat, close as close_now, find_for_change};

use crate::{
    http::{Ask, Body, Changes, Id, Nothing, Reply},
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
            let permit = session.permit::<CloseMeeting, Meeting>(&found)?;
            body.read::<Nothing>()?;
            let (spent, done) = close_now(session, permit).await?;
            Ok(session.done(spent, &done)?)
        })
        .await
}
