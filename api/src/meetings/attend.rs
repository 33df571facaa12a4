//! `POST /api/v1/mobilisations/{id}/meetings/{meeting}/attendance`: somebody comes in.

use actix_web::{post, web::Data};
use authz::{
    acts::Attend,
    desk::{Answered, Caller, Disclosed},
    id::{MeetingId, MobilisationId},
};
use domain::meeting::{Attended, Meeting, NewAttendance, attend as attend_now, find_for_change};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Records who comes in, with the confidentiality undertaking: for oneself, or by the coordinator for anybody.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("meeting" = uuid::Uuid, Path, description = "The meeting")), request_body = NewAttendance, responses((status = 201, body = Attended)))]
#[post("/api/v1/mobilisations/{id}/meetings/{meeting}/attendance")]
pub async fn attend(
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
            let permit = session.permit::<Attend, Meeting>(&found)?;
            let new: NewAttendance = body.read()?;
            let (spent, done) = attend_now(session, permit, new).await?;
            Ok(session.done(spent, &done)?)
        })
        .await
}
