//! Accounts as a scenario tells them: written as they are, without invitation.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, insert_into};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    id::{AgencyId, CellId, HumanId, UserId},
    schema::{account, role_grant},
    vocabulary::Role,
};

/// An account of a scenario.
pub struct Told<'t> {
    /// Handle.
    pub id: UserId,
    /// The human being.
    pub human: HumanId,
    /// The agency spoken for.
    pub agency: AgencyId,
    /// Address to sign in with.
    pub email: &'t str,
    /// Name shown to colleagues.
    pub name: &'t str,
    /// Hash of the password.
    pub password_hash: &'t str,
}

/// Writes the account.
///
/// # Errors
/// When the database refuses.
pub async fn insert_told(
    conn: &mut AsyncPgConnection,
    told: &Told<'_>,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    insert_into(account::table)
        .values((
            account::id.eq(told.id.uuid()),
            account::human_id.eq(told.human.uuid()),
            account::agency_id.eq(told.agency.uuid()),
            account::email.eq(told.email),
            account::name.eq(told.name),
            account::password_hash.eq(told.password_hash),
            account::created_at.eq(now),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Gives a role from the beginning of time: a scenario says who somebody is, not since when.
///
/// # Errors
/// When the database refuses.
pub async fn grant_told(
    conn: &mut AsyncPgConnection,
    user: UserId,
    cell: CellId,
    role: Role,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    insert_into(role_grant::table)
        .values((
            role_grant::account_id.eq(user.uuid()),
            role_grant::cell_id.eq(cell.uuid()),
            role_grant::role.eq(role.number()),
            role_grant::valid_from.eq(DateTime::<Utc>::UNIX_EPOCH),
            role_grant::granted_at.eq(now),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// The agency an account speaks for.
///
/// # Errors
/// When there is no such account.
pub async fn agency_of(conn: &mut AsyncPgConnection, user: UserId) -> QueryResult<AgencyId> {
    let id: Uuid =
        account::table.filter(account::id.eq(user.uuid())).select(account::agency_id).first(conn).await?;
    Ok(AgencyId::from_uuid(id))
}
