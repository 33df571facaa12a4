//! `POST /api/v1/mobilisations/{id}/transfer`: hand a situation to another cell.

use actix_web::{post, web::Data};
use authz::{
    acts::TransferMobilisation,
    desk::{Answered, Caller, Disclosed},
    id::MobilisationId,
};
use domain::mobilisation::{Mobilisation, Moved, NewTransfer, find_for_change, transfer as transfer_now};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
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
    Reply::act(run(&worker, ask.caller, id.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: MobilisationId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let found = find_for_change(session, id).await?;
            let permit = session.permit::<TransferMobilisation, Mobilisation>(&found)?;
            let (spent, moved) = transfer_now(session, permit, body.read::<NewTransfer>()?).await?;
            Ok(session.done(spent, &moved)?)
        })
        .await
}
