//! `GET /api/v1/role-requests`: roles that wait for a second admin.

use actix_web::{get, web::Data};
use authz::accounts::{RoleRequestView, waiting_role_requests};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    http::{Ask, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Roles that wait, oldest first; there is never more than one page.
#[derive(Serialize, ToSchema)]
pub struct RoleRequestList {
    items: Vec<RoleRequestView>,
    next: Option<String>,
}

/// The roles that wait for a second admin: of one's own agency's people; for an admin of a coordination agency, of
/// everybody in her cells.
#[utoipa::path(tag = "accounts", responses((status = 200, body = RoleRequestList)))]
#[get("/api/v1/role-requests")]
pub async fn role_requests(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    let found = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let waiting = waiting_role_requests(session).await?;
            Ok(session.open(waiting)?)
        })
        .await?;
    Reply::whole_list(found)
}
