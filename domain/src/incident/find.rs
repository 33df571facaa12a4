//! Reading the register of incidents: the agency's privacy officer alone.

use authz::{
    desk::{Acting, Disclose, Door, Grant, Resource, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{AgencyId, IncidentId, UserId},
};
use chrono::{DateTime, NaiveDate, Utc};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Awaited, IncidentRecord};
use crate::ledger::{self, Book, Found, Version};

/// An agency's register of incidents, as a whole.
pub struct IncidentRegister;

/// A page of the register, as found.
struct Incidents(Vec<Found>);

/// What waits in the register, as found.
struct Waiting(Vec<Found>);

/// One incident, as found.
pub struct Incident(Found);

/// An incident as it stands.
#[derive(Serialize, ToSchema)]
pub struct IncidentLine {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: IncidentId,
    /// When it was entered.
    pub entered_at: DateTime<Utc>,
    /// Which version this is, from 1.
    pub version: i16,
    /// Is everything done?
    pub closed: bool,
    /// The notices still to be given.
    pub awaits: Vec<Awaited>,
    /// Until when the register keeps it at the least.
    pub kept_until: Option<NaiveDate>,
    /// What the register says of it.
    pub record: IncidentRecord,
}

/// A page of the register, newest first.
#[derive(Serialize, ToSchema)]
pub struct IncidentsView {
    /// The incidents as they stand.
    pub items: Vec<IncidentLine>,
    /// Where the list continues.
    pub next: Option<String>,
}

/// An incident with all it ever said.
#[derive(Serialize, ToSchema)]
pub struct IncidentView {
    /// As it stands.
    #[serde(flatten)]
    pub now: IncidentLine,
    /// Everything that was written, oldest first; nothing of it is ever altered.
    pub versions: Vec<IncidentVersion>,
}

/// What an incident said from a moment on.
#[derive(Serialize, ToSchema)]
pub struct IncidentVersion {
    /// From 1.
    pub number: i16,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// By whom.
    #[schema(value_type = Uuid)]
    pub by: UserId,
    /// Was everything done?
    pub closed: bool,
    /// What it said.
    pub record: IncidentRecord,
}

impl Resource for IncidentRegister {
    const KIND: &'static str = "incident_register";
    const READ: &'static str = "incident.list";
    const DOOR: Door = Door::Room;
    type Id = AgencyId;
}

impl Resource for Incidents {
    const KIND: &'static str = "incident_register";
    const READ: &'static str = "incident.list";
    const DOOR: Door = Door::Room;
    type Id = AgencyId;
}

impl Resource for Waiting {
    const KIND: &'static str = "incident_register";
    const READ: &'static str = "incident.waiting";
    const DOOR: Door = Door::Room;
    type Id = AgencyId;
}

impl Resource for Incident {
    const KIND: &'static str = "incident";
    const READ: &'static str = "incident.read";
    const DOOR: Door = Door::Room;
    type Id = IncidentId;
}

fn line(found: &Found, version: Version<IncidentRecord>) -> IncidentLine {
    IncidentLine {
        id: IncidentId::from_uuid(found.id),
        entered_at: found.entered_at,
        version: version.number,
        closed: !version.open,
        awaits: version.record.awaits(),
        kept_until: version.record.kept_until(),
        record: version.record,
    }
}

impl Disclose for Incidents {
    type View = IncidentsView;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<IncidentsView, Fault> {
        let items = self.0.iter().map(|found| Ok(line(found, found.now()?)));
        Ok(IncidentsView { items: items.collect::<Result<_, Fault>>()?, next: None })
    }
}

impl Disclose for Waiting {
    type View = Vec<IncidentLine>;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<Vec<IncidentLine>, Fault> {
        let open = self.0.iter().map(|found| Ok(line(found, found.now()?)));
        let mut open = open.collect::<Result<Vec<_>, Fault>>()?;
        open.retain(|incident| !incident.awaits.is_empty());
        Ok(open)
    }
}

impl Disclose for Incident {
    type View = IncidentView;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<IncidentView, Fault> {
        let now = line(&self.0, self.0.now()?);
        let versions = self.0.open::<IncidentRecord>()?.into_iter().map(|version| IncidentVersion {
            number: version.number,
            at: version.at,
            by: version.by,
            closed: !version.open,
            record: version.record,
        });
        Ok(IncidentView { now, versions: versions.collect() })
    }
}

/// What an incident says now, for who holds a permit on it.
pub(super) async fn now(
    session: &Session<'_, Acting>,
    id: IncidentId,
) -> Result<Version<IncidentRecord>, Stop> {
    let found = ledger::find(session, Book::Incidents, id.uuid()).await?.ok_or(Fault::Stored)?;
    Ok(found.now()?)
}

/// The caller's own agency's register, to enter something into it.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_register<'tx, M>(
    session: &mut Session<'tx, M>,
) -> Result<Sealed<'tx, IncidentRegister>, Stop> {
    let who = session.identify().await?.clone();
    let held = Some((IncidentRegister, ledger::room(&who)));
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
) -> Result<Sealed<'tx, impl Disclose<View = IncidentsView> + use<M>>, Stop> {
    let who = session.identify().await?.clone();
    let found = ledger::page(session, Book::Incidents, who.agency(), limit, before).await?;
    let held = Some((Incidents(found), ledger::room(&who)));
    Ok(seal(Key::take(), session.tx(Key::take()), who.agency(), held))
}

/// The own agency's serious incidents of which a notice is still to be given, oldest first.
///
/// # Errors
/// When the caller is not signed in any more, or the machine fails.
pub async fn find_waiting<'tx, M>(
    session: &mut Session<'tx, M>,
) -> Result<Sealed<'tx, impl Disclose<View = Vec<IncidentLine>> + use<M>>, Stop> {
    let who = session.identify().await?.clone();
    let found = ledger::open_entries(session, Book::Incidents, who.agency()).await?;
    let held = Some((Waiting(found), ledger::room(&who)));
    Ok(seal(Key::take(), session.tx(Key::take()), who.agency(), held))
}

/// The incident under this id, or the absence of one.
///
/// # Errors
/// When the caller is not signed in any more, or the machine fails.
pub async fn find<'tx, M>(
    session: &mut Session<'tx, M>,
    id: IncidentId,
) -> Result<Sealed<'tx, Incident>, Stop> {
    let who = session.identify().await?.clone();
    let found = ledger::find(session, Book::Incidents, id.uuid()).await?;
    let held = found.map(|found| {
        let room = ledger::room_of(&who, found.agency);
        (Incident(found), room)
    });
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

/// The same, held until the unit ends: of two who write to it the second sees what the first wrote.
///
/// # Errors
/// When the caller is not signed in any more, or the machine fails.
pub async fn find_for_change<'tx>(
    session: &mut Session<'tx, Acting>,
    id: IncidentId,
) -> Result<Sealed<'tx, Incident>, Stop> {
    session.identify().await?;
    ledger::hold(session, id.uuid()).await?;
    find(session, id).await
}
