//! `GET /api/v1/files/{id}/changes`: a file, with what changed since one last consulted it.

use actix_web::{get, web::Data};
use authz::id::FileId;
use domain::file::consultation::{ConsultationView, find_consultation};

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// The file as one may see it, with what changed since one last consulted it for the same purpose.
#[utoipa::path(tag = "files", params(("id" = uuid::Uuid, Path, description = "The file")), responses((status = 200, body = ConsultationView)))]
#[get("/api/v1/files/{id}/changes")]
pub async fn changes(worker: Data<Worker>, ask: Ask<Reads>, id: Id<0, FileId>) -> Result<Reply, Problem> {
    let id = id.get();
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let file = find_consultation(session, id).await?;
            Ok(session.open(file)?)
        })
        .await?;
    Reply::view(view)
}
