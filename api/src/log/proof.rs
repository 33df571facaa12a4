//! `GET /api/v1/access-events/proof`: a piece of the log with what proves it.

use actix_web::{HttpRequest, get, web::Data};
use authz::{
    desk::{Caller, Disclosed},
    log::{ProofView, find_proof},
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    http::{Ask, Reply, SignedIn, read_query},
    problem::Problem,
    server::Worker,
};

/// As what a piece of the log goes out.
pub const KIND: &str = "text/plain; charset=utf-8";

/// Where the piece begins.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// After so many lines: 0, or the `size` of a signed point.
    since: Option<u64>,
}

/// A piece of the log with its proof, as text: a first line of JSON (the key, the tree it begins with, the signed points),
/// then for each line of the log `row HASH JSON` where it is the reader's to read, `hidden HASH` where it is not, `gone HASH`
/// where it was removed. `filet verify-log` verifies it without the house that keeps the log.
#[utoipa::path(tag = "log", params(Wanted), responses((status = 200, body = String, content_type = "text/plain")))]
#[get("/api/v1/access-events/proof")]
pub async fn proof(worker: Data<Worker>, request: HttpRequest, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    let wanted: Wanted = read_query(request.query_string())?;
    let view = run(&worker, ask.caller, wanted.since.unwrap_or(0)).await?;
    Ok(Reply::text(view, KIND, &|view| view.text.clone()))
}

/// A piece of the log, for the API and the pages alike.
pub async fn run(worker: &Worker, caller: Caller, since: u64) -> Result<Disclosed<ProofView>, Problem> {
    worker
        .desk()?
        .read::<_, Problem>(caller, async move |session| {
            let found = find_proof(session, since).await?;
            Ok(session.open(found)?)
        })
        .await
}
