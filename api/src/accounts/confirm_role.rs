//! `POST /api/v1/role-requests/{id}/confirmation`: confirm a role that takes two admins.

use actix_web::{post, web::Data};
use authz::{
    accounts::{self, RoleRequest, RoleRequestDecided, find_role_request},
    acts::ConfirmRole,
    desk::{Answered, Caller, Disclosed},
    id::RoleRequestId,
};

use crate::{
    http::{Ask, Body, Id, Nothing, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Confirms a role that another admin asked for. Whoever asked for it, or would get it, may not.
#[utoipa::path(tag = "accounts", params(("id" = uuid::Uuid, Path, description = "The request")), request_body = Nothing, responses((status = 200, body = RoleRequestDecided)))]
#[post("/api/v1/role-requests/{id}/confirmation")]
pub async fn confirm_role(
    worker: Data<Worker>,
    ask: Ask<SignedIn>,
    id: Id<0, RoleRequestId>,
) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: RoleRequestId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let request = find_role_request(session, id).await?;
            let permit = session.permit::<ConfirmRole, RoleRequest>(&request)?;
            body.read::<Nothing>()?;
            let (spent, decided) = accounts::confirm_role(session, permit).await?;
            Ok(session.done(spent, &decided)?)
        })
        .await
}
