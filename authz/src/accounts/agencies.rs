//! Agencies of the deployment: making one with its first admin, letting one take part in a cell, disabling one.

use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, insert_into,
    result::DatabaseErrorKind,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    error::AccountError,
    invitations::{Invitation, Kind, invite},
    invite::{NewAccount, fresh},
};
use crate::{
    acts::{AdmitAgency, MakeAgency, ManageAgency},
    clock::real_now,
    desk::{
        Acting, Answer, Disclose, Door, Grant, Pending, Permit, Resource, Room, Scope, Sealed, Session,
        Spent, seal,
    },
    fault::{Fault, Stop},
    id::{AgencyId, CellId, UserId},
    schema::{account, agency, role_grant},
    vocabulary::{AgencyKind, Role},
};

/// The deployment as a whole, to add a cell or an agency to it.
pub struct Deployment;

impl Resource for Deployment {
    const KIND: &'static str = "deployment";
    const READ: &'static str = "deployment.read";
    const DOOR: Door = Door::Room;
    type Id = Uuid;
}

/// An agency as the deployment knows it.
pub struct Agency;

impl Resource for Agency {
    const KIND: &'static str = "agency";
    const READ: &'static str = "agency.read";
    const DOOR: Door = Door::Room;
    type Id = AgencyId;
}

/// The agencies that are disabled.
pub struct DisabledAgencies(Vec<DisabledAgency>);

/// An agency that is disabled.
#[derive(Serialize, ToSchema)]
pub struct DisabledAgency {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: AgencyId,
    /// Short name.
    pub key: String,
    /// Full name.
    pub name: String,
    /// What it does.
    #[schema(value_type = String)]
    pub kind: AgencyKind,
    /// Since when nobody of it may enter.
    pub disabled_at: DateTime<Utc>,
}

impl Resource for DisabledAgencies {
    const KIND: &'static str = "agency";
    const READ: &'static str = "agency.disabled";
    const DOOR: Door = Door::Room;
    type Id = Uuid;
}

impl Disclose for DisabledAgencies {
    type View = Vec<DisabledAgency>;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<Vec<DisabledAgency>, Fault> {
        Ok(self.0)
    }
}

type DisabledRow = (Uuid, String, String, i16, Option<DateTime<Utc>>);

/// The agencies that are disabled, by short name, for who administers.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn disabled_agencies<'tx, M>(
    session: &mut Session<'tx, M>,
) -> Result<Sealed<'tx, DisabledAgencies>, Stop> {
    session.identify().await?;
    let rows: Vec<DisabledRow> = {
        let mut conn = session.tx(Key::take()).conn(Key::take())?;
        agency::table
            .filter(agency::disabled_at.is_not_null())
            .order(agency::key)
            .select((agency::id, agency::key, agency::name, agency::kind, agency::disabled_at))
            .load(&mut conn)
            .await?
    };
    let mut found = Vec::with_capacity(rows.len());
    for (id, key, name, kind, since) in rows {
        let kind = AgencyKind::from_number(kind).map_err(|_| Fault::Stored)?;
        let disabled_at = since.ok_or(Fault::Stored)?;
        found.push(DisabledAgency { id: AgencyId::from_uuid(id), key, name, kind, disabled_at });
    }
    let held = Some((DisabledAgencies(found), Scope::Room(Room::Settings)));
    Ok(seal(Key::take(), session.tx(Key::take()), Uuid::nil(), held))
}

/// The deployment, to ask leave to add to it.
///
/// # Errors
/// When the caller is not signed in any more.
pub async fn deployment<'tx>(session: &mut Session<'tx, Acting>) -> Result<Sealed<'tx, Deployment>, Stop> {
    session.identify().await?;
    let held = Some((Deployment, Scope::Room(Room::Settings)));
    Ok(seal(Key::take(), session.tx(Key::take()), Uuid::nil(), held))
}

/// The agency under this id, or the absence of one.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_agency<'tx>(
    session: &mut Session<'tx, Acting>,
    id: AgencyId,
) -> Result<Sealed<'tx, Agency>, Stop> {
    session.identify().await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let there: Option<Uuid> = agency::table
        .filter(agency::id.eq(id.uuid()))
        .select(agency::id)
        .for_no_key_update()
        .first(&mut conn)
        .await
        .optional()?;
    let held = there.map(|_| (Agency, Scope::Room(Room::Agency(id))));
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

