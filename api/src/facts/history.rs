//! `GET /api/v1/files/{id}/facts/{fact}/history`: what a fact said before.

use actix_web::{get, web::Data};
use authz::id::{FactId, FileId};
use domain::fact::{HistoryView, find_history};

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// The versions of a fact that the gate shows, newest first.
#[utoipa::path(tag = "facts", params(("id" = uuid::Uuid, Path, description = "The file"), ("fact" = uuid::Uuid, Path, description = "The fact")), responses((status = 200, body = HistoryView)))]
#[get("/api/v1/files/{id}/facts/{fact}/history")]
pub async fn history(
    worker: Data<Worker>,
    ask: Ask<Reads>,
    id: Id<0, FileId>,
    fact: Id<1, FactId>,
) -> Result<Reply, Problem> {
    let (id, fact) = (id.get(), fact.get());
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_history(session, id, fact).await?;
            Ok(session.open_some(found)?)
        })
        .await?;
    Reply::view(view)
}
