//! Meetings of a cell (*rencontres de cellule*) around one situation whose identity is open: who is called, what each
//! agency answers and brings, who is in the room, what is told aloud and on what, what is decided, and minutes that
//! show each reader what the gate shows. Being called to a table opens nothing of a file.

mod agenda;
mod answer;
mod attend;
mod change;
mod communications;
mod contribute;
mod convene;
mod find;
mod invitation;
mod list;
mod minutes;
mod pulse;
mod rows;
mod seats;
mod sit;
mod tell;
mod told;
mod undertaking;
mod view;
mod words;

pub use agenda::{AgendaSet, NewAgenda, Title, set_agenda};
pub use answer::{NewAnswer, NewReply, Replied, answer, reply};
pub use attend::{Attended, Departed, NewAttendance, NewDeparture, attend, leave};
pub use change::{MeetingMoved, MeetingPatch, cancel, change};
pub use communications::{CommunicationView, CommunicationsView, find_communications};
pub(crate) use contribute::{ContributionBody, DecisionBody};
pub use contribute::{Kept, NewContribution, NewMeetingDecision, contribute, decide};
pub use convene::{Convened, NewMeeting, convene};
pub(crate) use convene::{invitation_uid, is_late, padded_line};
pub use find::{find, find_for_change};
pub use invitation::{Invitation, InvitationView, find_invitation};
pub use list::{MeetingHeadView, Meetings, find_all, find_called};
pub use minutes::{
    ContributionView, Contributions, ContributionsView, DecisionView, LabelView, Minutes, MinutesView,
    find_contributions, find_minutes,
};
pub use pulse::{Pulse, PulseView, find_pulse};
pub use seats::NewSeat;
pub use sit::{NewOpening, Sat, close, open};
pub use tell::{NewTelling, Told, tell_aloud};
pub use told::{OralDisclosureView, OralDisclosures, OralDisclosuresView, find_told};
pub use undertaking::Undertaking;
pub use view::{AgendaView, AttendanceView, Meeting, MeetingView};
pub(crate) use view::{link_place, place_place};
pub use words::{AgencyAnswer, Certainty, DecisionKind, MeetingKind, Mode, Reply, Stage};