/// An agency to make, with the person who will look after its accounts.
pub struct NewAgency<'n> {
    /// Short name.
    pub key: &'n str,
    /// Name.
    pub name: &'n str,
    /// What it does; the ceiling depends on it.
    pub kind: AgencyKind,
    /// The statute it answers to, by its chapter.
    pub regime: &'n str,
    /// The cell it takes part in first.
    pub cell: CellId,
    /// Name of its first admin.
    pub admin_name: &'n str,
    /// Address of its first admin.
    pub admin_email: &'n str,
}

/// An agency that was made.
#[derive(Serialize, ToSchema)]
pub struct AgencyMade {
    /// The agency.
    #[schema(value_type = Uuid)]
    pub id: AgencyId,
    /// The account of its first admin.
    #[schema(value_type = Uuid)]
    pub admin: UserId,
    /// The token that person enrols with.
    pub invitation: Invitation,
}

/// Makes an agency, and the account of its first admin, who invites everybody else.
///
/// # Errors
/// When the short name or the address is taken, or the caller is no admin of the cell.
pub async fn make_agency<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, MakeAgency, Deployment>,
    new: &NewAgency<'_>,
) -> Result<Pending<'tx, AgencyMade>, AccountError> {
    let (_, spent) = permit.spend(Key::take());
    let (by, now) = (session.standing()?.user(), real_now());
    // Where one holds no role a cell is unknown.
    if !session.standing()?.roles_in(new.cell).has(Role::Admin) {
        return Err(AccountError::Unknown("/cell"));
    }
    let id: AgencyId = fresh()?.into();
    let conn = session.tx(Key::take()).conn(Key::take())?;
    insert_into(agency::table)
        .values((
            agency::id.eq(id.uuid()),
            agency::key.eq(new.key),
            agency::name.eq(new.name),
            agency::kind.eq(new.kind.number()),
            agency::regime.eq(new.regime),
            agency::created_at.eq(now),
        ))
        .execute(&mut &*conn)
        .await
        .map_err(key_taken)?;
    let admin: UserId = fresh()?.into();
    NewAccount {
        id: admin,
        human: fresh()?.into(),
        agency: id,
        email: new.admin_email,
        name: new.admin_name,
        service: false,
        by: Some(by),
    }
    .insert(conn)
    .await?;
    grant_admin(conn, admin, new.cell, Some(by), session.now()).await?;
    let invitation = invite(conn, admin, Kind::Enrolment, Some(by), now).await?;
    session.note_account("account.create", Some(admin), true);
    Ok(Session::give(spent, AgencyMade { id, admin, invitation }))
}

/// An agency that takes part in a cell from now on.
#[derive(Serialize, ToSchema)]
pub struct Admitted {
    /// The agency.
    #[schema(value_type = Uuid)]
    pub agency: AgencyId,
    /// The cell.
    #[schema(value_type = Uuid)]
    pub cell: CellId,
    /// How many of the agency's admins may now grant roles there.
    pub admins: usize,
}

impl Answer for Admitted {
    const STATUS: u16 = 200;
}

