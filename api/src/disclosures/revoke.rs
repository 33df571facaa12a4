//! `POST /api/v1/files/{id}/disclosures/{disclosure}/revocation`: revoke a disclosure.

use actix_web::{post, web::Data};
use authz::{
    acts::RevokeDisclosure,
    id::{DisclosureId, FileId},
};
use domain::disclosure::{DisclosureRecord, Revoked, find, revoke as revoke_disclosure};

use crate::{
    http::{Ask, Changes, Id, Nothing, Reply},
    problem::Problem,
    server::Worker,
};

/// Revokes an act: its recipients stop reading at once.
#[utoipa::path(tag = "disclosures", params(("id" = uuid::Uuid, Path, description = "The file"), ("disclosure" = uuid::Uuid, Path, description = "The act")), request_body = Nothing, responses((status = 200, body = Revoked)))]
#[post("/api/v1/files/{id}/disclosures/{disclosure}/revocation")]
pub async fn revoke(
    worker: Data<Worker>,
    ask: Ask<Changes>,
    id: Id<0, FileId>,
    disclosure: Id<1, DisclosureId>,
) -> Result<Reply, Problem> {
    let (id, disclosure) = (id.get(), disclosure.get());
    let body = ask.body;
    let done = worker
        .desk()?
        .act::<Problem>(ask.caller, async move |session| {
            let act = find(session, id, disclosure).await?;
            let permit = session.permit::<RevokeDisclosure, DisclosureRecord>(&act)?;
            body.read::<Nothing>()?;
            let (spent, revoked) = revoke_disclosure(session, permit, id).await?;
            Ok(session.done(spent, &revoked)?)
        })
        .await?;
    Reply::act(done)
}
