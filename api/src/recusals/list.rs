//! `GET /api/v1/files/{id}/recusals`: who is recused.

use actix_web::{get, web::Data};
use authz::id::FileId;
use domain::recusal::{RecusalsView, find};

use crate::{
    http::{Ask, Id, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Who is recused: the coordinator sees it.
#[utoipa::path(tag = "recusals", params(("id" = uuid::Uuid, Path, description = "The file")), responses((status = 200, body = RecusalsView)))]
#[get("/api/v1/files/{id}/recusals")]
pub async fn list(worker: Data<Worker>, ask: Ask<SignedIn>, id: Id<0, FileId>) -> Result<Reply, Problem> {
    let id = id.get();
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find(session, id).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::view(view)
}
