//! `POST /api/v1/mobilisations/{id}/opinions`: what one’s organisation thinks.

use actix_web::{post, web::Data};
use authz::{
    acts::GiveOpinion,
    desk::{Answered, Caller, Disclosed},
    id::MobilisationId,
};
use domain::mobilisation::{Mobilisation, NewOpinion, Opined, find_for_change, opine as opine_now};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Says what one’s organisation thinks; the last word of an organisation counts.
#[utoipa::path(tag = "mobilisations", params(("id" = uuid::Uuid, Path, description = "The mobilisation")), request_body = NewOpinion, responses((status = 200, body = Opined)))]
#[post("/api/v1/mobilisations/{id}/opinions")]
pub async fn opine(
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
            let permit = session.permit::<GiveOpinion, Mobilisation>(&found)?;
            let (spent, moved) = opine_now(session, permit, body.read::<NewOpinion>()?).await?;
            Ok(session.done(spent, &moved)?)
        })
        .await
}
