//! Consents: what a person said yes and no to, recorded as plainly as it was said.

mod acknowledgements;
mod conversation;
mod list;
mod record;
mod withdraw;

pub use acknowledgements::{
    AcknowledgementView, Acknowledgements, AcknowledgementsView, find as find_acknowledgements,
};
pub use conversation::{ConversationRecorded, NewConversation, record_conversation};
pub use list::{ConsentView, Consents, ConsentsView, ProvisionView, find_all};
pub use record::{ConsentRecorded, Grantor, NewConsent, NewProvision, Recipient, Source, record};
pub use withdraw::{ConsentRecord, ConsentWithdrawn, SharedView, find, withdraw};

use authz::keys::Place;
use uuid::Uuid;

/// Where the words of a consent are sealed.
pub(crate) const fn words_place(consent: Uuid) -> Place {
    Place { table: "consent", column: "words_sealed", row: consent }
}
