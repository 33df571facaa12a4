//! A meeting as one viewer may see it: its frame, and of its agenda what the gate shows. Who is called by name and may
//! not know of the file sees when, where and the own seat.

use authz::{
    desk::{Disclose, Door, Grant, Resource, Shown},
    fault::Fault,
    id::{AgencyId, AgendaItemId, AttendanceId, MeetingId, MobilisationId, PersonId, UserId},
    keys::Place,
    vocabulary::{Capacity, Category, Role},
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    AgencyAnswer, MeetingKind, Mode, Reply, Stage, Undertaking,
    agenda::Title,
    rows::{AgendaRow, AttendanceRow, Held, SeatRow},
};
use crate::document::{DocumentKind, body_place, current};

/// A meeting as found, before anybody was judged.
pub struct Meeting(pub(crate) Held);

impl Resource for Meeting {
    const KIND: &'static str = "meeting";
    const READ: &'static str = "meeting.read";
    const DOOR: Door = Door::Content;
    type Id = MeetingId;
}

/// A meeting.
#[derive(Serialize, ToSchema)]
pub struct MeetingView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: MeetingId,
    /// The mobilisation it belongs to.
    #[schema(value_type = Uuid)]
    pub mobilisation: MobilisationId,
    /// Why it is held.
    pub kind: MeetingKind,
    /// How people meet.
    pub mode: Mode,
    /// Where it stands.
    pub stage: Stage,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: Option<DateTime<Utc>>,
    /// Where, for who is called and the coordination.
    pub place: Option<String>,
    /// How to join from afar, for the same.
    pub link: Option<String>,
    /// Does a regular meeting start after the cell's standard?
    pub late: bool,
    /// Was an emergency meeting convened with fewer organisations than the quorum?
    pub short_of_quorum: bool,
    /// When it was convened.
    pub convened_at: DateTime<Utc>,
    /// When it was opened.
    pub opened_at: Option<DateTime<Utc>>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// When it was called off.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Who chairs it.
    #[schema(value_type = Option<Uuid>)]
    pub chair: Option<UserId>,
    /// What is agreed to on arrival.
    pub undertaking: Undertaking,
    /// Who is called.
    pub participants: Vec<SeatView>,
    /// For who has a seat and the coordination: who came, from when until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendance: Option<Vec<AttendanceView>>,
    /// What it is to speak of, in order, as far as the gate shows it.
    pub agenda: Vec<AgendaView>,
}

/// A seat.
#[derive(Serialize, ToSchema)]
pub struct SeatView {
    /// Whose.
    #[schema(value_type = Uuid)]
    pub agency: AgencyId,
    /// Who sits for it.
    #[schema(value_type = Uuid)]
    pub person: UserId,
    /// Who stands in.
    #[schema(value_type = Option<Uuid>)]
    pub substitute: Option<UserId>,
    /// As whom it would be told without consent.
    #[schema(value_type = String)]
    pub capacity: Capacity,
    /// Admitted at the table?
    pub admitted: bool,
    /// What was replied; for the agency and the coordination.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply: Option<Reply>,
    /// Whether it holds anything; for the agency and the coordination.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<AgencyAnswer>,
    /// Why it does not say; for the agency alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer_reason: Option<String>,
}

/// Somebody's presence.
#[derive(Serialize, ToSchema)]
pub struct AttendanceView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: AttendanceId,
    /// For which agency.
    #[schema(value_type = Uuid)]
    pub agency: AgencyId,
    /// Who.
    #[schema(value_type = Uuid)]
    pub person: UserId,
    /// In which capacity.
    #[schema(value_type = String)]
    pub capacity: Capacity,
    /// From when.
    pub arrived_at: DateTime<Utc>,
    /// Until when.
    pub departed_at: Option<DateTime<Utc>>,
    /// The item of the agenda for which the person left.
    #[schema(value_type = Option<Uuid>)]
    pub left_for: Option<AgendaItemId>,
    /// Version of the undertaking that was agreed to.
    pub undertaking: String,
    /// When it was agreed to.
    pub undertaken_at: DateTime<Utc>,
}

/// An item of the agenda.
#[derive(Serialize, ToSchema)]
pub struct AgendaView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: AgendaItemId,
    /// A code of `agenda_item`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Or whom it is about and in which words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<TitleView>,
}

/// The title of an item about one person.
#[derive(Serialize, ToSchema)]
pub struct TitleView {
    /// The person.
    #[schema(value_type = Uuid)]
    pub person: PersonId,
    /// Its category.
    #[schema(value_type = String)]
    pub category: Category,
    /// Its words.
    #[schema(value_type = String)]
    pub text: Shown<Title>,
}

/// Where the place of a meeting is sealed.
pub(crate) const fn place_place(meeting: Uuid) -> Place {
    Place { table: "meeting", column: "place_sealed", row: meeting }
}

/// Where the link of a meeting is sealed.
pub(crate) const fn link_place(meeting: Uuid) -> Place {
    Place { table: "meeting", column: "link_sealed", row: meeting }
}

