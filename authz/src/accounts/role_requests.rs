//! Four eyes: a role that gives power over others counts only when a second admin, who is another person, confirms it.
//!
//! INVARIANT: nobody grants herself such a role by any chain of acts of her own accounts, since whoever confirms is
//! neither the human being who asked nor the one who gets it.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, IntoSql, JoinOnDsl, OptionalExtension, QueryDsl, insert_into,
    result::DatabaseErrorKind, sql_types::Bool,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    error::AccountError,
    roles::{GrantChanged, NewGrant, not_held_already, write_grant},
    rows::{AccountRow, AgencyBrief, CellBrief},
};
use crate::{
    acts::ConfirmRole,
    desk::{
        Acting, Answer, Disclose, Door, Grant, Permit, Resource, Room, Scope, Sealed, Session, Spent, seal,
    },
    fault::{Denied, Fault, Stop},
    id::{AgencyId, CellId, RoleRequestId, UserId},
    schema::{account, agency, cell, role_request},
    vocabulary::{AgencyKind, Role},
};

/// How long a second admin has to confirm.
const LASTS: TimeDelta = TimeDelta::days(7);

/// Does this role take two admins?
#[must_use]
pub const fn takes_two(role: Role) -> bool {
    matches!(role, Role::Coordinator | Role::Auditor | Role::PrivacyOfficer | Role::Admin)
}

/// A role that waits for a second admin.
pub struct RoleRequest;

/// Those that wait and concern the caller, as found.
pub struct RoleRequests(Vec<RoleRequestView>);

/// A role that waits for a second admin.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RoleRequestView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: RoleRequestId,
    /// Who would get it, by name.
    pub account: String,
    /// The agency that person speaks for.
    pub agency: AgencyBrief,
    /// In which cell.
    pub cell: CellBrief,
    /// The role.
    #[schema(value_type = String)]
    pub role: Role,
    /// From when; nothing: from its confirmation.
    pub from: Option<DateTime<Utc>>,
    /// Until when, if it ends.
    pub until: Option<DateTime<Utc>>,
    /// Who asked for it, by name.
    pub asked_by: String,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// From then on it can no longer be confirmed.
    pub lapses_at: DateTime<Utc>,
    /// May the caller confirm it? Whoever asked for it, or would get it, may not.
    pub may_confirm: bool,
}

impl Resource for RoleRequest {
    const KIND: &'static str = "role_request";
    const READ: &'static str = "role_request.read";
    const DOOR: Door = Door::Room;
    type Id = RoleRequestId;
}

impl Resource for RoleRequests {
    const KIND: &'static str = "role_requests";
    const READ: &'static str = "role_request.list";
    const DOOR: Door = Door::Room;
    type Id = AgencyId;
}

impl Disclose for RoleRequests {
    type View = Vec<RoleRequestView>;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<Vec<RoleRequestView>, Fault> {
        Ok(self.0)
    }
}

/// What became of a request.
#[derive(Serialize, ToSchema)]
pub struct RoleRequestDecided {
    /// The request.
    #[schema(value_type = Uuid)]
    pub id: RoleRequestId,
    /// Does the role count now?
    pub confirmed: bool,
    /// When it was decided.
    pub at: DateTime<Utc>,
}

impl Answer for RoleRequestDecided {
    const STATUS: u16 = 200;
}

/// Writes down that a role was asked for.
pub(super) async fn ask(
    session: &mut Session<'_, Acting>,
    id: UserId,
    grant: &NewGrant,
) -> Result<RoleRequestId, AccountError> {
    let (by, now) = (session.standing()?.user(), session.now());
    let request: RoleRequestId = session.fresh()?.into();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let waiting = role_request::account_id
        .eq(id.uuid())
        .and(role_request::cell_id.eq(grant.cell.uuid()))
        .and(role_request::role.eq(grant.role.number()))
        .and(role_request::decided_at.is_null());
    // One that lapsed makes room for another.
    diesel::update(role_request::table.filter(waiting.and(role_request::lapses_at.le(now))))
        .set((
            role_request::decided_by.eq(by.uuid()),
            role_request::decided_at.eq(now),
            role_request::confirmed.eq(false),
        ))
        .execute(&mut conn)
        .await?;
    insert_into(role_request::table)
        .values((
            role_request::id.eq(request.uuid()),
            role_request::account_id.eq(id.uuid()),
            role_request::cell_id.eq(grant.cell.uuid()),
            role_request::role.eq(grant.role.number()),
            role_request::valid_from.eq(grant.from),
            role_request::valid_until.eq(grant.until),
            role_request::asked_by.eq(by.uuid()),
            role_request::asked_at.eq(now),
            role_request::lapses_at.eq(now + LASTS),
        ))
        .execute(&mut conn)
        .await
        .map_err(|error| match error {
            diesel::result::Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
                AccountError::Conflict("the role waits for a second admin already")
            }
            other => other.into(),
        })?;
    session.note_account("role.ask", Some(id), true);
    Ok(request)
}

