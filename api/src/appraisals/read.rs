//! `GET /api/v1/files/{id}/appraisals/{appraisal}`: one appraisal.

use actix_web::{get, web::Data};
use authz::id::{DocumentId, FileId};
use domain::appraisal::{AppraisalView, find};

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// One appraisal: its level, and each answer under the category of its item. What does not show counts as
/// unknown in all that is reckoned.
#[utoipa::path(tag = "appraisals", params(("id" = uuid::Uuid, Path, description = "The file"), ("appraisal" = uuid::Uuid, Path, description = "The appraisal")),
    responses((status = 200, body = AppraisalView)))]
#[get("/api/v1/files/{id}/appraisals/{appraisal}")]
pub async fn read(
    worker: Data<Worker>,
    ask: Ask<Reads>,
    id: Id<0, FileId>,
    appraisal: Id<1, DocumentId>,
) -> Result<Reply, Problem> {
    let (id, appraisal) = (id.get(), appraisal.get());
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find(session, id, appraisal).await?;
            Ok(session.open_some(found)?)
        })
        .await?;
    Reply::view(view)
}