impl Disclose for Meeting {
    type View = MeetingView;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<MeetingView, Fault> {
        let Self(held) = self;
        let (meeting, sight) = (&held.meeting, Sight::of(&held, grant));
        let words = |sealed: &Option<Vec<u8>>, place: Place| match sealed {
            Some(sealed) if sight.invited => grant.unseal_frame(&place, sealed, plain),
            _ => Ok(None),
        };
        let seats = held.seats.iter().filter(|seat| sight.process || seat.calls(sight.account));
        let agenda = agenda_view(&held, grant)?;
        let shown: Vec<AgendaItemId> = agenda.iter().map(|item| item.id).collect();
        let attendance = sight.seated.then(|| attendance_view(&held, &shown)).transpose()?;
        Ok(MeetingView {
            id: meeting.id(),
            mobilisation: MobilisationId::from_uuid(meeting.mobilisation_id),
            kind: meeting.kind()?,
            mode: Mode::from_number(meeting.mode)?,
            stage: meeting.stage(),
            starts_at: meeting.starts_at,
            ends_at: meeting.ends_at,
            place: words(&meeting.place_sealed, place_place(meeting.id))?,
            link: words(&meeting.link_sealed, link_place(meeting.id))?,
            late: meeting.late,
            short_of_quorum: meeting.short_of_quorum,
            convened_at: meeting.convened_at,
            opened_at: meeting.opened_at,
            closed_at: meeting.closed_at,
            cancelled_at: meeting.cancelled_at,
            chair: meeting.chair.map(UserId::from_uuid),
            undertaking: Undertaking::current()?.clone(),
            participants: seats.map(|seat| seat_view(seat, &sight)).collect::<Result<_, _>>()?,
            attendance,
            agenda,
        })
    }
}

fn plain(bytes: &[u8]) -> Option<String> {
    std::str::from_utf8(bytes).ok().map(|text| text.trim_end().to_owned())
}

/// What of the frame this viewer sees.
#[expect(clippy::struct_excessive_bools, reason = "four questions, each answered by itself")]
pub(super) struct Sight {
    pub account: Uuid,
    agency: Uuid,
    pub leads: bool,
    pub process: bool,
    pub seated: bool,
    pub invited: bool,
}

impl Sight {
    pub fn of<R: Resource>(held: &Held, grant: &Grant<'_, R>) -> Self {
        let (account, agency) = (grant.viewer().user().uuid(), grant.agency().uuid());
        let leads = grant.roles().acts_as(Role::Coordinator) && grant.sees_circle();
        let sits = grant.roles().acts_as(Role::Committee) || grant.roles().acts_as(Role::Coordinator);
        let process = grant.sees_circle() || sits || held.head.brought_by == agency;
        let called = held.seats.iter().any(|seat| seat.calls(account));
        let seat = held.seats.iter().any(|seat| seat.agency_id == agency) || held.took_part(agency);
        let seated = process && (leads || seat);
        Self { account, agency, leads, process, seated, invited: leads || called || seated }
    }
}

pub(super) fn seat_view(seat: &SeatRow, sight: &Sight) -> Result<SeatView, Fault> {
    let own = seat.agency_id == sight.agency;
    let known = own || sight.leads;
    Ok(SeatView {
        agency: AgencyId::from_uuid(seat.agency_id),
        person: UserId::from_uuid(seat.account_id),
        substitute: seat.substitute_id.map(UserId::from_uuid),
        capacity: Capacity::from_number(seat.capacity).map_err(|_| Fault::Stored)?,
        admitted: seat.admitted_at.is_some(),
        reply: seat.reply.filter(|_| known).map(Reply::from_number).transpose()?,
        answer: seat.answer.filter(|_| known).map(AgencyAnswer::from_number).transpose()?,
        answer_reason: seat.answer_reason.clone().filter(|_| own),
    })
}

/// Who came. An item of the agenda that does not show is not named as what somebody left for either.
pub(super) fn attendance_view(held: &Held, agenda: &[AgendaItemId]) -> Result<Vec<AttendanceView>, Fault> {
    let shows = |id: &AgendaItemId| agenda.contains(id);
    let view = |row: &AttendanceRow| {
        Ok(AttendanceView {
            id: AttendanceId::from_uuid(row.id),
            agency: AgencyId::from_uuid(row.agency_id),
            person: UserId::from_uuid(row.account_id),
            capacity: Capacity::from_number(row.capacity).map_err(|_| Fault::Stored)?,
            arrived_at: row.arrived_at,
            departed_at: row.departed_at,
            left_for: row.departed_part.map(AgendaItemId::from_uuid).filter(shows),
            undertaking: row.undertaking.clone(),
            undertaken_at: row.undertaken_at,
        })
    };
    held.attendance.iter().map(view).collect()
}

/// An item whose words do not show is left out: nothing tells that it is there.
pub(super) fn agenda_view<R: Resource>(held: &Held, grant: &Grant<'_, R>) -> Result<Vec<AgendaView>, Fault> {
    let mut views = Vec::new();
    for AgendaRow { id, code, document_id } in &held.agenda {
        let id = AgendaItemId::from_uuid(*id);
        let Some(document) = document_id else {
            if grant.sees_circle() {
                views.push(AgendaView { id, code: code.clone(), title: None });
            }
            continue;
        };
        let Some(file) = &held.file else { continue };
        let Some(row) = current(&file.documents, DocumentKind::AgendaItem, *document, grant) else {
            continue;
        };
        let sealed = held.bodies.get(document).ok_or(Fault::Stored)?;
        let read = |plain: &[u8]| serde_json::from_slice(plain).ok();
        let kind = DocumentKind::AgendaItem.wire();
        if let Some(text) = grant.unseal(&row.label()?, kind, &body_place(*document), sealed, read)? {
            let title =
                TitleView { person: PersonId::from_uuid(row.person_id), category: row.category()?, text };
            views.push(AgendaView { id, code: None, title: Some(title) });
        }
    }
    Ok(views)
}
