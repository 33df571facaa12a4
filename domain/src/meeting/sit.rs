//! Opening a meeting and closing it.

use std::collections::HashSet;

use authz::{
    acts::{CloseMeeting, OpenMeeting},
    desk::{Acting, Answer, Permit, Session, Spent},
    id::{AttendanceId, MeetingId},
    vocabulary::Capacity,
};
use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Meeting, MeetingKind, Stage,
    attend::{Arrival, arrive},
    convene::{EMERGENCY_QUORUM, standards},
    find::{attendance, row, seats},
};
use crate::{
    mobilisation::State,
    refusal::Refusal,
    schema::{meeting, meeting_attendance, mobilisation},
    validation::Rule,
};

/// The chair takes her seat.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOpening {
    /// The confidentiality undertaking was read and agreed to.
    #[serde(default)]
    pub undertaking: bool,
    /// As whom the chair's agency would be told without consent; the capacity of its seat, if it has one.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub capacity: Option<Capacity>,
}

/// A meeting that was opened or closed.
#[derive(Serialize, ToSchema)]
pub struct Sat {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: MeetingId,
    /// Where it stands.
    pub stage: Stage,
    /// When.
    pub at: DateTime<Utc>,
    /// The chair's presence, when it was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Uuid>)]
    pub attendance: Option<AttendanceId>,
}

impl Answer for Sat {
    const STATUS: u16 = 200;
}

/// Opens a meeting: whoever opens it chairs it, and is in the room from now on.
///
/// # Errors
/// When it was opened before or is over, or confidentiality was not undertaken.
pub async fn open<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, OpenMeeting, Meeting>,
    new: NewOpening,
) -> Result<(Spent<'tx, OpenMeeting>, Sat), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let (now, who) = (session.now(), session.standing()?.clone());
    let found = row(session, id).await?;
    found.must_wait()?;
    if !new.undertaking {
        return Err(Refusal::invalid("/undertaking", Rule::UndertakingMissing));
    }
    let seats = seats(session, id).await?;
    let seat = seats.iter().find(|seat| seat.agency_id == who.agency().uuid());
    let seated = seat.map(|seat| Capacity::from_number(seat.capacity)).transpose();
    let capacity = seated.map_err(authz::fault::Stop::from)?.or(new.capacity).unwrap_or(Capacity::AbleToAid);
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(meeting::table.filter(meeting::id.eq(id.uuid())))
        .set((
            meeting::opened_at.eq(now),
            meeting::chair.eq(who.user().uuid()),
            meeting::chair_agency.eq(who.agency().uuid()),
        ))
        .execute(&mut conn)
        .await?;
    let arrival = Arrival { agency: who.agency(), person: who.user(), capacity, at: now };
    let attendance = arrive(session, &found, arrival).await?;
    Ok((spent, Sat { id, stage: Stage::Open, at: now, attendance: Some(attendance) }))
}

/// Closes a meeting: everybody leaves, and the cell has met.
///
/// # Errors
/// When it is not open, or too few organisations sat at the table.
pub async fn close<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, CloseMeeting, Meeting>,
) -> Result<(Spent<'tx, CloseMeeting>, Sat), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let now = session.now();
    let found = row(session, id).await?;
    found.must_be_open()?;
    let (quorum, _) = standards(session, found.cell_id).await?;
    let needed = if found.kind()? == MeetingKind::Emergency { EMERGENCY_QUORUM } else { quorum };
    // Organisations count, once each, whoever sat for them; who only chairs does not.
    let seated: HashSet<Uuid> = seats(session, id).await?.iter().map(|seat| seat.agency_id).collect();
    let came: HashSet<Uuid> = attendance(session, id).await?.iter().map(|row| row.agency_id).collect();
    if came.intersection(&seated).count() < needed {
        return Err(Refusal::Blocked(Rule::QuorumMissing));
    }
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(meeting::table.filter(meeting::id.eq(id.uuid())))
        .set(meeting::closed_at.eq(now))
        .execute(&mut conn)
        .await?;
    diesel::update(
        meeting_attendance::table
            .filter(meeting_attendance::meeting_id.eq(id.uuid()))
            .filter(meeting_attendance::departed_at.is_null()),
    )
    .set(meeting_attendance::departed_at.eq(now))
    .execute(&mut conn)
    .await?;
    // The cell has met: the time it had for it runs no longer.
    diesel::update(
        mobilisation::table
            .filter(mobilisation::id.eq(found.mobilisation_id))
            .filter(mobilisation::met_at.is_null().and(mobilisation::state.eq(State::Meeting.number()))),
    )
    .set((mobilisation::met_at.eq(found.opened_at), mobilisation::due_at.eq(None::<DateTime<Utc>>)))
    .execute(&mut conn)
    .await?;
    Ok((spent, Sat { id, stage: Stage::Closed, at: now, attendance: None }))
}
