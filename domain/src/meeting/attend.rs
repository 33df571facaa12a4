//! Who comes in and who leaves. Each attendee is a recipient in law, so presence is recorded to the moment, with the
//! confidentiality undertaking that was agreed to.

use authz::{
    acts::{Attend, Leave},
    desk::{Acting, Answer, Permit, Session, Spent},
    id::{AgencyId, AgendaItemId, AttendanceId, CellId, FileId, MeetingId, UserId},
    vocabulary::{Capacity, Role},
};
use chrono::{DateTime, Utc};
use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, dsl::exists, dsl::max, insert_into,
    result::DatabaseErrorKind, result::Error, select,
};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Meeting, Undertaking,
    find::{attendance, row, seats},
    rows::MeetingRow,
    seats::may_sit,
};
use crate::{
    agencies,
    file::lookup::circle_now,
    refusal::Refusal,
    schema::{meeting_agenda, meeting_attendance, meeting_seat},
    validation::Rule,
};

/// Somebody who comes in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAttendance {
    /// For which agency.
    #[schema(value_type = Uuid)]
    pub agency: AgencyId,
    /// Who.
    #[schema(value_type = Uuid)]
    pub person: UserId,
    /// In which capacity the agency is there.
    #[schema(value_type = String)]
    pub capacity: Capacity,
    /// Since when, if not since now.
    #[serde(default)]
    pub arrived_at: Option<DateTime<Utc>>,
    /// The confidentiality undertaking was read and agreed to.
    #[serde(default)]
    pub undertaking: bool,
}

/// Somebody who leaves.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDeparture {
    /// The item of the agenda for which the person leaves, if for one.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub left_for: Option<AgendaItemId>,
}

/// A presence that was recorded.
#[derive(Serialize, ToSchema)]
pub struct Attended {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: AttendanceId,
    /// Since when.
    pub arrived_at: DateTime<Utc>,
    /// Version of the undertaking that was agreed to.
    pub undertaking: String,
    /// Admitted at the table, not called before?
    pub admitted: bool,
}

impl Answer for Attended {
    const STATUS: u16 = 201;
}

/// A departure that was recorded.
#[derive(Serialize, ToSchema)]
pub struct Departed {
    /// The presence.
    #[schema(value_type = Uuid)]
    pub id: AttendanceId,
    /// When it ended.
    pub departed_at: DateTime<Utc>,
}

impl Answer for Departed {
    const STATUS: u16 = 200;
}

/// Somebody in the room, once checked.
pub(super) struct Arrival {
    pub agency: AgencyId,
    pub person: UserId,
    pub capacity: Capacity,
    pub at: DateTime<Utc>,
}

/// Records who comes in: a person who is called, for herself; anybody the coordinator lets in.
///
/// # Errors
/// When the meeting is not open, or something stands against it, by place.
pub async fn attend<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, Attend, Meeting>,
    new: NewAttendance,
) -> Result<(Spent<'tx, Attend>, Attended), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let now = session.now();
    let found = row(session, id).await?;
    found.must_be_open()?;
    if !new.undertaking {
        return Err(Refusal::invalid("/undertaking", Rule::UndertakingMissing));
    }
    let leads = leads(session, &found).await?;
    if !leads && new.person != session.standing()?.user() {
        return Err(Refusal::invalid("/person", Rule::NotCalled));
    }
    let at = new.arrived_at.unwrap_or(now);
    if at > now {
        return Err(Refusal::invalid("/arrived_at", Rule::InTheFuture));
    }
    if found.opened_at.is_some_and(|opened| at < opened) {
        return Err(Refusal::invalid("/arrived_at", Rule::WrongOrder));
    }
    let file = FileId::from_uuid(found.file_id);
    agencies::known(session, &[new.agency], |_| "/agency".into()).await?;
    if !may_sit(session, found.cell_id, file, new.agency, new.person).await? {
        return Err(Refusal::invalid("/person", Rule::UnknownReference));
    }
    let seats = seats(session, id).await?;
    let seat = seats.iter().find(|seat| seat.agency_id == new.agency.uuid());
    let called = seat.is_some_and(|seat| seat.calls(new.person.uuid()));
    if !called && !leads {
        return Err(Refusal::invalid("/person", Rule::NotCalled));
    }
    if let Some(seat) = seat
        && seat.capacity != new.capacity.number()
        && (!leads || attendance(session, id).await?.iter().any(|row| row.agency_id == seat.agency_id))
    {
        return Err(Refusal::invalid("/capacity", Rule::CapacityDiffers));
    }
    let admitted = !called;
    match seat {
        None => admit(session, &found, &new).await?,
        Some(seat) => adjust(session, id, &new, seat.capacity, admitted).await?,
    }
    let arrival = Arrival { agency: new.agency, person: new.person, capacity: new.capacity, at };
    let attendance = arrive(session, &found, arrival).await?;
    let undertaking = Undertaking::current()?.version.clone();
    Ok((spent, Attended { id: attendance, arrived_at: at, undertaking, admitted }))
}

