//! `GET /api/v1/mobilisations/{id}/meetings`: the meetings of a mobilisation.

use actix_web::{get, web::Data};
use authz::id::MobilisationId;
use domain::meeting::{MeetingHeadView, find_all};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// Meetings, in the order in which they start.
#[derive(Serialize, ToSchema)]
pub struct MeetingsView {
    items: Vec<MeetingHeadView>,
    next: Option<String>,
}

/// The meetings of a mobilisation, for whoever may know of it.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation")), responses((status = 200, body = MeetingsView)))]
#[get("/api/v1/mobilisations/{id}/meetings")]
pub async fn list(
    worker: Data<Worker>,
    ask: Ask<Reads>,
    id: Id<0, MobilisationId>,
) -> Result<Reply, Problem> {
    let id = id.get();
    let found = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_all(session, id).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::whole_list(found)
}
