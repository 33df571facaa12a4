//! `POST /api/v1/registers/access-requests/{id}/extension`: take more time to answer.

use actix_web::{post, web::Data};
use authz::{
    acts::ExtendRequest,
    desk::{Answered, Caller, Disclosed},
    etag::IfMatch,
    id::AccessRequestId,
};
use domain::access_request::{
    AccessRequest, NewExtension, RequestExtended, extend as extend_now, find_for_change,
};

use crate::{
    http::{Ask, Body, Id, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Takes the time that the law allows beyond the first: once, before it is over, and saying why. Needs the tag of the
/// request as last seen.
#[utoipa::path(tag = "registers", params(("id" = uuid::Uuid, Path, description = "The request")), request_body = NewExtension, responses((status = 200, body = RequestExtended)))]
#[post("/api/v1/registers/access-requests/{id}/extension")]
pub async fn extend(
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
            let permit = session.permit::<ExtendRequest, AccessRequest>(&request)?;
            let new: NewExtension = body.read()?;
            session.unchanged(request, &Ask::<SignedIn>::seen(seen)?)?;
            let (spent, done) = extend_now(session, permit, new).await?;
            Ok(session.done(spent, &done)?)
        })
        .await
}