type Row = (
    (Uuid, Uuid, Uuid, i16, Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    (Uuid, DateTime<Utc>, DateTime<Utc>),
);

macro_rules! columns {
    () => {
        (
            (
                role_request::id,
                role_request::account_id,
                role_request::cell_id,
                role_request::role,
                role_request::valid_from,
                role_request::valid_until,
            ),
            (role_request::asked_by, role_request::asked_at, role_request::lapses_at),
        )
    };
}

/// The requests that wait in the cells where the caller is admin: those of her own agency's people; all of them,
/// when she speaks for the coordination, so that an agency with a single admin is not stuck.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn waiting_role_requests<'tx, M>(
    session: &mut Session<'tx, M>,
) -> Result<Sealed<'tx, RoleRequests>, Stop> {
    let standing = session.identify().await?;
    let (human, own, kind) = (standing.human().uuid(), standing.agency(), standing.kind());
    let cells: Vec<Uuid> = standing.cells_as(&[Role::Admin]).into_iter().map(CellId::uuid).collect();
    let everybody = kind == AgencyKind::Coordination;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let rows: Vec<Row> = role_request::table
        .inner_join(account::table.on(account::id.eq(role_request::account_id)))
        .filter(role_request::cell_id.eq_any(cells))
        .filter(account::agency_id.eq(own.uuid()).or(everybody.into_sql::<Bool>()))
        .filter(role_request::decided_at.is_null())
        .filter(role_request::lapses_at.gt(session.now()))
        .order((role_request::asked_at, role_request::id))
        .limit(200)
        .select(columns!())
        .load(&mut conn)
        .await?;
    let mut views = Vec::new();
    for row in rows {
        let conn = session.tx(Key::take()).conn(Key::take())?;
        let Some(whose) = AccountRow::find(conn, UserId::from_uuid(row.0.1)).await? else { continue };
        views.push(view(conn, row, whose, human).await?);
    }
    let held = Some((RoleRequests(views), Scope::Room(Room::Accounts(own))));
    Ok(seal(Key::take(), session.tx(Key::take()), own, held))
}

async fn view(
    mut conn: &AsyncPgConnection,
    row: Row,
    whose: AccountRow,
    viewer: Uuid,
) -> Result<RoleRequestView, Stop> {
    let ((id, _, cell_id, role, from, until), (asked_by, asked_at, lapses_at)) = row;
    let (agency_id, key, name, kind): (Uuid, String, String, i16) = agency::table
        .filter(agency::id.eq(whose.agency_id))
        .select((agency::id, agency::key, agency::name, agency::kind))
        .first(&mut conn)
        .await?;
    let (cell_key, cell_name): (String, String) =
        cell::table.filter(cell::id.eq(cell_id)).select((cell::key, cell::name)).first(&mut conn).await?;
    let (asker, asker_human): (String, Uuid) = account::table
        .filter(account::id.eq(asked_by))
        .select((account::name, account::human_id))
        .first(&mut conn)
        .await?;
    Ok(RoleRequestView {
        id: RoleRequestId::from_uuid(id),
        may_confirm: viewer != asker_human && viewer != whose.human_id,
        account: whose.name,
        agency: AgencyBrief {
            id: AgencyId::from_uuid(agency_id),
            key,
            name,
            kind: AgencyKind::from_number(kind).map_err(|_| Fault::Stored)?,
        },
        cell: CellBrief { id: CellId::from_uuid(cell_id), key: cell_key, name: cell_name },
        role: Role::from_number(role).map_err(|_| Fault::Stored)?,
        from,
        until,
        asked_by: asker,
        asked_at,
        lapses_at,
    })
}

