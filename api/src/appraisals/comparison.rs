//! `GET /api/v1/files/{id}/appraisals/{appraisal}/comparison`: two appraisals beside each other.

use actix_web::{HttpRequest, get, web::Data};
use authz::id::{DocumentId, FileId};
use domain::appraisal::{ComparisonView, find_comparison};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    http::{Ask, Id, Reads, Reply, read_query},
    problem::Problem,
    server::Worker,
};

/// With which.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct With {
    /// Another appraisal of the same person by the same instrument.
    #[param(value_type = uuid::Uuid)]
    with: DocumentId,
}

/// What changed from the earlier to the later one: answers that show in both, and the level.
#[utoipa::path(tag = "appraisals", params(("id" = uuid::Uuid, Path, description = "The file"), ("appraisal" = uuid::Uuid, Path, description = "One appraisal"), With),
    responses((status = 200, body = ComparisonView)))]
#[get("/api/v1/files/{id}/appraisals/{appraisal}/comparison")]
pub async fn comparison(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<Reads>,
    id: Id<0, FileId>,
    appraisal: Id<1, DocumentId>,
) -> Result<Reply, Problem> {
    let (id, appraisal) = (id.get(), appraisal.get());
    let With { with } = read_query(request.query_string())?;
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_comparison(session, id, appraisal, with).await?;
            Ok(session.open_some(found)?)
        })
        .await?;
    Reply::view(view)
}
