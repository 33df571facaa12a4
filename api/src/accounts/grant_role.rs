//! `POST /api/v1/accounts/{id}/roles`: grant a role in a cell.

use actix_web::{post, web::Data};
use authz::{
    accounts::{self, Account, GrantChanged, NewGrant, find},
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
pub struct RoleToGrant {
    /// The cell; the caller is its admin too.
    #[schema(value_type = uuid::Uuid)]
    cell: CellId,
    /// The role.
    #[schema(value_type = String)]
    role: Role,
    /// From when; at once, if not said.
    from: Option<DateTime<Utc>>,
    /// Until when, if it ends.
    until: Option<DateTime<Utc>>,
    /// A substitute respondent (*substitut*), who has dates.
    #[serde(default)]
    substitute: bool,
}

/// Grants a role. Nobody grants one to oneself; `coordinator`, `auditor`, `privacy_officer` and `admin` wait until an
/// admin who is another person confirms them.
#[utoipa::path(tag = "accounts", params(("id" = uuid::Uuid, Path, description = "The account")), request_body = RoleToGrant, responses((status = 200, body = GrantChanged)))]
#[post("/api/v1/accounts/{id}/roles")]
pub async fn grant_role(
    worker: Data<Worker>,
    ask: Ask<SignedIn>,
    id: Id<0, UserId>,
) -> Result<Reply, Problem> {
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
            let RoleToGrant { cell, role, from, until, substitute } = body.read()?;
            let grant = NewGrant { cell, role, from, until, substitute };
            let (spent, granted) = accounts::grant_role(session, permit, grant).await?;
            Ok(session.done(spent, &granted)?)
        })
        .await
}
