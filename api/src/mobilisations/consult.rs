//! `POST /api/v1/mobilisations/{id}/consultation`: bring it to the cell, without identity.

use actix_web::{post, web::Data};
use authz::{
    acts::BringToCell,
    desk::{Answered, Caller, Disclosed},
    id::MobilisationId,
};
use domain::mobilisation::{Mobilisation, Moved, consult as consult_now, find_for_change};

use crate::{
    http::{Ask, Body, Changes, Id, Nothing, Reply},
    problem::Problem,
    server::Worker,
};

/// Brings the situation to the cell without identity; the coordination is told.
#[utoipa::path(tag = "mobilisations", params(("id" = uuid::Uuid, Path, description = "The mobilisation")), responses((status = 200, body = Moved)))]
#[post("/api/v1/mobilisations/{id}/consultation")]
pub async fn consult(
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
            let permit = session.permit::<BringToCell, Mobilisation>(&found)?;
            body.read::<Nothing>()?;
            let (spent, moved) = consult_now(session, permit).await?;
            Ok(session.done(spent, &moved)?)
        })
        .await
}
