//! Granting a role in a cell, and ending one. Roles have dates; rows are never taken away.

use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, NullableExpressionMethods, OptionalExtension, QueryDsl,
    insert_into,
};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    account::Account,
    admins::keep_one,
    error::AccountError,
    invite::{held, not_oneself},
    role_requests::{ask, takes_two},
};
use crate::{
    acts::ManageRole,
    desk::{Acting, Answer, Door, Permit, Resource, Room, Scope, Session, Spent, seal},
    fault::{Denied, Stop},
    id::{AgencyId, CellId, RoleRequestId, UserId},
    schema::{cell, role_grant},
    vocabulary::{AgencyKind, Role},
};

/// A role to grant.
pub struct NewGrant {
    /// In which cell.
    pub cell: CellId,
    /// Which.
    pub role: Role,
    /// From when; at once, if not said.
    pub from: Option<DateTime<Utc>>,
    /// Until when, if it ends.
    pub until: Option<DateTime<Utc>>,
    /// In somebody's place: a respondent's, for a while.
    pub substitute: bool,
}

/// A role as it stands after the change.
#[derive(Serialize, ToSchema)]
pub struct GrantChanged {
    /// The account.
    #[schema(value_type = Uuid)]
    pub account: UserId,
    /// The cell.
    #[schema(value_type = Uuid)]
    pub cell: CellId,
    /// The role.
    #[schema(value_type = String)]
    pub role: Role,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when, if it ends.
    pub until: Option<DateTime<Utc>>,
    /// The request that an admin who is another person has to confirm first; nothing when the role counts as said.
    #[schema(value_type = Option<Uuid>)]
    pub awaits: Option<RoleRequestId>,
}

impl Answer for GrantChanged {
    const STATUS: u16 = 200;
}

/// A cell, for judging who grants roles in it.
struct Seats;

impl Resource for Seats {
    const KIND: &'static str = "cell";
    const READ: &'static str = "cell.read";
    const DOOR: Door = Door::Room;
    type Id = CellId;
}

/// Asks leave to decide about roles in a cell: its admin's. Where one holds no role a cell is unknown.
async fn admitted(session: &mut Session<'_, Acting>, id: CellId) -> Result<(), AccountError> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let there: Option<Uuid> =
        cell::table.filter(cell::id.eq(id.uuid())).select(cell::id).first(&mut conn).await.optional()?;
    let held = there.map(|_| (Seats, Scope::Room(Room::Cell(id))));
    let seats = seal(Key::take(), session.tx(Key::take()), id, held);
    match session.permit::<ManageRole, Seats>(&seats) {
        Ok(_permit) => Ok(()),
        Err(Stop::Denied(Denied::Hidden)) => Err(AccountError::Unknown("/cell")),
        Err(stop) => Err(stop.into()),
    }
}

/// What is wrong with a grant by itself, before anything stored is looked at.
fn check(grant: &NewGrant, kind: AgencyKind, now: DateTime<Utc>) -> Result<(), AccountError> {
    if grant.until.is_some_and(|until| until <= grant.from.unwrap_or(now)) {
        return Err(AccountError::WrongOrder("/until"));
    }
    // The past cannot be granted: what was done then was done without.
    if grant.from.is_some_and(|from| from < now) {
        return Err(AccountError::Past("/from"));
    }
    if grant.substitute {
        if grant.role != Role::Respondent {
            return Err(AccountError::NotPossible("/substitute"));
        }
        if grant.until.is_none() {
            return Err(AccountError::Missing("/until"));
        }
    }
    // An auditor reads who accessed what in every agency of the cell: no agency names its own.
    if grant.role == Role::Auditor && kind != AgencyKind::Coordination {
        return Err(AccountError::NotPossible("/role"));
    }
    Ok(())
}

/// Grants a role; one that takes two admins is asked for, and counts once another person confirms it.
///
/// # Errors
/// When the account is the caller's own or disabled, the caller is no admin of the cell, the dates are not
/// sound, or the role is held already in that time.
pub async fn grant_role<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ManageRole, Account>,
    grant: NewGrant,
) -> Result<(Spent<'tx, ManageRole>, GrantChanged), AccountError> {
    let (id, spent) = permit.spend(Key::take());
    let row = held(session, id).await?;
    not_oneself(session.standing()?, &row, "role.manage")?;
    if row.disabled_at.is_some() {
        return Err(AccountError::Conflict("the account is disabled"));
    }
    admitted(session, grant.cell).await?;
    let now = session.now();
    check(&grant, session.standing()?.kind(), now)?;
    not_held_already(session, id, &grant).await?;
    if takes_two(grant.role) {
        let awaits = Some(ask(session, id, &grant).await?);
        let (from, until) = (grant.from.unwrap_or(now), grant.until);
        let changed = GrantChanged { account: id, cell: grant.cell, role: grant.role, from, until, awaits };
        return Ok((spent, changed));
    }
    let by = session.standing()?.user();
    let changed = write_grant(session, id, &grant, by).await?;
    session.note_account("role.grant", Some(id), true);
    Ok((spent, changed))
}

/// Refuses a role that is held already in that time.
pub(super) async fn not_held_already(
    session: &Session<'_, Acting>,
    id: UserId,
    grant: &NewGrant,
) -> Result<(), AccountError> {
    let from = grant.from.unwrap_or_else(|| session.now());
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let end = grant.until.unwrap_or(DateTime::<Utc>::MAX_UTC);
    let overlapping: Vec<(DateTime<Utc>, Option<DateTime<Utc>>)> = role_grant::table
        .filter(role_grant::account_id.eq(id.uuid()))
        .filter(role_grant::cell_id.eq(grant.cell.uuid()))
        .filter(role_grant::role.eq(grant.role.number()))
        .filter(role_grant::valid_until.is_null().or(role_grant::valid_until.gt(from)))
        .select((role_grant::valid_from, role_grant::valid_until))
        .load(&mut conn)
        .await?;
    if overlapping.into_iter().any(|(begun, ended)| begun < end && ended.is_none_or(|ended| begun < ended)) {
        return Err(AccountError::Conflict("the role is held already in that time"));
    }
    Ok(())
}

