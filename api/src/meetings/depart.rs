//! `POST /api/v1/mobilisations/{id}/meetings/{meeting}/attendance/{attendance}/departure`: somebody leaves.

use actix_web::{post, web::Data};
use authz::{
    acts::Leave,
    desk::{Answered, Caller, Disclosed},
    id::{AttendanceId, MeetingId, MobilisationId},
};
use domain::meeting::{Departed, Meeting, NewDeparture, find_for_change, leave as depart_now};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Records who leaves, now: what is told afterwards is not told to her.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("meeting" = uuid::Uuid, Path, description = "The meeting"), ("attendance" = uuid::Uuid, Path, description = "The presence")), request_body = NewDeparture, responses((status = 200, body = Departed)))]
#[post("/api/v1/mobilisations/{id}/meetings/{meeting}/attendance/{attendance}/departure")]
pub async fn depart(
    worker: Data<Worker>,
    ask: Ask<Changes>,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
    attendance: Id<2, AttendanceId>,
) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), meeting.get(), attendance.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: MobilisationId,
    meeting: MeetingId,
    attendance: AttendanceId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let found = find_for_change(session, id, meeting).await?;
            let permit = session.permit::<Leave, Meeting>(&found)?;
            let new: NewDeparture = body.read()?;
            let (spent, done) = depart_now(session, permit, attendance, new).await?;
            Ok(session.done(spent, &done)?)
        })
        .await
}
