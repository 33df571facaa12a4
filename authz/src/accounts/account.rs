//! The accounts of an agency as its admin sees them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl,
    SelectableHelper,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::rows::{AccountRow, CellBrief};
use crate::{
    clock::real_now,
    credentials::Lockout,
    desk::{Disclose, Door, Grant, Resource, Room, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{AgencyId, CellId, UserId},
    schema::{account, cell, role_grant},
    vocabulary::Role,
};

/// An account, as found.
pub struct Account(AccountView);

/// A page of an agency's accounts, as found.
pub struct AgencyAccounts(Vec<AccountView>);

/// Whether an account can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountStatus {
    /// Invited, and has chosen no password yet.
    Invited,
    /// Can sign in.
    Active,
    /// Locked for a while after repeated failures.
    Locked,
    /// Disabled.
    Disabled,
}

/// A role as it was granted, current or to come.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GrantView {
    /// The cell.
    pub cell: CellBrief,
    /// The role.
    #[schema(value_type = String)]
    pub role: Role,
    /// Held in somebody's place.
    pub substitute: bool,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when, if it ends.
    pub until: Option<DateTime<Utc>>,
}

/// An account.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AccountView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Address to sign in with; a program's is a mere label.
    pub email: String,
    /// Is it a program's, which signs in with a credential instead of a password?
    pub service: bool,
    /// Whether it can sign in.
    pub status: AccountStatus,
    /// Is a second factor set up?
    pub second_factor: bool,
    /// Since when it exists.
    pub created_at: DateTime<Utc>,
    /// Roles held now or later.
    pub roles: Vec<GrantView>,
}

impl Resource for Account {
    const KIND: &'static str = "account";
    const READ: &'static str = "account.read";
    const DOOR: Door = Door::Room;
    type Id = UserId;
}

impl Disclose for Account {
    type View = AccountView;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<AccountView, Fault> {
        Ok(self.0)
    }
}

impl Resource for AgencyAccounts {
    const KIND: &'static str = "accounts";
    const READ: &'static str = "account.list";
    const DOOR: Door = Door::Room;
    type Id = AgencyId;
}

impl Disclose for AgencyAccounts {
    type View = Vec<AccountView>;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<Vec<AccountView>, Fault> {
        Ok(self.0)
    }
}

/// The account under this id, or the absence of one.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find<'tx, M>(session: &mut Session<'tx, M>, id: UserId) -> Result<Sealed<'tx, Account>, Stop> {
    session.identify().await?;
    let now = session.now();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let rows: Vec<(AccountRow, DateTime<Utc>)> = account::table
        .filter(account::id.eq(id.uuid()))
        .select((AccountRow::as_select(), account::created_at))
        .load(&mut conn)
        .await?;
    let agency = rows.as_slice().first().map(|(row, _)| AgencyId::from_uuid(row.agency_id));
    let view = views(conn, rows, now).await?.pop();
    let held = agency.zip(view).map(|(agency, view)| (Account(view), Scope::Room(Room::Accounts(agency))));
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

/// The accounts of the caller's own agency, to add one.
///
/// # Errors
/// When the caller is not signed in any more.
pub async fn of_own_agency<'tx, M>(
    session: &mut Session<'tx, M>,
) -> Result<Sealed<'tx, AgencyAccounts>, Stop> {
    let agency = session.identify().await?.agency();
    let held = Some((AgencyAccounts(Vec::new()), Scope::Room(Room::Accounts(agency))));
    Ok(seal(Key::take(), session.tx(Key::take()), agency, held))
}

/// At most `limit` accounts of the caller's own agency, oldest first, after one of them.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn page<'tx, M>(
    session: &mut Session<'tx, M>,
    limit: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Sealed<'tx, AgencyAccounts>, Stop> {
    let agency = session.identify().await?.agency();
    let now = session.now();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let (at, id) = after.unwrap_or((DateTime::UNIX_EPOCH, Uuid::nil()));
    let rows = account::table
        .filter(account::agency_id.eq(agency.uuid()))
        .filter(account::created_at.gt(at).or(account::created_at.eq(at).and(account::id.gt(id))))
        .order((account::created_at, account::id))
        .limit(limit)
        .select((AccountRow::as_select(), account::created_at))
        .load(&mut conn)
        .await?;
    let held = Some((AgencyAccounts(views(conn, rows, now).await?), Scope::Room(Room::Accounts(agency))));
    Ok(seal(Key::take(), session.tx(Key::take()), agency, held))
}

type GrantRow = (Uuid, i16, bool, DateTime<Utc>, Option<DateTime<Utc>>, Uuid, String, String);

async fn views(
    mut conn: &AsyncPgConnection,
    rows: Vec<(AccountRow, DateTime<Utc>)>,
    now: DateTime<Utc>,
) -> Result<Vec<AccountView>, Stop> {
    let ids: Vec<Uuid> = rows.iter().map(|(row, _)| row.id).collect();
    let grants: Vec<GrantRow> = role_grant::table
        .inner_join(cell::table.on(cell::id.eq(role_grant::cell_id)))
        .filter(role_grant::account_id.eq_any(ids))
        .filter(
            role_grant::valid_until.is_null().or(role_grant::valid_until
                .gt(now)
                .and(role_grant::valid_until.gt(role_grant::valid_from.nullable()))),
        )
        .order((cell::key, role_grant::role, role_grant::valid_from))
        .select((
            role_grant::account_id,
            role_grant::role,
            role_grant::substitute,
            role_grant::valid_from,
            role_grant::valid_until,
            cell::id,
            cell::key,
            cell::name,
        ))
        .load(&mut conn)
        .await?;
    let mut roles: HashMap<Uuid, Vec<GrantView>> = HashMap::new();
    for (account, role, substitute, from, until, cell_id, key, name) in grants {
        let cell = CellBrief { id: CellId::from_uuid(cell_id), key, name };
        let role = Role::from_number(role).map_err(|_| Fault::Stored)?;
        roles.entry(account).or_default().push(GrantView { cell, role, substitute, from, until });
    }
    let view = |(row, created_at): (AccountRow, DateTime<Utc>)| AccountView {
        id: UserId::from_uuid(row.id),
        status: status(&row),
        second_factor: row.totp_sealed.is_some(),
        roles: roles.remove(&row.id).unwrap_or_default(),
        name: row.name,
        email: row.email,
        service: row.service,
        created_at,
    };
    Ok(rows.into_iter().map(view).collect())
}

fn status(row: &AccountRow) -> AccountStatus {
    if row.disabled_at.is_some() {
        AccountStatus::Disabled
    } else if row.password_hash.is_none() && !row.service {
        AccountStatus::Invited
    } else if Lockout::locked(&row.tries(), real_now()) {
        AccountStatus::Locked
    } else {
        AccountStatus::Active
    }
}
