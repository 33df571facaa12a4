//! Disclosures without consent (*levées de confidentialité*): one agency's lawful act about its own
//! facts, under one dated legal basis, recorded in full.

mod incomplete;
mod items;
mod list;
mod make;
mod record;
mod register;
mod renew;
mod revoke;

pub use incomplete::{IncompleteView, find_incomplete};
pub use list::{DisclosureView, Disclosures, DisclosuresView, ItemView, RecipientView, find_all};
pub use make::{DocumentItem, FactItem, Made, NewDisclosure, NewItem, NewRecipient, NewRecord, make};
pub(crate) use make::{weigh, write};
pub use record::{RecordCompleted, complete};
pub use register::{RegisterView, find_register};
pub use renew::{NewFactsView, Renewal, SinceDocument, SinceFact, SinceView, find_renewal};
pub use revoke::{DisclosureRecord, Revoked, find, revoke};

use authz::keys::Place;
use uuid::Uuid;

use crate::closed::closed;

closed! {
    /// How something was told.
    Channel {
        /// Through the platform.
        Platform = 0 "platform",
        /// Aloud, at a meeting.
        Oral = 1 "oral",
    }
}

/// Where the seven-point record of an act is sealed.
pub(crate) const fn record_place(act: Uuid) -> Place {
    Place { table: "disclosure", column: "record_sealed", row: act }
}
