//! `GET /api/v1/files/{id}/access-log`: who accessed one file.

use actix_web::{HttpRequest, get, web::Data};
use authz::{id::FileId, log::find_file_events};
use domain::file::explain::scope_for_log;

use super::{Wanted, filter};
use crate::{
    http::{Ask, Id, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Who read or did what on this file, newest first: auditors, and each agency's privacy officers.
#[utoipa::path(tag = "log", params(("id" = uuid::Uuid, Path, description = "The file"), Wanted),
    responses((status = 200, body = serde_json::Value)))]
#[get("/api/v1/files/{id}/access-log")]
pub async fn file(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<SignedIn>,
    id: Id<0, FileId>,
) -> Result<Reply, Problem> {
    let id = id.get();
    let (filter, limit) = filter(request.query_string())?;
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let scope = scope_for_log(session, id).await?;
            let events = find_file_events(session, id, scope, &filter).await?;
            Ok(session.open(events)?)
        })
        .await?;
    Reply::events(view, limit)
}
