//! A safety net and the minutes of a meeting as documents: the very ones of the API, for whoever looks at a page.

use actix_web::{HttpRequest, HttpResponse, Responder, get};
use authz::id::{MeetingId, MobilisationId};

use crate::{
    http::Id,
    pages::{oops::Oops, visit::Visit},
    papers,
};

/// The safety net as a document.
#[get("/cellule/{id}/filet/papier")]
pub(super) async fn plan(
    visit: Visit,
    request: HttpRequest,
    id: Id<0, MobilisationId>,
) -> Result<HttpResponse, Oops> {
    let format = papers::Format::read(request.query_string())?;
    let paper = papers::plan::print(&visit.worker, visit.reader()?, visit.p.lang(), id.get(), format).await?;
    Ok(paper.respond_to(&request))
}

/// The minutes of a meeting as a document.
#[get("/cellule/{id}/rencontres/{meeting}/compte-rendu")]
pub(super) async fn minutes(
    visit: Visit,
    request: HttpRequest,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
) -> Result<HttpResponse, Oops> {
    let format = papers::Format::read(request.query_string())?;
    let (caller, lang) = (visit.reader()?, visit.p.lang());
    let paper =
        papers::minutes::print(&visit.worker, caller, lang, (id.get(), meeting.get()), format).await?;
    Ok(paper.respond_to(&request))
}
