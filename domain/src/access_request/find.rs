//! Reading the register of requests: the agency's privacy officer alone.

use authz::{
    desk::{Acting, Disclose, Door, Grant, Resource, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{AccessRequestId, AgencyId, UserId},
};
use chrono::{DateTime, NaiveDate, Utc};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{RequestRecord, Terms};
use crate::{
    law::Status,
    ledger::{self, Book, Found, Version, today},
    wording::Wording,
};

/// An agency's register of requests, as a whole.
pub struct RequestRegister;

/// A page of the register, as found, on this day.
struct Requests(Vec<Found>, NaiveDate);

/// What waits in the register, as found, on this day.
struct Waiting(Vec<Found>, NaiveDate);

/// One request, as found, on this day.
pub struct AccessRequest(Found, NaiveDate);

/// How long there is to answer.
#[derive(Serialize, ToSchema)]
pub struct TermView {
    /// The last day on which it is answered in time.
    pub due_on: NaiveDate,
    /// May more time be taken, once, before that day is over? How many days.
    pub extension_days: u16,
    /// Where the law says so.
    #[schema(value_type = Object)]
    pub source: Wording,
    /// Was that read in a source fit to be relied on?
    #[schema(value_type = String)]
    pub status: Status,
}

/// A request as it stands.
#[derive(Serialize, ToSchema)]
pub struct RequestLine {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: AccessRequestId,
    /// When it was entered.
    pub entered_at: DateTime<Utc>,
    /// Which version this is, from 1.
    pub version: i16,
    /// Was it answered?
    pub answered: bool,
    /// Was it answered too late, or is it late today?
    pub late: bool,
    /// How long there is to answer.
    pub term: TermView,
    /// What the register says of it.
    pub record: RequestRecord,
}

/// A page of the register, newest first.
#[derive(Serialize, ToSchema)]
pub struct RequestsView {
    /// The requests as they stand.
    pub items: Vec<RequestLine>,
    /// Where the list continues.
    pub next: Option<String>,
}

/// A request with all it ever said.
#[derive(Serialize, ToSchema)]
pub struct RequestView {
    /// As it stands.
    #[serde(flatten)]
    pub now: RequestLine,
    /// Everything that was written, oldest first; nothing of it is ever altered.
    pub versions: Vec<RequestVersion>,
}

/// What a request said from a moment on.
#[derive(Serialize, ToSchema)]
pub struct RequestVersion {
    /// From 1.
    pub number: i16,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// By whom.
    #[schema(value_type = Uuid)]
    pub by: UserId,
    /// What it said.
    pub record: RequestRecord,
}

impl Resource for RequestRegister {
    const KIND: &'static str = "access_request_register";
    const READ: &'static str = "access_request.list";
    const DOOR: Door = Door::Room;
    type Id = AgencyId;
}

impl Resource for Requests {
    const KIND: &'static str = "access_request_register";
    const READ: &'static str = "access_request.list";
    const DOOR: Door = Door::Room;
    type Id = AgencyId;
}

impl Resource for Waiting {
    const KIND: &'static str = "access_request_register";
    const READ: &'static str = "access_request.waiting";
    const DOOR: Door = Door::Room;
    type Id = AgencyId;
}

impl Resource for AccessRequest {
    const KIND: &'static str = "access_request";
    const READ: &'static str = "access_request.read";
    const DOOR: Door = Door::Room;
    type Id = AccessRequestId;
}

fn line(found: &Found, version: Version<RequestRecord>, today: NaiveDate) -> Result<RequestLine, Fault> {
    let record = version.record;
    let term = Terms::of(record.regime, record.received_on).ok_or(Fault::Stored)?;
    let spent = record.extension.is_some() || record.answer.is_some();
    Ok(RequestLine {
        id: AccessRequestId::from_uuid(found.id),
        entered_at: found.entered_at,
        version: version.number,
        answered: record.answer.is_some(),
        late: record.is_late(today),
        term: TermView {
            due_on: record.due_on(),
            extension_days: if spent { 0 } else { term.extension_days },
            source: term.source.clone(),
            status: term.status,
        },
        record,
    })
}

fn lines(found: &[Found], today: NaiveDate) -> Result<Vec<RequestLine>, Fault> {
    found.iter().map(|found| line(found, found.now()?, today)).collect()
}

impl Disclose for Requests {
    type View = RequestsView;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<RequestsView, Fault> {
        Ok(RequestsView { items: lines(&self.0, self.1)?, next: None })
    }
}

impl Disclose for Waiting {
    type View = Vec<RequestLine>;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<Vec<RequestLine>, Fault> {
        let mut waiting = lines(&self.0, self.1)?;
        waiting.sort_by_key(|request| (request.term.due_on, request.id));
        Ok(waiting)
    }
}

impl Disclose for AccessRequest {
    type View = RequestView;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<RequestView, Fault> {
        let now = line(&self.0, self.0.now()?, self.1)?;
        let versions = self.0.open::<RequestRecord>()?.into_iter().map(|version| RequestVersion {
            number: version.number,
            at: version.at,
            by: version.by,
            record: version.record,
        });
        Ok(RequestView { now, versions: versions.collect() })
    }
}

/// What a request says now, for who holds a permit on it.
pub(super) async fn now(
    session: &Session<'_, Acting>,
    id: AccessRequestId,
) -> Result<Version<RequestRecord>, Stop> {
    let found = ledger::find(session, Book::AccessRequests, id.uuid()).await?.ok_or(Fault::Stored)?;
    Ok(found.now()?)
}

/// The caller's own agency's register, to enter something into it.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_register<'tx, M>(
    session: &mut Session<'tx, M>,
) -> Result<Sealed<'tx, RequestRegister>, Stop> {
    let who = session.identify().await?.clone();
    let held = Some((RequestRegister, ledger::room(&who)));
    Ok(seal(Key::take(), session.tx(Key::take()), who.agency(), held))
}

