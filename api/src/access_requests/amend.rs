//! `POST /api/v1/registers/access-requests/{id}/amendments`: write a request anew.

use actix_web::{post, web::Data};
use authz::{
    acts::AmendRequest,
    desk::{Answered, Caller, Disclosed},
    etag::IfMatch,
    id::AccessRequestId,
};
use domain::access_request::{
    AccessRequest, NewRequest, RequestAmended, amend as amend_now, find_for_change,
};

use crate::{
    http::{Ask, Body, Id, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Writes a request anew, whole, before it is answered; what it said before is kept. Needs the tag of the request as
/// last seen.
#[utoipa::path(tag = "registers", params(("id" = uuid::Uuid, Path, description = "The request")), request_body = NewRequest, responses((status = 200, body = RequestAmended)))]
#[post("/api/v1/registers/access-requests/{id}/amendments")]
pub async fn amend(
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
            let permit = session.permit::<AmendRequest, AccessRequest>(&request)?;
            let new: NewRequest = body.read()?;
            session.unchanged(request, &Ask::<SignedIn>::seen(seen)?)?;
            let (spent, amended) = amend_now(session, permit, new).await?;
            Ok(session.done(spent, &amended)?)
        })
        .await
}
