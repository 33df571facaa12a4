//! The first admin of an agency, made from the terminal of the machine: there is nobody yet whom the API
//! could ask for leave.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, insert_into};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use uuid::Uuid;

use super::{
    error::AccountError,
    invitations::{Kind, invite},
    invite::{Invited, NewAccount, fresh},
};
use crate::{
    clock::real_now,
    desk::connection_settings,
    fault::Fault,
    id::{AgencyId, CellId, UserId},
    log::{self, Event, Outcome},
    schema::{agency, cell, role_grant},
    vocabulary::Role,
};

/// Who becomes an agency's first admin in a cell.
pub struct FirstAdmin<'f> {
    /// Short name of the agency.
    pub agency: &'f str,
    /// Short name of the cell.
    pub cell: &'f str,
    /// Name shown to colleagues.
    pub name: &'f str,
    /// Address to sign in with.
    pub email: &'f str,
}

/// Makes the account, gives it the role and invites its person, whole or not at all.
///
/// # Errors
/// When the agency or the cell is unknown, the address is taken, or the database fails.
pub async fn create_first_admin(
    url: &str,
    role: Option<&str>,
    first: &FirstAdmin<'_>,
    policy: Arc<str>,
) -> Result<Invited, AccountError> {
    let mut conn = AsyncPgConnection::establish(url).await.map_err(|_| Fault::Pool)?;
    conn.batch_execute(&connection_settings(role)).await?;
    conn.transaction(async |conn| write(conn, first, policy).await).await
}

async fn write(
    conn: &mut AsyncPgConnection,
    first: &FirstAdmin<'_>,
    policy: Arc<str>,
) -> Result<Invited, AccountError> {
    let agency: Option<Uuid> = agency::table
        .filter(agency::key.eq(first.agency))
        .filter(agency::disabled_at.is_null())
        .select(agency::id)
        .first(conn)
        .await
        .optional()?;
    let agency = AgencyId::from_uuid(agency.ok_or(AccountError::Unknown("/agency"))?);
    let cell: Option<Uuid> =
        cell::table.filter(cell::key.eq(first.cell)).select(cell::id).first(conn).await.optional()?;
    let cell = CellId::from_uuid(cell.ok_or(AccountError::Unknown("/cell"))?);
    let (id, now): (UserId, DateTime<Utc>) = (fresh()?.into(), real_now());
    let human = fresh()?.into();
    let new =
        NewAccount { id, human, agency, email: first.email, name: first.name, service: false, by: None };
    new.insert(conn).await?;
    insert_into(role_grant::table)
        .values((
            role_grant::account_id.eq(id.uuid()),
            role_grant::cell_id.eq(cell.uuid()),
            role_grant::role.eq(Role::Admin.number()),
            role_grant::valid_from.eq(now),
            role_grant::granted_at.eq(now),
        ))
        .execute(conn)
        .await?;
    let invitation = invite(conn, id, Kind::Enrolment, None, now).await?;
    let event = Event {
        occurred_at: now,
        actor: None,
        agency: Some(agency),
        session: None,
        purpose: None,
        act: "account.first_admin",
        object_kind: "account",
        object: Some(id.uuid()),
        file: None,
        cell: Some(cell),
        outcome: Outcome::Allowed,
        disclosed: Vec::new(),
        policy,
        request: fresh()?.into(),
    };
    log::insert(conn, &[event]).await?;
    Ok(Invited { id, invitation })
}
