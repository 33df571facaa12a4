//! `POST /api/v1/mobilisations/{id}/actions`: agree on an action of the safety net.

use actix_web::{post, web::Data};
use authz::{
    acts::AgreeAction,
    desk::{Answered, Caller, Disclosed},
    id::MobilisationId,
};
use domain::{
    action::{ActionAgreed, NewAction, agree as agree_now},
    mobilisation::{Mobilisation, find_for_change},
};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Agrees on an action: one agency, one person of it, an hour, and whom it protects.
#[utoipa::path(tag = "actions", params(("id" = uuid::Uuid, Path, description = "The mobilisation")), request_body = NewAction, responses((status = 201, body = ActionAgreed)))]
#[post("/api/v1/mobilisations/{id}/actions")]
pub async fn agree(
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
            let permit = session.permit::<AgreeAction, Mobilisation>(&found)?;
            let (spent, agreed) = agree_now(session, permit, body.read::<NewAction>()?).await?;
            Ok(session.done(spent, &agreed)?)
        })
        .await
}