/// Records who leaves, now: what is told afterwards is not told to her.
///
/// # Errors
/// When the presence is unknown, somebody else's, or over.
pub async fn leave<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, Leave, Meeting>,
    who: AttendanceId,
    new: NewDeparture,
) -> Result<(Spent<'tx, Leave>, Departed), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let now = session.now();
    let found = row(session, id).await?;
    found.must_be_open()?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let person: Option<(Uuid, Option<DateTime<Utc>>)> = meeting_attendance::table
        .filter(meeting_attendance::id.eq(who.uuid()))
        .filter(meeting_attendance::meeting_id.eq(id.uuid()))
        .select((meeting_attendance::account_id, meeting_attendance::departed_at))
        .first(&mut conn)
        .await
        .optional()?;
    let own = session.standing()?.user().uuid();
    let leads = leads(session, &found).await?;
    let person = person.filter(|(person, _)| leads || *person == own);
    let (_, departed) = person.ok_or(authz::fault::Stop::from(authz::fault::Denied::Hidden))?;
    if departed.is_some() {
        return Err(Refusal::Blocked(Rule::AlreadyLeft));
    }
    if let Some(item) = new.left_for {
        let there: bool = select(exists(
            meeting_agenda::table
                .filter(meeting_agenda::id.eq(item.uuid()))
                .filter(meeting_agenda::meeting_id.eq(id.uuid())),
        ))
        .get_result(&mut conn)
        .await?;
        if !there {
            return Err(Refusal::invalid("/left_for", Rule::UnknownReference));
        }
    }
    diesel::update(meeting_attendance::table.filter(meeting_attendance::id.eq(who.uuid())))
        .set((
            meeting_attendance::departed_at.eq(now),
            meeting_attendance::departed_part.eq(new.left_for.map(AgendaItemId::uuid)),
        ))
        .execute(&mut conn)
        .await?;
    Ok((spent, Departed { id: who, departed_at: now }))
}

/// Does the caller lead this meeting? The act said so already of who is not called.
async fn leads(session: &Session<'_, Acting>, found: &MeetingRow) -> Result<bool, Refusal> {
    let who = session.standing()?;
    let coordinates = who.roles_in(CellId::from_uuid(found.cell_id)).acts_as(Role::Coordinator);
    let circle = circle_now(session, FileId::from_uuid(found.file_id)).await?;
    Ok(coordinates && circle.contains(&who.agency().uuid()))
}

/// An agency admitted at the table has a seat from now on.
async fn admit(
    session: &Session<'_, Acting>,
    found: &MeetingRow,
    new: &NewAttendance,
) -> Result<(), Refusal> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    insert_into(meeting_seat::table)
        .values((
            meeting_seat::meeting_id.eq(found.id),
            meeting_seat::agency_id.eq(new.agency.uuid()),
            meeting_seat::cell_id.eq(found.cell_id),
            meeting_seat::file_id.eq(found.file_id),
            meeting_seat::account_id.eq(new.person.uuid()),
            meeting_seat::capacity.eq(new.capacity.number()),
            meeting_seat::admitted_at.eq(session.now()),
        ))
        .execute(&mut conn)
        .await?;
    Ok(())
}

/// A colleague whom nobody had named stands in; the coordinator settles in which capacity.
async fn adjust(
    session: &Session<'_, Acting>,
    id: MeetingId,
    new: &NewAttendance,
    capacity: i16,
    stands_in: bool,
) -> Result<(), Refusal> {
    let seat = || {
        meeting_seat::table
            .filter(meeting_seat::meeting_id.eq(id.uuid()))
            .filter(meeting_seat::agency_id.eq(new.agency.uuid()))
    };
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    if stands_in {
        diesel::update(seat())
            .set(meeting_seat::substitute_id.eq(new.person.uuid()))
            .execute(&mut conn)
            .await?;
    }
    if capacity != new.capacity.number() {
        diesel::update(seat())
            .set(meeting_seat::capacity.eq(new.capacity.number()))
            .execute(&mut conn)
            .await?;
    }
    Ok(())
}

/// Writes that somebody is in the room.
pub(super) async fn arrive(
    session: &Session<'_, Acting>,
    found: &MeetingRow,
    arrival: Arrival,
) -> Result<AttendanceId, Refusal> {
    let id: AttendanceId = session.fresh()?.into();
    let now = session.now();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let last: Option<i16> = meeting_attendance::table
        .filter(meeting_attendance::meeting_id.eq(found.id))
        .select(max(meeting_attendance::position))
        .first(&mut conn)
        .await?;
    insert_into(meeting_attendance::table)
        .values((
            meeting_attendance::position.eq(last.unwrap_or(0) + 1),
            meeting_attendance::id.eq(id.uuid()),
            meeting_attendance::meeting_id.eq(found.id),
            meeting_attendance::cell_id.eq(found.cell_id),
            meeting_attendance::file_id.eq(found.file_id),
            meeting_attendance::agency_id.eq(arrival.agency.uuid()),
            meeting_attendance::account_id.eq(arrival.person.uuid()),
            meeting_attendance::capacity.eq(arrival.capacity.number()),
            meeting_attendance::arrived_at.eq(arrival.at),
            meeting_attendance::undertaking.eq(&Undertaking::current()?.version),
            meeting_attendance::undertaken_at.eq(now),
            meeting_attendance::recorded_by.eq(session.standing()?.user().uuid()),
        ))
        .execute(&mut conn)
        .await
        .map_err(|error| match error {
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
                Refusal::Blocked(Rule::StillInTheRoom)
            }
            error => error.into(),
        })?;
    Ok(id)
}
