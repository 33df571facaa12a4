//! Who may pass which door. Nothing about fields is decided here: that is the gate.

use uuid::Uuid;

use super::{Door, Frame, ProcessScope, Room};
use crate::{
    fault::Denied,
    gate::{Decision, Gate, Visibility},
    id::{AgencyId, CellId},
    standing::Standing,
    vocabulary::{Role, RoleSet},
};

/// How much of a log its reader sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogReach {
    /// Every row of the cells the reader audits.
    Audited,
    /// The acts of the own agency's people and the readings of its facts; of others, that they exist.
    OwnAgency,
}

/// May the viewer pass this door of a file?
pub(super) fn to_file(
    door: Door,
    visibility: Visibility,
    recused: bool,
    roles: RoleSet,
) -> Result<(), Denied> {
    match door {
        Door::Content if visibility == Visibility::Absent => Err(Denied::Hidden),
        Door::Content if roles.iter().any(Role::has_content) => Ok(()),
        Door::Content => Err(Denied::NoContentRole),
        // The conflict rule stands before every role, the auditor's too.
        _ if recused => Err(Denied::Hidden),
        Door::FileLog => log_reach(visibility, roles).map(|_| ()),
        Door::Recusals if visibility == Visibility::Absent => Err(Denied::Hidden),
        Door::Recusals if roles.acts_as(Role::Coordinator) => Ok(()),
        Door::Recusals | Door::Room => Err(Denied::Refused { rule: "file.recusals" }),
    }
}

/// May the viewer know of this process, or of a meeting of it that the viewer is called to by name? `visibility` is
/// that of its file, once identity is open.
pub(super) fn to_process(
    process: &ProcessScope,
    visibility: Option<Visibility>,
    called: bool,
    standing: &Standing,
) -> Result<(), Denied> {
    let roles = standing.roles_in(process.cell);
    let recused = process.file.as_ref().is_some_and(|file| file.recused.contains(&standing.human()));
    if recused || roles.is_empty() {
        return Err(Denied::Hidden);
    }
    let knows = called
        || process.brought_by == standing.agency()
        || visibility == Some(Visibility::Circle)
        || (process.shared && (roles.acts_as(Role::Committee) || roles.acts_as(Role::Coordinator)));
    if knows && !roles.acts_as(Role::Worker) {
        Err(Denied::NoContentRole)
    } else if knows {
        Ok(())
    } else {
        Err(Denied::Hidden)
    }
}

/// May the viewer know of the frame of a record inside a file: that it exists, whose it is, where it stands?
///
/// Inside the circle: the agency that answers for it, the coordination, and whoever the gate would show one of its
/// labels, about a person the viewer may know of.
pub(super) fn to_frame(
    frame: &Frame,
    gate: &Gate<'_, Uuid>,
    persons: &[(Uuid, Option<Vec<Uuid>>)],
    standing: &Standing,
    roles: RoleSet,
) -> bool {
    let agency = standing.agency();
    gate.visibility() == Visibility::Circle
        && ((frame.owner == agency && roles.acts_as(Role::Worker))
            || roles.acts_as(Role::Coordinator)
            || frame.labels.iter().any(|label| {
                knows_person(persons, label.subject, agency)
                    && matches!(gate.decide(label), Decision::Disclosed(_))
            }))
}

/// Inside the circle: is this person on the file, and not vaulted away from the agency?
pub(super) fn knows_person(persons: &[(Uuid, Option<Vec<Uuid>>)], person: Uuid, agency: AgencyId) -> bool {
    persons
        .iter()
        .find(|(id, _)| *id == person)
        .is_some_and(|(_, vault)| vault.as_ref().is_none_or(|named| named.contains(&agency.uuid())))
}

/// How far a file's log opens to these roles.
pub(super) fn log_reach(visibility: Visibility, roles: RoleSet) -> Result<LogReach, Denied> {
    if roles.has(Role::Auditor) {
        Ok(LogReach::Audited)
    } else if visibility == Visibility::Absent {
        Err(Denied::Hidden)
    } else if roles.has(Role::PrivacyOfficer) {
        Ok(LogReach::OwnAgency)
    } else {
        Err(Denied::Refused { rule: "file.access_log" })
    }
}

/// May the viewer enter this room?
pub(super) fn to_room(room: Room, standing: &Standing) -> Result<(), Denied> {
    let everywhere = standing.roles_anywhere();
    let refused = |rule| Err(Denied::Refused { rule });
    match room {
        Room::SignedIn => Ok(()),
        Room::Holder(user) if user == standing.user() => Ok(()),
        Room::PrivacyEntry(agency, _)
            if agency == standing.agency() && everywhere.has(Role::PrivacyOfficer) =>
        {
            Ok(())
        }
        Room::Holder(_) | Room::PrivacyEntry(..) => Err(Denied::Hidden),
        Room::Cell(cell) => in_cell(cell, standing),
        Room::Statistics(cell) => to_statistics(standing.roles_in(cell)),
        Room::Register(agency) | Room::Accounts(agency) | Room::Privacy(agency, _)
            if agency != standing.agency() =>
        {
            Err(Denied::Hidden)
        }
        Room::Register(_) if everywhere.has(Role::PrivacyOfficer) || everywhere.acts_as(Role::Respondent) => {
            Ok(())
        }
        Room::Register(_) => refused("register.read"),
        Room::Privacy(..) if everywhere.has(Role::PrivacyOfficer) => Ok(()),
        Room::Privacy(..) => refused("register.privacy"),
        Room::Log | Room::Rehearsal
            if everywhere.has(Role::Auditor) || everywhere.has(Role::PrivacyOfficer) =>
        {
            Ok(())
        }
        Room::Log => refused("access_log.read"),
        Room::Rehearsal => refused("policy.rehearsal"),
        Room::Accounts(_) | Room::Settings | Room::Agency(_) if everywhere.has(Role::Admin) => Ok(()),
        Room::Accounts(_) => refused("accounts.read"),
        Room::Settings | Room::Agency(_) => refused("settings.read"),
    }
}

fn to_statistics(roles: RoleSet) -> Result<(), Denied> {
    if roles.is_empty() {
        Err(Denied::Hidden)
    } else if roles.acts_as(Role::Coordinator) || roles.acts_as(Role::Committee) {
        Ok(())
    } else {
        Err(Denied::Refused { rule: "statistics.read" })
    }
}

fn in_cell(cell: CellId, standing: &Standing) -> Result<(), Denied> {
    if standing.roles_in(cell).is_empty() { Err(Denied::Hidden) } else { Ok(()) }
}
