//! `POST /api/v1/mobilisations/{id}/lessons`: what was learned.

use actix_web::{post, web::Data};
use authz::{
    acts::GiveLessons,
    desk::{Answered, Caller, Disclosed},
    id::MobilisationId,
};
use domain::{
    lesson::{LessonsGiven, NewLessons, give},
    mobilisation::{Mobilisation, find_for_change},
};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Says what was learned once a mobilisation is closed, in codes: they are counted, and lead back to nobody.
#[utoipa::path(tag = "mobilisations", params(("id" = uuid::Uuid, Path, description = "The mobilisation")), request_body = NewLessons, responses((status = 201, body = LessonsGiven)))]
#[post("/api/v1/mobilisations/{id}/lessons")]
pub async fn lessons(
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
            let permit = session.permit::<GiveLessons, Mobilisation>(&found)?;
            let (spent, given) = give(session, permit, &body.read::<NewLessons>()?).await?;
            Ok(session.done(spent, &given)?)
        })
        .await
}
