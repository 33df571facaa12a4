//! `GET /api/v1/access-events`: the log across files, for auditors and privacy officers.

use actix_web::{HttpRequest, get, web::Data};
use authz::log::find_events;

use super::{Wanted, filter};
use crate::{
    http::{Ask, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Who read or did what, newest first. Never a value.
#[utoipa::path(tag = "log", params(Wanted), responses((status = 200, body = serde_json::Value)))]
#[get("/api/v1/access-events")]
pub async fn events(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<SignedIn>,
) -> Result<Reply, Problem> {
    let (filter, limit) = filter(request.query_string())?;
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let events = find_events(session, &filter).await?;
            Ok(session.open(events)?)
        })
        .await?;
    Reply::events(view, limit)
}
