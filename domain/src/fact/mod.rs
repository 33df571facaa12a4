//! Facts: one statement by one agency about one person. A correction is a new fact.

mod find;
mod history;
mod record;
mod retract;
mod vault;

pub use find::{FactRecord, find, find_for_change};
pub use history::{FactHistory, HistoryView, find_history};
pub use record::{FactRecorded, NewFact, record};
pub use retract::{FactRetracted, retract};
pub use vault::{FactVaulted, vault};
