//! `POST /api/v1/files/{id}/disclosures/{disclosure}/revocation`: revoke a disclosure.

use actix_web::{post, web::Data};
use authz::{
    acts::RevokeDisclosure,
    desk::{Answered, Caller, Disclosed},
    id::{DisclosureId, FileId},
};
use domain::disclosure::{DisclosureRecord, Revoked, find, revoke as revoke_disclosure};

use crate::{
    http::{Ask, Body, Changes, Id, Nothing, Reply},
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
    Reply::act(run(&worker, ask.caller, id.get(), disclosure.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: FileId,
    disclosure: DisclosureId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let act = find(session, id, disclosure).await?;
            let permit = session.permit::<RevokeDisclosure, DisclosureRecord>(&act)?;
            body.read::<Nothing>()?;
            let (spent, revoked) = revoke_disclosure(session, permit, id).await?;
            Ok(session.done(spent, &revoked)?)
        })
        .await
}