/// The request under this id, or the absence of one.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_role_request<'tx>(
    session: &mut Session<'tx, Acting>,
    id: RoleRequestId,
) -> Result<Sealed<'tx, RoleRequest>, Stop> {
    let standing = session.identify().await?;
    let (own, kind) = (standing.agency(), standing.kind());
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let found: Option<(Uuid, Uuid)> = role_request::table
        .inner_join(account::table.on(account::id.eq(role_request::account_id)))
        .filter(role_request::id.eq(id.uuid()))
        .select((role_request::cell_id, account::agency_id))
        .first(&mut conn)
        .await
        .optional()?;
    let held = found
        .filter(|(_, agency)| *agency == own.uuid() || kind == AgencyKind::Coordination)
        .map(|(cell, _)| (RoleRequest, Scope::Room(Room::Cell(CellId::from_uuid(cell)))));
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

/// Confirms a request: the role counts from now, or from when it was asked for.
///
/// # Errors
/// When it no longer waits, or the caller is the person who asked for it or would get it.
pub async fn confirm_role<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ConfirmRole, RoleRequest>,
) -> Result<(Spent<'tx, ConfirmRole>, RoleRequestDecided), AccountError> {
    let (id, spent) = permit.spend(Key::take());
    let now = session.now();
    let ((_, whose, cell_id, role, from, until), (asked_by, ..)) = waiting(session, id).await?;
    let conn = session.tx(Key::take()).conn(Key::take())?;
    let row = AccountRow::held(conn, UserId::from_uuid(whose)).await?.ok_or(Fault::Stored)?;
    let asker = AccountRow::find(conn, UserId::from_uuid(asked_by)).await?.ok_or(Fault::Stored)?;
    let me = session.standing()?.human().uuid();
    if me == row.human_id || me == asker.human_id {
        return Err(Denied::Refused { rule: "role.confirm" }.into());
    }
    if row.disabled_at.is_some() {
        return Err(AccountError::Conflict("the account is disabled"));
    }
    if until.is_some_and(|until| until <= now) {
        return Err(AccountError::Conflict("the role would have ended"));
    }
    let grant = NewGrant {
        cell: CellId::from_uuid(cell_id),
        role: Role::from_number(role).map_err(|_| Fault::Stored)?,
        from: from.filter(|from| *from > now),
        until,
        substitute: false,
    };
    let account = UserId::from_uuid(whose);
    not_held_already(session, account, &grant).await?;
    let _: GrantChanged = write_grant(session, account, &grant, UserId::from_uuid(asked_by)).await?;
    decided(session, id, true).await?;
    session.note_account("role.grant", Some(account), true);
    Ok((spent, RoleRequestDecided { id, confirmed: true, at: now }))
}

/// Refuses a request, or takes one's own back.
///
/// # Errors
/// When it no longer waits.
pub async fn refuse_role<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ConfirmRole, RoleRequest>,
) -> Result<(Spent<'tx, ConfirmRole>, RoleRequestDecided), AccountError> {
    let (id, spent) = permit.spend(Key::take());
    let ((_, whose, ..), _) = waiting(session, id).await?;
    decided(session, id, false).await?;
    session.note_account("role.refuse", Some(UserId::from_uuid(whose)), true);
    Ok((spent, RoleRequestDecided { id, confirmed: false, at: session.now() }))
}

/// The request, held until the unit ends, if it still waits.
async fn waiting(session: &Session<'_, Acting>, id: RoleRequestId) -> Result<Row, AccountError> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let found: Option<Row> = role_request::table
        .filter(role_request::id.eq(id.uuid()))
        .filter(role_request::decided_at.is_null())
        .filter(role_request::lapses_at.gt(session.now()))
        .select(columns!())
        .for_update()
        .first(&mut conn)
        .await
        .optional()?;
    found.ok_or(AccountError::Conflict("the request no longer waits"))
}

async fn decided(session: &Session<'_, Acting>, id: RoleRequestId, confirmed: bool) -> Result<(), Stop> {
    let by = session.standing()?.user();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(role_request::table.filter(role_request::id.eq(id.uuid())))
        .set((
            role_request::decided_by.eq(by.uuid()),
            role_request::decided_at.eq(session.now()),
            role_request::confirmed.eq(confirmed),
        ))
        .execute(&mut conn)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_with_power_over_others_take_two_admins() {
        for role in [Role::Coordinator, Role::Auditor, Role::PrivacyOfficer, Role::Admin] {
            assert!(takes_two(role));
        }
        for role in [Role::Worker, Role::Respondent, Role::Committee, Role::Reviewer] {
            assert!(!takes_two(role));
        }
    }
}
