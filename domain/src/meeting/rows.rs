//! What the tables hold of one meeting.

use std::collections::HashSet;

use authz::{
    desk::{Owner, ProcessScope, TableScope},
    fault::{Fault, Stop},
    id::{AgencyId, MeetingId, UserId},
};
use chrono::{DateTime, Utc};
use diesel::{Queryable, Selectable};
use uuid::Uuid;

use super::{MeetingKind, Stage};
use crate::{
    document::Bodies,
    file::situation::Rows,
    mobilisation::MobilisationRow,
    refusal::Refusal,
    schema::{meeting, meeting_agenda, meeting_attendance, meeting_seat},
    validation::Rule,
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = meeting, check_for_backend(diesel::pg::Pg))]
pub(crate) struct MeetingRow {
    pub id: Uuid,
    pub mobilisation_id: Uuid,
    pub cell_id: Uuid,
    pub file_id: Uuid,
    pub kind: i16,
    pub mode: i16,
    pub starts_at: DateTime<Utc>,
    pub ends_at: Option<DateTime<Utc>>,
    pub place_sealed: Option<Vec<u8>>,
    pub link_sealed: Option<Vec<u8>>,
    pub invitation_uid: String,
    pub sequence: i32,
    pub late: bool,
    pub short_of_quorum: bool,
    pub convened_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    pub opened_at: Option<DateTime<Utc>>,
    pub chair: Option<Uuid>,
    pub closed_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
}

impl MeetingRow {
    pub const fn id(&self) -> MeetingId {
        MeetingId::from_uuid(self.id)
    }

    pub const fn kind(&self) -> Result<MeetingKind, Fault> {
        MeetingKind::from_number(self.kind)
    }

    pub const fn stage(&self) -> Stage {
        match (self.cancelled_at, self.closed_at, self.opened_at) {
            (Some(_), ..) => Stage::Cancelled,
            (None, Some(_), _) => Stage::Closed,
            (None, None, Some(_)) => Stage::Open,
            (None, None, None) => Stage::Convened,
        }
    }

    /// Only before it begins.
    pub const fn must_wait(&self) -> Result<(), Refusal> {
        match self.stage() {
            Stage::Convened => Ok(()),
            Stage::Open => Err(Refusal::Blocked(Rule::MeetingOpen)),
            Stage::Closed | Stage::Cancelled => Err(Refusal::Blocked(Rule::MeetingOver)),
        }
    }

    /// Only while people sit together.
    pub const fn must_be_open(&self) -> Result<(), Refusal> {
        match self.stage() {
            Stage::Open => Ok(()),
            Stage::Convened => Err(Refusal::Blocked(Rule::MeetingNotOpen)),
            Stage::Closed | Stage::Cancelled => Err(Refusal::Blocked(Rule::MeetingOver)),
        }
    }

    /// Before it and while people sit together.
    pub const fn must_live(&self) -> Result<(), Refusal> {
        match self.stage() {
            Stage::Convened | Stage::Open => Ok(()),
            Stage::Closed | Stage::Cancelled => Err(Refusal::Blocked(Rule::MeetingOver)),
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = meeting_seat, check_for_backend(diesel::pg::Pg))]
pub(crate) struct SeatRow {
    pub agency_id: Uuid,
    pub account_id: Uuid,
    pub substitute_id: Option<Uuid>,
    pub capacity: i16,
    pub admitted_at: Option<DateTime<Utc>>,
    pub reply: Option<i16>,
    pub answer: Option<i16>,
    pub answer_reason: Option<String>,
}

impl SeatRow {
    pub fn calls(&self, account: Uuid) -> bool {
        self.account_id == account || self.substitute_id == Some(account)
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = meeting_attendance, check_for_backend(diesel::pg::Pg))]
pub(crate) struct AttendanceRow {
    pub id: Uuid,
    pub agency_id: Uuid,
    pub account_id: Uuid,
    pub capacity: i16,
    pub arrived_at: DateTime<Utc>,
    pub undertaking: String,
    pub undertaken_at: DateTime<Utc>,
    pub departed_at: Option<DateTime<Utc>>,
    pub departed_part: Option<Uuid>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = meeting_agenda, check_for_backend(diesel::pg::Pg))]
pub(crate) struct AgendaRow {
    pub id: Uuid,
    pub code: Option<String>,
    pub document_id: Option<Uuid>,
}

/// A meeting with what belongs to it.
pub(crate) struct Held {
    pub head: MobilisationRow,
    pub meeting: MeetingRow,
    pub territory: (String, String),
    pub seats: Vec<SeatRow>,
    pub attendance: Vec<AttendanceRow>,
    pub agenda: Vec<AgendaRow>,
    pub documents: HashSet<Uuid>,
    pub file: Option<Rows>,
    pub bodies: Bodies,
}

impl Held {
    pub fn scope(&self) -> Result<TableScope, Stop> {
        let process = process_scope(&self.head, self.file.as_ref())?;
        let called = self.seats.iter().flat_map(|seat| [Some(seat.account_id), seat.substitute_id]);
        let seated = self.seats.iter().map(|seat| seat.agency_id);
        let attended = self.attendance.iter().map(|row| row.agency_id);
        Ok(TableScope {
            process,
            called: called.flatten().map(UserId::from_uuid).collect(),
            seated: seated.chain(attended).map(AgencyId::from_uuid).collect(),
        })
    }

    pub fn took_part(&self, agency: Uuid) -> bool {
        self.attendance.iter().any(|row| row.agency_id == agency)
    }
}

/// Who may know of a mobilisation and what hangs on it.
pub(crate) fn process_scope(head: &MobilisationRow, file: Option<&Rows>) -> Result<ProcessScope, Stop> {
    let file = match file {
        None => None,
        Some(rows) => Some(Box::new(rows.scope(Owner::Shared)?)),
    };
    let shared = head.state()?.is_shared();
    Ok(ProcessScope {
        cell: head.cell(),
        brought_by: head.brought_by(),
        shared,
        received: head.transferred_from.is_some(),
        file,
    })
}

/// Who is in the room now, an agency once each, in order of arrival.
pub(crate) fn present(attendance: &[AttendanceRow]) -> Vec<&AttendanceRow> {
    let mut agencies = HashSet::new();
    attendance.iter().filter(|row| row.departed_at.is_none() && agencies.insert(row.agency_id)).collect()
}
