//! Convening a meeting: the coordinator calls agencies to the table. Nobody joins the circle by it.

use authz::{
    acts::ConveneMeeting,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::{FileId, Fresh, MeetingId, MobilisationId},
    keys::Place,
};
use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE32_NOPAD;
use diesel::{ExpressionMethods, QueryDsl, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    MeetingKind, Mode, NewSeat, seats,
    view::{link_place, place_place},
};
use crate::{
    inbox::MessageKind,
    mobilisation::{Mobilisation, Move, Step, advance, file_of, lock, tell},
    refusal::Refusal,
    schema::{cell, meeting, meeting_seat, mobilisation},
    validation::Rule,
    value::text::one_line,
};

/// A meeting to convene.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMeeting {
    /// Why it is held.
    pub kind: MeetingKind,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    #[serde(default)]
    pub ends_at: Option<DateTime<Utc>>,
    /// How people meet.
    pub mode: Mode,
    /// Where; on one line.
    #[serde(default)]
    pub place: Option<String>,
    /// How to join from afar; on one line.
    #[serde(default)]
    pub link: Option<String>,
    /// Who is called, an agency each.
    pub participants: Vec<NewSeat>,
}

/// A meeting that was convened.
#[derive(Serialize, ToSchema)]
pub struct Convened {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: MeetingId,
    /// The mobilisation.
    #[schema(value_type = Uuid)]
    pub mobilisation: MobilisationId,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// Does a regular meeting start after the cell's standard?
    pub late: bool,
    /// Is an emergency meeting convened with fewer organisations than the quorum?
    pub short_of_quorum: bool,
    /// What does not stand in the way and should be seen to.
    pub warnings: Vec<&'static str>,
}

impl Answer for Convened {
    const STATUS: u16 = 201;
    fn location(&self) -> Option<String> {
        Some(format!("/api/v1/mobilisations/{}/meetings/{}", self.mobilisation, self.id))
    }
}

/// Organisations an emergency meeting needs at least.
pub(super) const EMERGENCY_QUORUM: usize = 2;
/// Longest place or link, in characters.
const LONGEST: usize = 500;
/// What a sealed place fills at least, in bytes: its length would tell which place it is.
const BLOCK: usize = 256;
/// How long ago a meeting convened now may have begun: a clock is never quite another's.
const LEEWAY: TimeDelta = TimeDelta::minutes(1);

/// Convenes a meeting.
///
/// # Errors
/// When identity is not open, or something stands against it, by place.
pub async fn convene<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ConveneMeeting, Mobilisation>,
    new: NewMeeting,
) -> Result<(Spent<'tx, ConveneMeeting>, Convened), Refusal> {
    let (process, spent) = permit.spend(Key::take());
    let (now, who) = (session.now(), session.standing()?.clone());
    let head = lock(session, process).await?.ok_or(authz::fault::Fault::Stored)?;
    let file = file_of(&head)?;
    when(new.starts_at, new.ends_at, now)?;
    let called = seats::check(session, head.cell_id, file, &new.participants).await?;
    let emergency = new.kind == MeetingKind::Emergency;
    let child_protection_missing = seats::child_protection_missing(session, file, &called).await?;
    if child_protection_missing && !emergency {
        return Err(Refusal::invalid("/participants", Rule::ChildProtectionMissing));
    }
    let (quorum, hours) = standards(session, head.cell_id).await?;
    let short_of_quorum = called.len() < quorum;
    if short_of_quorum && !(emergency && called.len() >= EMERGENCY_QUORUM) {
        return Err(Refusal::invalid("/participants", Rule::QuorumMissing));
    }
    let id: MeetingId = session.fresh()?.into();
    let place = seal(session, file, &place_place(id.uuid()), new.place.as_deref(), "/place")?;
    let link = seal(session, file, &link_place(id.uuid()), new.link.as_deref(), "/link")?;
    let state = advance(session, &head, Step { by: Move::Convene, reasons: &[], document: None }).await?;
    let late = is_late(head.triggered_at, new.kind, new.starts_at, hours);
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(mobilisation::table.filter(mobilisation::id.eq(process.uuid())))
        .set(mobilisation::state.eq(state.number()))
        .execute(&mut conn)
        .await?;
    insert_into(meeting::table)
        .values((
            meeting::id.eq(id.uuid()),
            meeting::mobilisation_id.eq(process.uuid()),
            meeting::cell_id.eq(head.cell_id),
            meeting::file_id.eq(file.uuid()),
            meeting::kind.eq(new.kind.number()),
            meeting::mode.eq(new.mode.number()),
            meeting::starts_at.eq(new.starts_at),
            meeting::ends_at.eq(new.ends_at),
            meeting::place_sealed.eq(place),
            meeting::link_sealed.eq(link),
            meeting::invitation_uid.eq(invitation_uid(|| session.fresh())?),
            meeting::late.eq(late),
            meeting::short_of_quorum.eq(short_of_quorum),
            meeting::convened_by.eq(who.user().uuid()),
            meeting::convened_at.eq(now),
            meeting::changed_at.eq(now),
        ))
        .execute(&mut conn)
        .await?;
    for seat in &new.participants {
        insert_into(meeting_seat::table)
            .values((
                meeting_seat::meeting_id.eq(id.uuid()),
                meeting_seat::agency_id.eq(seat.agency.uuid()),
                meeting_seat::cell_id.eq(head.cell_id),
                meeting_seat::file_id.eq(file.uuid()),
                meeting_seat::account_id.eq(seat.person.uuid()),
                meeting_seat::substitute_id.eq(seat.substitute.map(authz::id::UserId::uuid)),
                meeting_seat::capacity.eq(seat.capacity.number()),
            ))
            .execute(&mut conn)
            .await?;
    }
    let kind = if emergency { MessageKind::MeetingEmergency } else { MessageKind::MeetingConvened };
    tell(session, &seats::accounts(&new.participants), kind, process.uuid()).await?;
    let warnings =
        child_protection_missing.then_some(Rule::ChildProtectionMissing.code()).into_iter().collect();
    let starts_at = new.starts_at;
    Ok((spent, Convened { id, mobilisation: process, starts_at, late, short_of_quorum, warnings }))
}

