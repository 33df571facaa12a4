//! `GET /api/v1/registers/incidents/{id}`: one incident with all it ever said.

use actix_web::{get, web::Data};
use authz::id::IncidentId;
use domain::incident::{IncidentView, find};

use crate::{
    http::{Ask, Id, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// One incident of the own agency's register, with every version of it: its privacy officer.
#[utoipa::path(tag = "registers", params(("id" = uuid::Uuid, Path, description = "The incident")), responses((status = 200, body = IncidentView)))]
#[get("/api/v1/registers/incidents/{id}")]
pub async fn read(worker: Data<Worker>, ask: Ask<SignedIn>, id: Id<0, IncidentId>) -> Result<Reply, Problem> {
    let id = id.get();
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let incident = find(session, id).await?;
            Ok(session.open(incident)?)
        })
        .await?;
    Reply::view(view)
}
