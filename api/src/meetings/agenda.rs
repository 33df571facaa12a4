//! `POST /api/v1/mobilisations/{id}/meetings/{meeting}/agenda`: write the agenda.

use actix_web::{post, web::Data};
use authz::{
    acts::SetAgenda,
    desk::{Answered, Caller, Disclosed},
    id::{MeetingId, MobilisationId},
};
use domain::meeting::{AgendaSet, Meeting, NewAgenda, find_for_change, set_agenda as agenda_now};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Adds items to the agenda, in order: codes, or words about one person that only the gate shows.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("meeting" = uuid::Uuid, Path, description = "The meeting")), request_body = NewAgenda, responses((status = 201, body = AgendaSet)))]
#[post("/api/v1/mobilisations/{id}/meetings/{meeting}/agenda")]
pub async fn agenda(
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
            let permit = session.permit::<SetAgenda, Meeting>(&found)?;
            let new: NewAgenda = body.read()?;
            let (spent, done) = agenda_now(session, permit, new).await?;
            Ok(session.done(spent, &done)?)
        })
        .await
}
