//! `POST /api/v1/registers/access-requests/{id}/answer`: say what was answered.

use actix_web::{post, web::Data};
use authz::{
    acts::AnswerRequest,
    desk::{Answered, Caller, Disclosed},
    etag::IfMatch,
    id::AccessRequestId,
};
use domain::access_request::{
    AccessRequest, NewAnswer, RequestAnswered, answer as answer_now, find_for_change,
};

use crate::{
    http::{Ask, Body, Id, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Says what was answered, and on which grounds not the whole. Needs the tag of the request as last seen.
#[utoipa::path(tag = "registers", params(("id" = uuid::Uuid, Path, description = "The request")), request_body = NewAnswer, responses((status = 200, body = RequestAnswered)))]
#[post("/api/v1/registers/access-requests/{id}/answer")]
pub async fn answer(
    worker: Data<Worker>,
    ask: Ask<SignedIn>,
    id: Id<0, AccessRequestId>,
) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), ask.body, ask.if_match).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: AccessRequestId,
    body: Body,
    seen: Option<IfMatch>,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let request = find_for_change(session, id).await?;
            let permit = session.permit::<AnswerRequest, AccessRequest>(&request)?;
            let new: NewAnswer = body.read()?;
            session.unchanged(request, &Ask::<SignedIn>::seen(seen)?)?;
            let (spent, done) = answer_now(session, permit, new).await?;
            Ok(session.done(spent, &done)?)
        })
        .await
}
