//! `GET /api/v1/mobilisations/{id}/meetings/{meeting}`: one meeting.

use actix_web::{get, web::Data};
use authz::id::{MeetingId, MobilisationId};
use domain::meeting::{MeetingView, find};

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// A meeting: its frame, and of its agenda what the gate shows. Who is called by name sees when, where and the own seat.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("meeting" = uuid::Uuid, Path, description = "The meeting")), responses((status = 200, body = MeetingView)))]
#[get("/api/v1/mobilisations/{id}/meetings/{meeting}")]
pub async fn read(
    worker: Data<Worker>,
    ask: Ask<Reads>,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
) -> Result<Reply, Problem> {
    let (id, meeting) = (id.get(), meeting.get());
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find(session, id, meeting).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::view(view)
}
