//! `POST /api/v1/mobilisations/{id}/transfer`: hand a situation to another cell.

use actix_web::{post, web::Data};
use authz::{acts::TransferMobilisation, id::MobilisationId};
use domain::mobilisation::{Mobilisation, Moved, NewTransfer, find_for_change, transfer as transfer_now};

use crate::{
    http::{Ask, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Hands the situation to another cell, which learns the codes and never the file.
#[utoipa::path(tag = "mobilisations", params(("id" = uuid::Uuid, Path, description = "The mobilisation")), request_body = NewTransfer, responses((status = 200, body = Moved)))]
#[post("/api/v1/mobilisations/{id}/transfer")]
pub async fn transfer(
    worker: Data<Worker>,
    ask: Ask<Changes>,
    id: Id<0, MobilisationId>,
) -> Result<Reply, Problem> {
    let (id, body) = (id.get(), ask.body);
    let done = worker
        .desk()?
        .act::<Problem>(ask.caller, async move |session| {
            let found = find_for_change(session, id).await?;
            let permit = session.permit::<TransferMobilisation, Mobilisation>(&found)?;
            let (spent, moved) = transfer_now(session, permit, body.read::<NewTransfer>()?).await?;
            Ok(session.done(spent, &moved)?)
        })
        .await?;
    Reply::act(done)
}
