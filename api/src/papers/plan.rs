//! `GET /api/v1/mobilisations/{id}/plan/paper`: the safety net, to be printed.

use actix_web::{HttpRequest, get, web::Data};
use authz::{desk::Caller, id::MobilisationId};
use domain::{action::list, mobilisation::find, wording::Lang};

use super::{Format, Letterhead, Paper, Wanted, compose};
use crate::{
    http::{Ask, Id, Reads},
    problem::Problem,
    server::Worker,
};

/// The safety net as a document: the actions that the reader may know of, as the JSON operations show them.
#[utoipa::path(tag = "actions", params(("id" = uuid::Uuid, Path, description = "The mobilisation"), Wanted), responses((status = 200, body = String, content_type = "text/html", description = "The document; by `format`, `application/json` or `application/pdf` as well")))]
#[get("/api/v1/mobilisations/{id}/plan/paper")]
pub async fn plan(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<Reads>,
    id: Id<0, MobilisationId>,
) -> Result<Paper, Problem> {
    let format = Format::read(request.query_string())?;
    print(&worker, ask.caller, ask.lang, id.get(), format).await
}

/// The document, for the API and the pages alike.
///
/// # Errors
/// When the mobilisation is absent for this caller, or the document cannot be printed.
pub async fn print(
    worker: &Worker,
    caller: Caller,
    lang: Lang,
    id: MobilisationId,
    format: Format,
) -> Result<Paper, Problem> {
    let desk = worker.desk()?;
    let view = desk
        .read::<_, Problem>(caller.clone(), async move |session| {
            let found = find(session, id).await?;
            Ok(session.open(found)?)
        })
        .await?;
    let actions =
        desk.read::<_, Problem>(caller.clone(), async move |session| Ok(list(session, id).await?)).await?;
    let head = Letterhead::read(worker, caller, lang).await?;
    let (actions, event) = actions.into_parts();
    let document = compose::plan(&view.into_parts().0, &actions, &head);
    Paper::print(document, format, "filet-plan.pdf", event).await
}
