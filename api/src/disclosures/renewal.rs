//! `GET /api/v1/files/{id}/disclosures/{disclosure}/renewal`: what came since a disclosure.

use actix_web::{get, web::Data};
use authz::id::{DisclosureId, FileId};
use domain::disclosure::{NewFactsView, find_renewal};

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// What would be attested again: corrections of what was told, and new facts of the same persons and categories.
#[utoipa::path(tag = "disclosures", params(("id" = uuid::Uuid, Path, description = "The file"), ("disclosure" = uuid::Uuid, Path, description = "The act")), responses((status = 200, body = NewFactsView)))]
#[get("/api/v1/files/{id}/disclosures/{disclosure}/renewal")]
pub async fn renewal(
    worker: Data<Worker>,
    ask: Ask<Reads>,
    id: Id<0, FileId>,
    disclosure: Id<1, DisclosureId>,
) -> Result<Reply, Problem> {
    let (id, disclosure) = (id.get(), disclosure.get());
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_renewal(session, id, disclosure).await?;
            Ok(session.open_some(found)?)
        })
        .await?;
    Reply::view(view)
}
