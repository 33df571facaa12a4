//! Whether a meeting changed for somebody who sees it: one word made of what she may know of, and of nothing else. It
//! tells nothing by itself; who finds it changed reads the meeting again.

use authz::{
    desk::{Disclose, Door, Grant, Resource, Sealed, Session},
    etag,
    fault::{Fault, Stop},
    id::{AgendaItemId, MeetingId, MobilisationId},
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Stage,
    find::find_as,
    minutes::shown_of,
    rows::Held,
    told::{OralDisclosureView, OralRow, items_of, oral_rows},
    view::{AttendanceView, SeatView, Sight, attendance_view, seat_view},
};
use crate::{
    action::{ActionRow, rows_of},
    document::{DocumentKind, current},
};

/// A meeting to be asked whether it changed.
pub struct Pulse {
    held: Held,
    oral: Vec<OralRow>,
    actions: Vec<ActionRow>,
    now: DateTime<Utc>,
}

/// What tells whether a meeting changed.
#[derive(Serialize, ToSchema)]
pub struct PulseView {
    /// The same as long as the meeting is the same for this viewer.
    pub pulse: String,
}

/// All that the viewer may know of.
#[derive(Serialize)]
struct Known {
    stage: Stage,
    starts_at: DateTime<Utc>,
    ends_at: Option<DateTime<Utc>>,
    /// Place and link, for whom they are.
    changed_at: Option<DateTime<Utc>>,
    chair: Option<Uuid>,
    seats: Vec<SeatView>,
    room: Option<Vec<AttendanceView>>,
    agenda: Vec<AgendaItemId>,
    brought: Vec<Uuid>,
    decided: Vec<Uuid>,
    told: Vec<OralDisclosureView>,
    actions: Vec<(Uuid, i16, DateTime<Utc>, Uuid, bool, bool)>,
}

impl Resource for Pulse {
    const KIND: &'static str = "meeting";
    const READ: &'static str = "meeting.pulse";
    const DOOR: Door = Door::Content;
    type Id = MeetingId;
}

impl Disclose for Pulse {
    type View = PulseView;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<PulseView, Fault> {
        let Self { held, oral, actions, now } = self;
        let (meeting, sight) = (&held.meeting, Sight::of(&held, grant));
        let seats = held.seats.iter().filter(|seat| sight.process || seat.calls(sight.account));
        let agenda = agenda(&held, grant)?;
        let documents = |kind| {
            let rows = shown_of(&held, kind, grant)?;
            Ok::<Vec<Uuid>, Fault>(rows.into_iter().map(|row| row.id).collect())
        };
        // Decisions stand in the minutes, which are for who took part.
        let took_part = grant.sees_circle() && held.took_part(grant.agency().uuid());
        let known = Known {
            stage: meeting.stage(),
            starts_at: meeting.starts_at,
            ends_at: meeting.ends_at,
            changed_at: sight.invited.then_some(meeting.changed_at),
            chair: meeting.chair,
            seats: seats.map(|seat| seat_view(seat, &sight)).collect::<Result<_, _>>()?,
            room: sight.seated.then(|| attendance_view(&held, &agenda)).transpose()?,
            agenda,
            brought: documents(DocumentKind::Contribution)?,
            decided: if took_part { documents(DocumentKind::Decision)? } else { Vec::new() },
            told: items_of(&held, oral, grant),
            actions: known_actions(&held, &actions, now, grant),
        };
        let (tag, _) = etag::of(&known).map_err(|_| Fault::Stored)?;
        Ok(PulseView { pulse: tag.trim_matches('"').to_owned() })
    }
}

/// The items of the agenda that would show.
fn agenda<R: Resource>(held: &Held, grant: &Grant<'_, R>) -> Result<Vec<AgendaItemId>, Fault> {
    let mut shown = Vec::new();
    for row in &held.agenda {
        let shows = match (row.document_id, &held.file) {
            (None, _) => grant.sees_circle(),
            (Some(_), None) => false,
            (Some(document), Some(file)) => {
                match current(&file.documents, DocumentKind::AgendaItem, document, grant) {
                    Some(row) => grant.would_show(&row.label()?),
                    None => false,
                }
            }
        };
        if shows {
            shown.push(AgendaItemId::from_uuid(row.id));
        }
    }
    Ok(shown)
}

/// Each action one may know of: where it stands, when it is due, who answers for it, and what of it shows.
fn known_actions<R: Resource>(
    held: &Held,
    actions: &[ActionRow],
    now: DateTime<Utc>,
    grant: &Grant<'_, R>,
) -> Vec<(Uuid, i16, DateTime<Utc>, Uuid, bool, bool)> {
    let of_file = actions.iter().filter(|row| row.file_id == held.meeting.file_id);
    let known = of_file.filter(|row| grant.knows_frame(&row.frame()));
    let view = known.map(|row| {
        let labels = row.frame().labels;
        let shows = labels.iter().any(|label| grant.knows_person(label.subject) && grant.would_show(label));
        (row.id, row.status, row.due_at, row.owner_account, row.due_at <= now, shows)
    });
    view.collect()
}

/// The meeting under this id, to be asked whether it changed.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_pulse<'tx, M>(
    session: &mut Session<'tx, M>,
    process: MobilisationId,
    id: MeetingId,
) -> Result<Sealed<'tx, Pulse>, Stop> {
    session.identify().await?;
    let oral = oral_rows(session, id).await?;
    let actions = rows_of(session, process).await?;
    let now = session.now();
    find_as(session, process, id, |held| Pulse { held, oral, actions, now }).await
}
