//! Words not yet sent, kept for whoever was writing them.

use actix_web::{HttpResponse, post};
use authz::{
    accounts::{forget_draft, keep_draft, kept_draft},
    desk::Caller,
    id::RequestId,
    standing::Actor,
};

use super::{
    form::Posted,
    oops::{Oops, own_path},
    visit::Visit,
};
use crate::server::Worker;

/// Keeps the fields of a page, but for those that are the page's own.
///
/// # Errors
/// When the machine fails.
pub async fn keep(
    worker: &Worker,
    writer: Actor,
    request: RequestId,
    page: &str,
    fields: &[(String, String)],
) -> Result<(), Oops> {
    let written: Vec<_> = fields.iter().filter(|(name, _)| !name.starts_with('_')).collect();
    let words = serde_urlencoded::to_string(written).unwrap_or_default();
    keep_draft(worker.desk()?, writer, Caller::nobody(request), page.to_owned(), words).await?;
    Ok(())
}

/// The fields kept of this page, if any.
///
/// # Errors
/// When the machine fails.
pub async fn kept(visit: &Visit) -> Result<Option<Vec<(String, String)>>, Oops> {
    kept_of(visit, &visit.path).await
}

/// The fields kept of one of several forms of a page, if any.
///
/// # Errors
/// When the machine fails.
pub async fn kept_of(visit: &Visit, page: &str) -> Result<Option<Vec<(String, String)>>, Oops> {
    let words = kept_draft(visit.worker.desk()?, visit.caller(), page.to_owned()).await?;
    Ok(words.and_then(|words| serde_urlencoded::from_str(&words).ok()))
}

/// Forgets what was kept of a page: it was sent.
///
/// # Errors
/// When the machine fails.
pub async fn forget(visit: &Visit, page: &str) -> Result<(), Oops> {
    forget_draft(visit.worker.desk()?, visit.caller(), page.to_owned()).await?;
    Ok(())
}

/// Keeps what is being written, as the page's script sends it now and then.
#[post("/brouillons")]
pub(super) async fn save(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    let page = own_path(posted.get("_page").unwrap_or("/"));
    keep(&visit.worker, visit.known.actor, visit.request, page, &posted.fields).await?;
    Ok(HttpResponse::NoContent().finish())
}
