//! `GET /api/v1/mobilisations/{id}/meetings/{meeting}/pulse`: did a meeting change?

use actix_web::{get, web::Data};
use authz::id::{MeetingId, MobilisationId};
use domain::meeting::{PulseView, find_pulse};

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// One word that is the same as long as the meeting is the same for the caller: asked every few seconds, it leaves one
/// row in the log and reads no field.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("meeting" = uuid::Uuid, Path, description = "The meeting")), responses((status = 200, body = PulseView)))]
#[get("/api/v1/mobilisations/{id}/meetings/{meeting}/pulse")]
pub async fn pulse(
    worker: Data<Worker>,
    ask: Ask<Reads>,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
) -> Result<Reply, Problem> {
    let (id, meeting) = (id.get(), meeting.get());
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_pulse(session, id, meeting).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::view(view)
}
