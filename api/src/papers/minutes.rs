//! `GET /api/v1/mobilisations/{id}/meetings/{meeting}/minutes/paper`: the minutes, to be printed.

use actix_web::{HttpRequest, get, web::Data};
use authz::{
    desk::Caller,
    id::{MeetingId, MobilisationId},
};
use domain::{meeting::find_minutes, wording::Lang};

use super::{Format, Letterhead, Paper, Wanted, compose};
use crate::{
    http::{Ask, Id, Reads},
    problem::Problem,
    server::Worker,
};

/// The minutes of a meeting as a document: what the JSON operation shows the same reader, in the reader's language.
#[utoipa::path(tag = "meetings", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), ("meeting" = uuid::Uuid, Path, description = "The meeting"), Wanted), responses((status = 200, body = String, content_type = "text/html", description = "The document; by `format`, `application/json` or `application/pdf` as well")))]
#[get("/api/v1/mobilisations/{id}/meetings/{meeting}/minutes/paper")]
pub async fn minutes(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<Reads>,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
) -> Result<Paper, Problem> {
    let format = Format::read(request.query_string())?;
    print(&worker, ask.caller, ask.lang, (id.get(), meeting.get()), format).await
}

/// The document, for the API and the pages alike.
///
/// # Errors
/// When there are no minutes for this caller, or the document cannot be printed.
pub async fn print(
    worker: &Worker,
    caller: Caller,
    lang: Lang,
    (id, meeting): (MobilisationId, MeetingId),
    format: Format,
) -> Result<Paper, Problem> {
    let view = worker
        .desk()?
        .read::<_, Problem>(caller.clone(), async move |session| {
            let found = find_minutes(session, id, meeting).await?;
            Ok(session.open_some(found)?)
        })
        .await?;
    let head = Letterhead::read(worker, caller, lang).await?;
    let (view, event) = view.into_parts();
    Paper::print(compose::minutes(&view, &head), format, "filet-compte-rendu.pdf", event).await
}
