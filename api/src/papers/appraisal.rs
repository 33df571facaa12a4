//! `GET /api/v1/files/{id}/appraisals/{appraisal}/paper`: one appraisal, to be printed.

use actix_web::{HttpRequest, get, web::Data};
use authz::{
    desk::Caller,
    id::{DocumentId, FileId},
};
use domain::{appraisal::find, reference::find_instrument, wording::Lang};

use super::{Format, Letterhead, Paper, Wanted, compose};
use crate::{
    http::{Ask, Id, Reads},
    problem::Problem,
    server::Worker,
};

/// One appraisal as a document: what the JSON operation shows the same reader, in the reader's language.
#[utoipa::path(tag = "appraisals", params(("id" = uuid::Uuid, Path, description = "The file"), ("appraisal" = uuid::Uuid, Path, description = "The appraisal"), Wanted), responses((status = 200, body = String, content_type = "text/html", description = "The document; by `format`, `application/json` or `application/pdf` as well")))]
#[get("/api/v1/files/{id}/appraisals/{appraisal}/paper")]
pub async fn appraisal(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<Reads>,
    id: Id<0, FileId>,
    appraisal: Id<1, DocumentId>,
) -> Result<Paper, Problem> {
    let format = Format::read(request.query_string())?;
    run(&worker, ask.caller, id.get(), appraisal.get(), format, ask.lang).await
}

/// The document, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: FileId,
    document: DocumentId,
    format: Format,
    lang: Lang,
) -> Result<Paper, Problem> {
    let desk = worker.desk()?;
    let view = desk
        .read::<_, Problem>(caller.clone(), async move |session| {
            let found = find(session, id, document).await?;
            Ok(session.open_some(found)?)
        })
        .await?;
    let (view, event) = view.into_parts();
    let (code, version) =
        (view.judged.value().instrument.code.clone(), view.judged.value().instrument.version);
    let instrument = desk
        .read::<_, Problem>(caller.clone(), async move |session| {
            let found = find_instrument(session, &code, Some(version), lang).await?;
            Ok(session.open(found)?)
        })
        .await?;
    let head = Letterhead::read(worker, caller, lang).await?;
    let document = compose::appraisal(&view, &instrument.into_parts().0, &head);
    Paper::print(document, format, "filet-appreciation.pdf", event).await
}
