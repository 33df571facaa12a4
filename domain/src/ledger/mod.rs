//! What an agency's privacy officer writes into the registers she keeps: entries and their versions, sealed, appended
//! one after the other and never altered or removed.

mod reading;

pub(crate) use reading::Reading;

use authz::{
    desk::{Acting, Room, Scope, Session},
    fault::{Fault, Stop},
    id::{AgencyId, CellId, UserId},
    keys::{FileKey, Place},
    standing::Standing,
    vocabulary::Role,
};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::America::Toronto;
use diesel::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, Queryable, Selectable,
    SelectableHelper, insert_into, sql_query, sql_types,
};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{
    refusal::Refusal,
    schema::{register_entry, register_version},
};

/// Which register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Book {
    /// Confidentiality incidents (*registre des incidents de confidentialité*).
    Incidents,
    /// Requests for access (*demandes d'accès*).
    AccessRequests,
}

impl Book {
    /// The number the database holds; never reused.
    const fn number(self) -> i16 {
        match self {
            Self::Incidents => 0,
            Self::AccessRequests => 1,
        }
    }
}

/// Most open entries looked at for what waits.
const MOST: usize = 100;

/// What an entry is to say from now on.
pub(crate) struct Draft<'r, R> {
    /// From when on the time to keep it runs.
    pub since: NaiveDate,
    /// Is something still to be done?
    pub open: bool,
    /// What it says.
    pub record: &'r R,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = register_version, check_for_backend(diesel::pg::Pg))]
struct VersionRow {
    id: Uuid,
    entry_id: Uuid,
    number: i16,
    written_by: Uuid,
    written_at: DateTime<Utc>,
    open: bool,
    record_sealed: Vec<u8>,
}

/// An entry as found, its versions still sealed.
pub(crate) struct Found {
    /// Handle.
    pub id: Uuid,
    /// Whose it is.
    pub agency: AgencyId,
    /// When it was entered.
    pub entered_at: DateTime<Utc>,
    rows: Vec<VersionRow>,
    key: FileKey,
}

/// One version, opened.
pub(crate) struct Version<R> {
    /// From 1.
    pub number: i16,
    /// Who wrote it.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// Is something still to be done?
    pub open: bool,
    /// What it says.
    pub record: R,
}

impl Found {
    /// Opens every version, oldest first: for who was granted the entry, or holds a permit on it.
    ///
    /// INVARIANT: there is at least one; the last is what the entry says now.
    pub fn open<R: DeserializeOwned>(&self) -> Result<Vec<Version<R>>, Fault> {
        let mut versions = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let plain = self.key.open(&place(row.id), &row.record_sealed)?;
            versions.push(Version {
                number: row.number,
                by: UserId::from_uuid(row.written_by),
                at: row.written_at,
                open: row.open,
                record: serde_json::from_slice(&plain).map_err(|_| Fault::Stored)?,
            });
        }
        Ok(versions)
    }

    /// Opens what the entry says now.
    pub fn now<R: DeserializeOwned>(&self) -> Result<Version<R>, Fault> {
        self.open()?.pop().ok_or(Fault::Stored)
    }
}

fn place(version: Uuid) -> Place {
    Place { table: "register_version", column: "record_sealed", row: version }
}

fn key<M>(session: &Session<'_, M>) -> Result<FileKey, Fault> {
    Ok(FileKey::new(&*session.keys(Key::take()).secret("registers")?))
}

/// The day it is in Québec.
pub(crate) fn today<M>(session: &Session<'_, M>) -> NaiveDate {
    session.now().with_timezone(&Toronto).date_naive()
}

/// The cell whose auditors see, in the log, that something was read or written here.
fn audited_in(who: &Standing) -> Option<CellId> {
    let first = |roles: &[Role]| who.cells_as(roles).into_iter().next();
    first(&[Role::PrivacyOfficer]).or_else(|| first(Role::ALL))
}

/// The caller's own agency's registers.
pub(crate) fn room(who: &Standing) -> Scope {
    Scope::Room(Room::Privacy(who.agency(), audited_in(who)))
}

/// One entry of an agency's register.
pub(crate) fn room_of(who: &Standing, owner: AgencyId) -> Scope {
    Scope::Room(Room::PrivacyEntry(owner, audited_in(who)))
}

/// Makes an entry with its first version.
pub(crate) async fn enter<R: Serialize>(
    session: &Session<'_, Acting>,
    book: Book,
    agency: AgencyId,
    id: Uuid,
    draft: &Draft<'_, R>,
) -> Result<(), Refusal> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    insert_into(register_entry::table)
        .values((
            register_entry::id.eq(id),
            register_entry::agency_id.eq(agency.uuid()),
            register_entry::book.eq(book.number()),
            register_entry::entered_at.eq(session.now()),
        ))
        .execute(&mut conn)
        .await?;
    append(session, id, 1, draft).await
}

