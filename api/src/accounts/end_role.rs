//! `POST /api/v1/accounts/{id}/roles/end`: end a role in a cell.

use actix_web::{post, web::Data};
use authz::{
    accounts::{self, Account, EndGrant, GrantChanged, find},
    acts::ManageRole,
    desk::{Answered, Caller, Disclosed},
    id::{CellId, UserId},
    vocabulary::Role,
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    http::{Ask, Body, Id, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// A role in a cell.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleToEnd {
    /// The cell; the caller is its admin too.
    #[schema(value_type = uuid::Uuid)]
    cell: CellId,
    /// The role.
    #[schema(value_type = String)]
    role: Role,
    /// When; at once, if not said.
    at: Option<DateTime<Utc>>,
}

/// Ends a role: from the next request on, or at a moment to come. One that has not begun is withdrawn.
#[utoipa::path(tag = "accounts", params(("id" = uuid::Uuid, Path, description = "The account")), request_body = RoleToEnd, responses((status = 200, body = GrantChanged)))]
#[post("/api/v1/accounts/{id}/roles/end")]
pub async fn end_role(worker: Data<Worker>, ask: Ask<SignedIn>, id: Id<0, UserId>) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: UserId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let account = find(session, id).await?;
            let permit = session.permit::<ManageRole, Account>(&account)?;
            let RoleToEnd { cell, role, at } = body.read()?;
            let (spent, ended) = accounts::end_role(session, permit, EndGrant { cell, role, at }).await?;
            Ok(session.done(spent, &ended)?)
        })
        .await
}
