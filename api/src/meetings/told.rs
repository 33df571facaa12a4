//! `GET /api/v1/mobilisations/{id}/meetings/{meeting}/oral-disclosures`: what was told aloud.

use actix_web::{get, web::Data};
use authz::id::{MeetingId, MobilisationId};
use domain::meeting::{OralDisclosuresView, find_told};

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// What was told aloud: teller and recipient see what, the coordination that it happened.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("meeting" = uuid::Uuid, Path, description = "The meeting")), responses((status = 200, body = OralDisclosuresView)))]
#[get("/api/v1/mobilisations/{id}/meetings/{meeting}/oral-disclosures")]
pub async fn told(
    worker: Data<Worker>,
    ask: Ask<Reads>,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
) -> Result<Reply, Problem> {
    let (id, meeting) = (id.get(), meeting.get());
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_told(session, id, meeting).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::view(view)
}
