//! `GET /api/v1/instruments/{code}`: one instrument, whole.

use actix_web::{
    HttpRequest, get,
    web::{Data, Path},
};
use domain::reference::{InstrumentView, find_instrument};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    http::{Ask, Reply, SignedIn, read_query},
    problem::Problem,
    server::Worker,
};

/// Which version.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// The newest, if not said.
    version: Option<i16>,
}

/// One instrument with its items in the caller's language. Its wording is for the agencies its licence names.
#[utoipa::path(tag = "reference", params(("code" = String, Path, description = "Its short name"), Wanted), responses((status = 200, body = InstrumentView)))]
#[get("/api/v1/instruments/{code}")]
pub async fn instrument(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<SignedIn>,
    code: Path<String>,
) -> Result<Reply, Problem> {
    let (Wanted { version }, lang) = (read_query(request.query_string())?, ask.lang);
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_instrument(session, &code, version, lang).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::view(view)
}
