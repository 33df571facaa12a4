//! `GET /api/v1/legal-bases`: legal bases in force.

use actix_web::{HttpRequest, get, web::Data};
use chrono::{DateTime, Utc};
use domain::reference::{LegalView, find_legal};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    http::{Ask, Reply, SignedIn, read_query},
    problem::Problem,
    server::Worker,
};

/// Which moment.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Now, if not said.
    at: Option<DateTime<Utc>>,
}

/// The legal bases in force at a moment, as dated summaries in the caller's language.
#[utoipa::path(tag = "reference", params(Wanted), responses((status = 200, body = LegalView)))]
#[get("/api/v1/legal-bases")]
pub async fn legal_bases(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<SignedIn>,
) -> Result<Reply, Problem> {
    let (Wanted { at }, lang) = (read_query(request.query_string())?, ask.lang);
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_legal(session, at, lang).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::view(view)
}
