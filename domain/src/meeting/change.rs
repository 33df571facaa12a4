//! A meeting moves, or is called off, before it begins.

use authz::{
    acts::{CancelMeeting, ChangeMeeting},
    desk::{Acting, Answer, Permit, Session, Spent},
    id::{FileId, MeetingId},
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Meeting, Mode, Stage,
    convene::{is_late, seal, standards, when},
    find::{row, seats},
    rows::SeatRow,
    view::{link_place, place_place},
};
use crate::{
    inbox::MessageKind,
    mobilisation::{lock, tell},
    refusal::Refusal,
    schema::{meeting, meeting_seat},
};

/// What is to change; what is not said stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingPatch {
    /// When it starts.
    #[serde(default)]
    pub starts_at: Option<DateTime<Utc>>,
    /// When it ends; an end is forgotten when the start moves and no end is said.
    #[serde(default)]
    pub ends_at: Option<DateTime<Utc>>,
    /// How people meet.
    #[serde(default)]
    pub mode: Option<Mode>,
    /// Where.
    #[serde(default)]
    pub place: Option<String>,
    /// How to join from afar.
    #[serde(default)]
    pub link: Option<String>,
}

/// A meeting after the change.
#[derive(Serialize, ToSchema)]
pub struct MeetingMoved {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: MeetingId,
    /// Where it stands.
    pub stage: Stage,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// Does a regular meeting start after the cell's standard?
    pub late: bool,
}

impl Answer for MeetingMoved {
    const STATUS: u16 = 200;
}

/// Moves a meeting. What was replied to the other time is forgotten.
///
/// # Errors
/// When it has begun or is over, or the new time cannot be.
pub async fn change<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ChangeMeeting, Meeting>,
    patch: MeetingPatch,
) -> Result<(Spent<'tx, ChangeMeeting>, MeetingMoved), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let now = session.now();
    let found = row(session, id).await?;
    found.must_wait()?;
    let file = FileId::from_uuid(found.file_id);
    let moved = patch.starts_at.is_some_and(|at| at != found.starts_at);
    let starts_at = patch.starts_at.unwrap_or(found.starts_at);
    let ends_at = patch.ends_at.or(if moved { None } else { found.ends_at });
    if moved || patch.ends_at.is_some() {
        when(starts_at, ends_at, now)?;
    }
    let place = seal(session, file, &place_place(id.uuid()), patch.place.as_deref(), "/place")?;
    let link = seal(session, file, &link_place(id.uuid()), patch.link.as_deref(), "/link")?;
    let process = authz::id::MobilisationId::from_uuid(found.mobilisation_id);
    let head = lock(session, process).await?.ok_or(authz::fault::Fault::Stored)?;
    let (_, hours) = standards(session, head.cell_id).await?;
    let late = is_late(head.triggered_at, found.kind()?, starts_at, hours);
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(meeting::table.filter(meeting::id.eq(id.uuid())))
        .set((
            meeting::starts_at.eq(starts_at),
            meeting::ends_at.eq(ends_at),
            meeting::mode.eq(patch.mode.map_or(found.mode, Mode::number)),
            meeting::place_sealed.eq(place.or(found.place_sealed)),
            meeting::link_sealed.eq(link.or(found.link_sealed)),
            meeting::late.eq(late),
            meeting::sequence.eq(meeting::sequence + 1),
            meeting::changed_at.eq(now),
        ))
        .execute(&mut conn)
        .await?;
    if moved {
        diesel::update(meeting_seat::table.filter(meeting_seat::meeting_id.eq(id.uuid())))
            .set((meeting_seat::reply.eq(None::<i16>), meeting_seat::replied_at.eq(None::<DateTime<Utc>>)))
            .execute(&mut conn)
            .await?;
    }
    tell_called(session, id, MessageKind::MeetingChanged, found.mobilisation_id).await?;
    Ok((spent, MeetingMoved { id, stage: Stage::Convened, starts_at, late }))
}

/// Calls a meeting off.
///
/// # Errors
/// When it has begun or is over.
pub async fn cancel<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, CancelMeeting, Meeting>,
) -> Result<(Spent<'tx, CancelMeeting>, MeetingMoved), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let now = session.now();
    let found = row(session, id).await?;
    found.must_wait()?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(meeting::table.filter(meeting::id.eq(id.uuid())))
        .set((
            meeting::cancelled_at.eq(now),
            meeting::changed_at.eq(now),
            meeting::sequence.eq(meeting::sequence + 1),
        ))
        .execute(&mut conn)
        .await?;
    tell_called(session, id, MessageKind::MeetingCancelled, found.mobilisation_id).await?;
    let (starts_at, late) = (found.starts_at, found.late);
    Ok((spent, MeetingMoved { id, stage: Stage::Cancelled, starts_at, late }))
}

async fn tell_called(
    session: &Session<'_, Acting>,
    id: MeetingId,
    kind: MessageKind,
    process: Uuid,
) -> Result<(), Refusal> {
    let seats: Vec<SeatRow> = seats(session, id).await?;
    let mut called: Vec<Uuid> =
        seats.iter().flat_map(|seat| [Some(seat.account_id), seat.substitute_id]).flatten().collect();
    called.sort_unstable();
    called.dedup();
    tell(session, &called, kind, process).await
}
