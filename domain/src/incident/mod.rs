//! Confidentiality incidents (*incidents de confidentialité*): the register that the law asks of every agency, even of
//! the smallest incident (A-2.1, r. 3.1, s. 7, r. 1, s. 15). Kept five years at least after the agency knew.

mod amend;
mod close;
mod enter;
mod find;
mod record;

pub use amend::{IncidentAmended, amend};
pub use close::{IncidentClosed, close};
pub use enter::{IncidentEntered, enter};
pub use find::{
    Incident, IncidentLine, IncidentRegister, IncidentVersion, IncidentView, IncidentsView, find, find_all,
    find_for_change, find_register, find_waiting,
};
pub use record::{Awaited, IncidentRecord, NewIncident};