/// Appends a version. Of two who write the same one, the second saw what is no longer so.
pub(crate) async fn append<R: Serialize>(
    session: &Session<'_, Acting>,
    entry: Uuid,
    number: i16,
    draft: &Draft<'_, R>,
) -> Result<(), Refusal> {
    let id: authz::id::EventId = session.fresh()?.into();
    let plain = serde_json::to_vec(draft.record).map_err(|_| Fault::Stored)?;
    let sealed = key(session)?.seal(&place(id.uuid()), &plain)?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let written = insert_into(register_version::table)
        .values((
            register_version::id.eq(id.uuid()),
            register_version::entry_id.eq(entry),
            register_version::number.eq(number),
            register_version::written_by.eq(session.standing()?.user().uuid()),
            register_version::written_at.eq(session.now()),
            register_version::since_on.eq(draft.since),
            register_version::open.eq(draft.open),
            register_version::record_sealed.eq(sealed),
        ))
        .on_conflict((register_version::entry_id, register_version::number))
        .do_nothing()
        .execute(&mut conn)
        .await?;
    if written == 1 { Ok(()) } else { Err(Stop::Stale.into()) }
}

/// Holds an entry until the unit ends: of two who write to it the second sees what the first wrote.
///
/// An advisory lock, since a row could only be locked by who may change it, and nobody may.
pub(crate) async fn hold(session: &Session<'_, Acting>, entry: Uuid) -> Result<(), Stop> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    sql_query("select pg_advisory_xact_lock(hashtextextended('register_entry:' || $1::text, 0))")
        .bind::<sql_types::Uuid, _>(entry)
        .execute(&mut conn)
        .await?;
    Ok(())
}

/// The number after this one.
pub(crate) fn after(number: i16) -> Result<i16, Refusal> {
    number.checked_add(1).ok_or(Refusal::Conflict("register.versions"))
}

/// The entry under this id, of whichever agency.
pub(crate) async fn find<M>(session: &Session<'_, M>, book: Book, id: Uuid) -> Result<Option<Found>, Stop> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let entry: Option<(Uuid, Uuid, DateTime<Utc>)> = register_entry::table
        .filter(register_entry::id.eq(id))
        .filter(register_entry::book.eq(book.number()))
        .select((register_entry::id, register_entry::agency_id, register_entry::entered_at))
        .first(&mut conn)
        .await
        .optional()?;
    // Asked for even when there is no entry: what is absent takes the same road.
    let rows: Vec<VersionRow> = register_version::table
        .filter(register_version::entry_id.eq(id))
        .order(register_version::number)
        .select(VersionRow::as_select())
        .load(&mut conn)
        .await?;
    let key = key(session)?;
    Ok(entry.map(|(id, agency, entered_at)| Found {
        id,
        agency: AgencyId::from_uuid(agency),
        entered_at,
        rows,
        key,
    }))
}

/// Entries of an agency's register, the newest first, each with what it says now and nothing of before.
pub(crate) async fn page<M>(
    session: &Session<'_, M>,
    book: Book,
    agency: AgencyId,
    limit: i64,
    before: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Found>, Stop> {
    let mut query = register_entry::table
        .filter(register_entry::agency_id.eq(agency.uuid()))
        .filter(register_entry::book.eq(book.number()))
        .order((register_entry::entered_at.desc(), register_entry::id.desc()))
        .limit(limit)
        .select((register_entry::id, register_entry::entered_at))
        .into_boxed();
    if let Some((at, id)) = before {
        query = query.filter(
            register_entry::entered_at
                .lt(at)
                .or(register_entry::entered_at.eq(at).and(register_entry::id.lt(id))),
        );
    }
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let entries: Vec<(Uuid, DateTime<Utc>)> = query.load(&mut conn).await?;
    latest(session, agency, entries).await
}

/// The entries of an agency's register that are still open, the oldest first: a hundred at most.
pub(crate) async fn open_entries<M>(
    session: &Session<'_, M>,
    book: Book,
    agency: AgencyId,
) -> Result<Vec<Found>, Stop> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let entries: Vec<(Uuid, DateTime<Utc>)> = register_entry::table
        .filter(register_entry::agency_id.eq(agency.uuid()))
        .filter(register_entry::book.eq(book.number()))
        .order((register_entry::entered_at, register_entry::id))
        .select((register_entry::id, register_entry::entered_at))
        .load(&mut conn)
        .await?;
    let mut found = latest(session, agency, entries).await?;
    found.retain(|entry| entry.rows.last().is_some_and(|row| row.open));
    found.truncate(MOST);
    Ok(found)
}

async fn latest<M>(
    session: &Session<'_, M>,
    agency: AgencyId,
    entries: Vec<(Uuid, DateTime<Utc>)>,
) -> Result<Vec<Found>, Stop> {
    let ids: Vec<Uuid> = entries.iter().map(|(id, _)| *id).collect();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let mut rows: Vec<VersionRow> = register_version::table
        .filter(register_version::entry_id.eq_any(ids))
        .distinct_on(register_version::entry_id)
        .order((register_version::entry_id, register_version::number.desc()))
        .select(VersionRow::as_select())
        .load(&mut conn)
        .await?;
    let key = key(session)?;
    let mut found = Vec::with_capacity(entries.len());
    for (id, entered_at) in entries {
        let place = rows.iter().position(|row| row.entry_id == id).ok_or(Fault::Stored)?;
        found.push(Found { id, agency, entered_at, rows: vec![rows.swap_remove(place)], key: key.clone() });
    }
    Ok(found)
}
