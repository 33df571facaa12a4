//! Documents for a browser: the very papers of the API, through the same desk.

use actix_web::{HttpRequest, get};
use authz::id::{DocumentId, FileId};

use crate::{
    http::Id,
    pages::{oops::Oops, visit::Visit},
    papers::{self, Format, Paper},
};

/// One appraisal, to be printed.
#[get("/dossiers/{id}/appreciations/{appraisal}/document")]
pub(super) async fn appraisal(
    visit: Visit,
    request: HttpRequest,
    id: Id<0, FileId>,
    appraisal: Id<1, DocumentId>,
) -> Result<Paper, Oops> {
    let (format, lang) = (Format::read(request.query_string())?, visit.p.lang());
    let (caller, worker) = (visit.reader()?, &visit.worker);
    Ok(papers::appraisal::run(worker, caller, id.get(), appraisal.get(), format, lang).await?)
}
