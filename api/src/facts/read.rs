//! `GET /api/v1/files/{id}/facts/{fact}`: one fact.

use actix_web::{get, web::Data};
use authz::id::{FactId, FileId};
use domain::{fact::find, file::view::FactView};

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// One fact, through the same decision as in its file.
#[utoipa::path(tag = "facts", params(("id" = uuid::Uuid, Path, description = "The file"), ("fact" = uuid::Uuid, Path, description = "The fact")), responses((status = 200, body = FactView)))]
#[get("/api/v1/files/{id}/facts/{fact}")]
pub async fn read(
    worker: Data<Worker>,
    ask: Ask<Reads>,
    id: Id<0, FileId>,
    fact: Id<1, FactId>,
) -> Result<Reply, Problem> {
    let (id, fact) = (id.get(), fact.get());
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find(session, id, fact).await?;
            Ok(session.open_some(found)?)
        })
        .await?;
    Reply::view(view)
}