/// A start that has not passed, and an end after it.
pub(super) fn when(
    starts_at: DateTime<Utc>,
    ends_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    if starts_at < now - LEEWAY {
        return Err(Refusal::invalid("/starts_at", Rule::InThePast));
    }
    if ends_at.is_some_and(|end| end <= starts_at) {
        return Err(Refusal::invalid("/ends_at", Rule::WrongOrder));
    }
    Ok(())
}

/// A regular meeting after the standard. Instants, so clocks that change do not matter.
pub(crate) fn is_late(
    triggered_at: Option<DateTime<Utc>>,
    kind: MeetingKind,
    starts_at: DateTime<Utc>,
    hours: TimeDelta,
) -> bool {
    kind == MeetingKind::Regular && triggered_at.is_some_and(|at| starts_at > at + hours)
}

/// The cell's quorum, and how soon a triggered cell meets.
pub(super) async fn standards(
    session: &Session<'_, Acting>,
    id: Uuid,
) -> Result<(usize, TimeDelta), Refusal> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let (quorum, hours): (i16, i32) = cell::table
        .filter(cell::id.eq(id))
        .select((cell::quorum, cell::meeting_within_hours))
        .first(&mut conn)
        .await?;
    Ok((usize::try_from(quorum).unwrap_or(usize::MAX), TimeDelta::hours(i64::from(hours))))
}

/// Seals where a meeting is held.
pub(super) fn seal(
    session: &Session<'_, Acting>,
    file: FileId,
    place: &Place,
    given: Option<&str>,
    pointer: &str,
) -> Result<Option<Vec<u8>>, Refusal> {
    let Some(given) = given else { return Ok(None) };
    let plain = padded_line(given).map_err(|rule| Refusal::invalid(pointer, rule))?;
    Ok(Some(session.keys(Key::take()).open(file)?.seal(place, &plain)?))
}

/// A place or a link as it is sealed, on one line.
pub(crate) fn padded_line(given: &str) -> Result<Vec<u8>, Rule> {
    let mut plain = one_line(given, LONGEST)?.into_bytes();
    plain.resize(plain.len().next_multiple_of(BLOCK), b' ');
    Ok(plain)
}

/// A name for the calendar event that holds nothing but chance: not even when it was made.
pub(crate) fn invitation_uid<E>(fresh: impl Fn() -> Result<Fresh, E>) -> Result<String, E> {
    let mut random = Vec::with_capacity(14);
    for _ in 0..2 {
        let id: MeetingId = fresh()?.into();
        random.extend_from_slice(id.uuid().as_bytes().get(9..16).unwrap_or_default());
    }
    Ok(BASE32_NOPAD.encode(&random).to_lowercase())
}