/// One page of the caller's own agency's register, newest first.
///
/// # Errors
/// When the caller is not signed in any more, or the machine fails.
pub async fn find_all<'tx, M>(
    session: &mut Session<'tx, M>,
    limit: i64,
    before: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Sealed<'tx, impl Disclose<View = RequestsView> + use<M>>, Stop> {
    let who = session.identify().await?.clone();
    let found = ledger::page(session, Book::AccessRequests, who.agency(), limit, before).await?;
    let held = Some((Requests(found, today(session)), ledger::room(&who)));
    Ok(seal(Key::take(), session.tx(Key::take()), who.agency(), held))
}

/// The own agency's requests that are still to be answered, what is due first on top.
///
/// # Errors
/// When the caller is not signed in any more, or the machine fails.
pub async fn find_waiting<'tx, M>(
    session: &mut Session<'tx, M>,
) -> Result<Sealed<'tx, impl Disclose<View = Vec<RequestLine>> + use<M>>, Stop> {
    let who = session.identify().await?.clone();
    let found = ledger::open_entries(session, Book::AccessRequests, who.agency()).await?;
    let held = Some((Waiting(found, today(session)), ledger::room(&who)));
    Ok(seal(Key::take(), session.tx(Key::take()), who.agency(), held))
}

/// The request under this id, or the absence of one.
///
/// # Errors
/// When the caller is not signed in any more, or the machine fails.
pub async fn find<'tx, M>(
    session: &mut Session<'tx, M>,
    id: AccessRequestId,
) -> Result<Sealed<'tx, AccessRequest>, Stop> {
    let who = session.identify().await?.clone();
    let found = ledger::find(session, Book::AccessRequests, id.uuid()).await?;
    let held = found.map(|found| {
        let room = ledger::room_of(&who, found.agency);
        (AccessRequest(found, today(session)), room)
    });
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

/// The same, held until the unit ends: of two who write to it the second sees what the first wrote.
///
/// # Errors
/// When the caller is not signed in any more, or the machine fails.
pub async fn find_for_change<'tx>(
    session: &mut Session<'tx, Acting>,
    id: AccessRequestId,
) -> Result<Sealed<'tx, AccessRequest>, Stop> {
    session.identify().await?;
    ledger::hold(session, id.uuid()).await?;
    find(session, id).await
}