/// Lets an agency take part in a cell: its admins become admins there, and grant their people's roles.
///
/// # Errors
/// When the agency is unknown or disabled, or has no admin.
pub async fn admit<'tx, C: Resource<Id = CellId>>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, AdmitAgency, C>,
    id: AgencyId,
) -> Result<(Spent<'tx, AdmitAgency>, Admitted), AccountError> {
    let (cell_id, spent) = permit.spend(Key::take());
    let (by, now) = (session.standing()?.user(), session.now());
    let conn = session.tx(Key::take()).conn(Key::take())?;
    let there: Option<Uuid> = agency::table
        .filter(agency::id.eq(id.uuid()))
        .filter(agency::disabled_at.is_null())
        .select(agency::id)
        .for_no_key_update()
        .first(&mut &*conn)
        .await
        .optional()?;
    there.ok_or(AccountError::Unknown("/agency"))?;
    let current = role_grant::valid_from
        .le(now)
        .and(role_grant::valid_until.is_null().or(role_grant::valid_until.gt(now)));
    let admins: Vec<(Uuid, Uuid)> = role_grant::table
        .inner_join(account::table)
        .filter(account::agency_id.eq(id.uuid()))
        .filter(account::disabled_at.is_null())
        .filter(role_grant::role.eq(Role::Admin.number()))
        .filter(current)
        .select((role_grant::account_id, role_grant::cell_id))
        .load(&mut &*conn)
        .await?;
    let mut accounts: Vec<Uuid> = admins.iter().map(|(account, _)| *account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    if accounts.is_empty() {
        return Err(AccountError::Conflict("the agency has no admin"));
    }
    for account in &accounts {
        if !admins.contains(&(*account, cell_id.uuid())) {
            grant_admin(conn, UserId::from_uuid(*account), cell_id, Some(by), now).await?;
        }
    }
    for account in &accounts {
        session.note_account("role.grant", Some(UserId::from_uuid(*account)), true);
    }
    Ok((spent, Admitted { agency: id, cell: cell_id, admins: accounts.len() }))
}

/// Makes the caller the first admin of the cell just made: nobody else could grant a role in it.
///
/// # Errors
/// When the database fails.
pub async fn seat_maker(session: &mut Session<'_, Acting>, _: Key, id: CellId) -> Result<(), Stop> {
    let (by, now) = (session.standing()?.user(), session.now());
    grant_admin(session.tx(Key::take()).conn(Key::take())?, by, id, Some(by), now).await?;
    session.note_account("role.grant", Some(by), true);
    Ok(())
}

/// What became of an agency.
#[derive(Serialize, ToSchema)]
pub struct AgencyChanged {
    /// The agency.
    #[schema(value_type = Uuid)]
    pub id: AgencyId,
    /// Since when nobody of it may enter; nothing when it is at work.
    pub disabled_at: Option<DateTime<Utc>>,
}

impl Answer for AgencyChanged {
    const STATUS: u16 = 200;
}

/// Disables an agency: from the next request on nobody of it is let in. What it wrote stays.
///
/// # Errors
/// When it is disabled already.
pub async fn disable_agency<'tx>(
    session: &Session<'tx, Acting>,
    permit: Permit<'tx, ManageAgency, Agency>,
) -> Result<(Spent<'tx, ManageAgency>, AgencyChanged), AccountError> {
    set_disabled(session, permit, Some(real_now())).await
}

/// Lets a disabled agency work again.
///
/// # Errors
/// When it is not disabled.
pub async fn enable_agency<'tx>(
    session: &Session<'tx, Acting>,
    permit: Permit<'tx, ManageAgency, Agency>,
) -> Result<(Spent<'tx, ManageAgency>, AgencyChanged), AccountError> {
    set_disabled(session, permit, None).await
}

async fn set_disabled<'tx>(
    session: &Session<'tx, Acting>,
    permit: Permit<'tx, ManageAgency, Agency>,
    disabled_at: Option<DateTime<Utc>>,
) -> Result<(Spent<'tx, ManageAgency>, AgencyChanged), AccountError> {
    let (id, spent) = permit.spend(Key::take());
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let there = agency::table.filter(agency::id.eq(id.uuid()));
    let changed = diesel::update(there.filter(agency::disabled_at.is_null().eq(disabled_at.is_some())))
        .set(agency::disabled_at.eq(disabled_at))
        .execute(&mut conn)
        .await?;
    if changed == 0 {
        return Err(AccountError::Conflict("the agency is in that state already"));
    }
    Ok((spent, AgencyChanged { id, disabled_at }))
}

async fn grant_admin(
    mut conn: &AsyncPgConnection,
    to: UserId,
    cell_id: CellId,
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<(), Stop> {
    insert_into(role_grant::table)
        .values((
            role_grant::account_id.eq(to.uuid()),
            role_grant::cell_id.eq(cell_id.uuid()),
            role_grant::role.eq(Role::Admin.number()),
            role_grant::valid_from.eq(now),
            role_grant::granted_by.eq(by.map(UserId::uuid)),
            role_grant::granted_at.eq(now),
        ))
        .execute(&mut conn)
        .await?;
    Ok(())
}

fn key_taken(error: diesel::result::Error) -> AccountError {
    match error {
        diesel::result::Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => AccountError::KeyTaken,
        other => other.into(),
    }
}
