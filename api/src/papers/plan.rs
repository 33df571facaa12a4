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
    run(&worker, ask.caller, id.get(), format, ask.lang).await
}

/// The document, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: MobilisationId,
    format: Format,
    lang: Lang,
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
