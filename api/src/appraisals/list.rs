//! `GET /api/v1/files/{id}/appraisals`: the appraisals of a file.

use actix_web::{HttpRequest, get, web::Data};
use authz::id::FileId;
use domain::appraisal::{AppraisalHead, find_page};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    http::{Ask, Cursor, Id, Paging, Reads, Reply, read_query},
    problem::Problem,
    server::Worker,
};

/// How much is wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    limit: Option<String>,
    cursor: Option<String>,
}

/// A page of appraisals.
#[derive(Serialize, ToSchema)]
pub struct AppraisalsView {
    items: Vec<AppraisalHead>,
    next: Option<String>,
}

/// The appraisals that the gate shows, in the order they were recorded; of corrections the newest that shows.
#[utoipa::path(tag = "appraisals", params(("id" = uuid::Uuid, Path, description = "The file"), Wanted),
    responses((status = 200, body = AppraisalsView)))]
#[get("/api/v1/files/{id}/appraisals")]
pub async fn list(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<Reads>,
    id: Id<0, FileId>,
) -> Result<Reply, Problem> {
    let wanted: Wanted = read_query(request.query_string())?;
    let (id, paging) = (id.get(), Paging::read(wanted.limit.as_deref(), wanted.cursor.as_deref())?);
    let limit = usize::from(paging.limit);
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            // One more than asked for tells whether there is a next page.
            let after = paging.after.map(|after| (after.at, after.id));
            let found = find_page(session, id, limit + 1, after).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::list(view, limit, |item: &AppraisalHead| Cursor { at: item.recorded_at, id: item.id.uuid() })
}
