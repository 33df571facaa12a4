//! `POST /api/v1/mobilisations/{id}/meetings/{meeting}/agenda`: write the agenda.

use actix_web::{post, web::Data};
use authz::{
    acts::SetAgenda,
    id::{MeetingId, MobilisationId},
};
use domain::meeting::{AgendaSet, Meeting, NewAgenda, find_for_change, set_agenda as agenda_now};

use crate::{
    http::{Ask, Changes, Id, Reply},
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
    let (id, meeting, body) = (id.get(), meeting.get(), ask.body);
    let done = worker
        .desk()?
        .act::<Problem>(ask.caller, async move |session| {
            let found = find_for_change(session, id, meeting).await?;
            let permit = session.permit::<SetAgenda, Meeting>(&found)?;
            let new: NewAgenda = body.read()?;
            let (spent, done) = agenda_now(session, permit, new).await?;
            Ok(session.done(spent, &done)?)
        })
        .await?;
    Reply::act(done)
}
