//! `POST /api/v1/mobilisations/{id}/lessons`: what was learned.

use actix_web::{post, web::Data};
use authz::{acts::GiveLessons, id::MobilisationId};
use domain::{
    lesson::{LessonsGiven, NewLessons, give},
    mobilisation::{Mobilisation, find_for_change},
};

use crate::{
    http::{Ask, Changes, Id, Reply},
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
    let (id, body) = (id.get(), ask.body);
    let done = worker
        .desk()?
        .act::<Problem>(ask.caller, async move |session| {
            let found = find_for_change(session, id).await?;
            let permit = session.permit::<GiveLessons, Mobilisation>(&found)?;
            let (spent, given) = give(session, permit, &body.read::<NewLessons>()?).await?;
            Ok(session.done(spent, &given)?)
        })
        .await?;
    Reply::act(done)
}
