//! `GET /api/v1/files/{id}`: a risk file as this viewer may see it.

use actix_web::{get, web::Data};
use authz::id::FileId;
use domain::file::{find::find, view::FileView};

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// A risk file as the viewer may see it, for the declared purpose.
#[utoipa::path(tag = "files", params(("id" = uuid::Uuid, Path, description = "The file")),
    responses((status = 200, body = FileView)))]
#[get("/api/v1/files/{id}")]
pub async fn read(worker: Data<Worker>, ask: Ask<Reads>, id: Id<0, FileId>) -> Result<Reply, Problem> {
    let id = id.get();
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let file = find(session, id).await?;
            Ok(session.open(file)?)
        })
        .await?;
    Reply::view(view)
}
