//! `GET /api/v1/mobilisations/{id}/meetings/{meeting}/contributions`: what was brought.

use actix_web::{get, web::Data};
use authz::id::{MeetingId, MobilisationId};
use domain::meeting::{ContributionsView, find_contributions};

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// What was brought to a meeting, as far as the gate shows it.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("meeting" = uuid::Uuid, Path, description = "The meeting")), responses((status = 200, body = ContributionsView)))]
#[get("/api/v1/mobilisations/{id}/meetings/{meeting}/contributions")]
pub async fn contributions(
    worker: Data<Worker>,
    ask: Ask<Reads>,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
) -> Result<Reply, Problem> {
    let (id, meeting) = (id.get(), meeting.get());
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_contributions(session, id, meeting).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::view(view)
}