/// Writes a role down, as granted by this account.
pub(super) async fn write_grant(
    session: &Session<'_, Acting>,
    id: UserId,
    grant: &NewGrant,
    by: UserId,
) -> Result<GrantChanged, AccountError> {
    let now = session.now();
    let from = grant.from.unwrap_or(now);
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    insert_into(role_grant::table)
        .values((
            role_grant::account_id.eq(id.uuid()),
            role_grant::cell_id.eq(grant.cell.uuid()),
            role_grant::role.eq(grant.role.number()),
            role_grant::valid_from.eq(from),
            role_grant::valid_until.eq(grant.until),
            role_grant::substitute.eq(grant.substitute),
            role_grant::granted_by.eq(by.uuid()),
            role_grant::granted_at.eq(now),
        ))
        .execute(&mut conn)
        .await?;
    let until = grant.until;
    Ok(GrantChanged { account: id, cell: grant.cell, role: grant.role, from, until, awaits: None })
}

/// A role to end.
pub struct EndGrant {
    /// In which cell.
    pub cell: CellId,
    /// Which.
    pub role: Role,
    /// When; at once, if not said.
    pub at: Option<DateTime<Utc>>,
}

/// Ends a role, now or at a moment to come. One that has not begun is withdrawn.
///
/// # Errors
/// When the caller is no admin of the cell, the role is not held, the moment is past, or no admin would
/// remain.
pub async fn end_role<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ManageRole, Account>,
    ending: EndGrant,
) -> Result<(Spent<'tx, ManageRole>, GrantChanged), AccountError> {
    let (id, spent) = permit.spend(Key::take());
    let row = held(session, id).await?;
    admitted(session, ending.cell).await?;
    let now = session.now();
    let at = ending.at.unwrap_or(now);
    if at < now {
        return Err(AccountError::Past("/at"));
    }
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let open: Vec<DateTime<Utc>> = role_grant::table
        .filter(role_grant::account_id.eq(id.uuid()))
        .filter(role_grant::cell_id.eq(ending.cell.uuid()))
        .filter(role_grant::role.eq(ending.role.number()))
        .filter(role_grant::valid_until.is_null().or(
            role_grant::valid_until.gt(at).and(role_grant::valid_until.gt(role_grant::valid_from.nullable())),
        ))
        .order(role_grant::valid_from)
        .select(role_grant::valid_from)
        .load(&mut conn)
        .await?;
    let Some(first) = open.as_slice().first().copied() else {
        return Err(AccountError::Conflict("the role is not held"));
    };
    for from in open {
        diesel::update(role_grant::table.find((id.uuid(), ending.cell.uuid(), ending.role.number(), from)))
            .set(role_grant::valid_until.eq(at.max(from)))
            .execute(&mut conn)
            .await?;
    }
    if ending.role == Role::Admin {
        keep_one(session, AgencyId::from_uuid(row.agency_id)).await?;
    }
    session.note_account("role.end", Some(id), true);
    let changed = GrantChanged {
        account: id,
        cell: ending.cell,
        role: ending.role,
        from: first,
        until: Some(at.max(first)),
        awaits: None,
    };
    Ok((spent, changed))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn grant(role: Role) -> NewGrant {
        NewGrant { cell: CellId::from_uuid(Uuid::nil()), role, from: None, until: None, substitute: false }
    }

    #[test]
    fn a_substitute_is_a_respondent_with_an_end() {
        let until = Some(NOW + TimeDelta::days(14));
        let substitute = NewGrant { substitute: true, until, ..grant(Role::Respondent) };
        assert_eq!(check(&substitute, AgencyKind::Shelter, NOW), Ok(()));
        let endless = NewGrant { until: None, ..substitute };
        assert_eq!(check(&endless, AgencyKind::Shelter, NOW), Err(AccountError::Missing("/until")));
        let worker = NewGrant { substitute: true, until, ..grant(Role::Worker) };
        assert_eq!(check(&worker, AgencyKind::Shelter, NOW), Err(AccountError::NotPossible("/substitute")));
    }

    #[test]
    fn a_role_begins_now_or_later_and_ends_after_it_began() {
        let early = NewGrant { from: Some(NOW - TimeDelta::seconds(1)), ..grant(Role::Worker) };
        assert_eq!(check(&early, AgencyKind::Police, NOW), Err(AccountError::Past("/from")));
        let empty = NewGrant { until: Some(NOW), ..grant(Role::Worker) };
        assert_eq!(check(&empty, AgencyKind::Police, NOW), Err(AccountError::WrongOrder("/until")));
        let from = Some(NOW + TimeDelta::days(2));
        let crossed = NewGrant { from, until: Some(NOW + TimeDelta::days(1)), ..grant(Role::Worker) };
        assert_eq!(check(&crossed, AgencyKind::Police, NOW), Err(AccountError::WrongOrder("/until")));
    }

    #[test]
    fn the_auditor_of_a_cell_is_of_its_coordination() {
        assert_eq!(check(&grant(Role::Auditor), AgencyKind::Coordination, NOW), Ok(()));
        let own = check(&grant(Role::Auditor), AgencyKind::Police, NOW);
        assert_eq!(own, Err(AccountError::NotPossible("/role")));
        assert_eq!(check(&grant(Role::PrivacyOfficer), AgencyKind::Police, NOW), Ok(()));
    }
}
