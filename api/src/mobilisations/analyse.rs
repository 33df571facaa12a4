//! `POST /api/v1/mobilisations/{id}/analysis`: call the coordination committee.

use actix_web::{post, web::Data};
use authz::{
    acts::CallCommittee,
    desk::{Answered, Caller, Disclosed},
    id::MobilisationId,
};
use domain::mobilisation::{Mobilisation, Moved, analyse as analyse_now, find_for_change};

use crate::{
    http::{Ask, Body, Changes, Id, Nothing, Reply},
    problem::Problem,
    server::Worker,
};

/// Calls the coordination committee: its organisations are asked what they think.
#[utoipa::path(tag = "mobilisations", params(("id" = uuid::Uuid, Path, description = "The mobilisation")), responses((status = 200, body = Moved)))]
#[post("/api/v1/mobilisations/{id}/analysis")]
pub async fn analyse(
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
            let permit = session.permit::<CallCommittee, Mobilisation>(&found)?;
            body.read::<Nothing>()?;
            let (spent, moved) = analyse_now(session, permit).await?;
            Ok(session.done(spent, &moved)?)
        })
        .await
}
