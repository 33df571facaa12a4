//! `GET /api/v1/mobilisations/{id}/meetings/{meeting}/minutes`: the minutes, for this reader.

use actix_web::{get, web::Data};
use authz::id::{MeetingId, MobilisationId};
use domain::meeting::{MinutesView, find_minutes};

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// The minutes of a meeting for an agency of the circle that took part, each field through the gate.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("meeting" = uuid::Uuid, Path, description = "The meeting")), responses((status = 200, body = MinutesView)))]
#[get("/api/v1/mobilisations/{id}/meetings/{meeting}/minutes")]
pub async fn minutes(
    worker: Data<Worker>,
    ask: Ask<Reads>,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
) -> Result<Reply, Problem> {
    let (id, meeting) = (id.get(), meeting.get());
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_minutes(session, id, meeting).await?;
            Ok(session.open_some(found)?)
        })
        .await?;
    Reply::view(view)
}
