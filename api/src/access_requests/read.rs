//! `GET /api/v1/registers/access-requests/{id}`: one request with all it ever said.

use actix_web::{get, web::Data};
use authz::id::AccessRequestId;
use domain::access_request::{RequestView, find};

use crate::{
    http::{Ask, Id, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// One access request of the own agency's register, with every version of it: its privacy officer.
#[utoipa::path(tag = "registers", params(("id" = uuid::Uuid, Path, description = "The request")), responses((status = 200, body = RequestView)))]
#[get("/api/v1/registers/access-requests/{id}")]
pub async fn read(
    worker: Data<Worker>,
    ask: Ask<SignedIn>,
    id: Id<0, AccessRequestId>,
) -> Result<Reply, Problem> {
    let id = id.get();
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let request = find(session, id).await?;
            Ok(session.open(request)?)
        })
        .await?;
    Reply::view(view)
}
