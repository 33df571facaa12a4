//! `GET /api/v1/files/{id}/consents/{consent}/acknowledgements`: who acknowledged that it was taken back.

use actix_web::{get, web::Data};
use authz::id::{ConsentId, FileId};
use domain::consent::{AcknowledgementsView, find_acknowledgements};

use crate::{
    http::{Ask, Id, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// Which agencies were told of a withdrawal and when each acknowledged it, for the agency that recorded the consent.
#[utoipa::path(tag = "consents", params(("id" = uuid::Uuid, Path, description = "The file"), ("consent" = uuid::Uuid, Path, description = "The consent")), responses((status = 200, body = AcknowledgementsView)))]
#[get("/api/v1/files/{id}/consents/{consent}/acknowledgements")]
pub async fn acknowledgements(
    worker: Data<Worker>,
    ask: Ask<Reads>,
    id: Id<0, FileId>,
    consent: Id<1, ConsentId>,
) -> Result<Reply, Problem> {
    let (id, consent) = (id.get(), consent.get());
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_acknowledgements(session, id, consent).await?;
            Ok(session.open_some(found)?)
        })
        .await?;
    Reply::view(view)
}
