//! What a message is about.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::wording::{Lang, Wording};

/// A message, for whom it is addressed to.
pub struct Message;

macro_rules! kinds {
    ($($(#[$doc:meta])+ $name:ident = $wire:literal $($urgent:ident)?),+ $(,)?) => {
        /// What happened. One line each, marked `urgent` when neither quiet hours nor the mail of the day may
        /// hold it back, and its sentence in `data/messages.json`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum MessageKind { $($(#[$doc])+ $name),+ }

        impl MessageKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// As it is stored and sent.
            #[must_use]
            pub const fn wire(self) -> &'static str { match self { $(Self::$name => $wire),+ } }

            /// Is it announced at once, at any hour?
            #[must_use]
            pub const fn urgent(self) -> bool {
                match self { $(Self::$name => kinds!(@urgent $($urgent)?)),+ }
            }

            /// Reads a stored kind.
            pub(crate) fn stored(wire: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.wire() == wire)
            }
        }
    };
    (@urgent urgent) => { true };
    (@urgent) => { false };
}

kinds! {
    /// The agency is in the circle of a file.
    FileJoined = "file.joined",
    /// A file was closed.
    FileClosed = "file.closed",
    /// A file was reopened.
    FileReopened = "file.reopened",
    /// A file was merged into another.
    FileMerged = "file.merged",
    /// Somebody is recused.
    Recusal = "file.recusal",
    /// A recused person tried to open the file.
    RecusalAttempt = "recusal.attempt",
    /// A consent or refusal that names the agency.
    ConsentRecorded = "consent.recorded",
    /// A consent that concerned the agency was taken back.
    ConsentWithdrawn = "consent.withdrawn",
    /// A refusal that kept something from the agency was taken back.
    RefusalWithdrawn = "refusal.withdrawn",
    /// A disclosure to the agency.
    DisclosureMade = "disclosure.made",
    /// A disclosure to the agency was ended.
    DisclosureRevoked = "disclosure.revoked",
    /// A situation is brought to the cell without identity.
    MobilisationBrought = "mobilisation.brought",
    /// The committee is called.
    MobilisationAnalysis = "mobilisation.analysis",
    /// The cell is triggered.
    MobilisationTriggered = "mobilisation.triggered" urgent,
    /// A situation is not retained.
    MobilisationDismissed = "mobilisation.dismissed",
    /// Identity is open to the coordination.
    MobilisationIdentity = "mobilisation.identity",
    /// A reminder was followed by nothing, or could reach nobody.
    ReminderEscalated = "reminder.escalated",
    /// An action is entrusted to somebody.
    ActionAgreed = "mobilisation.action_agreed",
    /// An action is about to be due.
    ActionDue = "mobilisation.action_due",
    /// An action is overdue.
    ActionOverdue = "mobilisation.action_overdue",
    /// An action could not be done.
    ActionFailed = "mobilisation.action_failed",
    /// A step of a mobilisation is overdue.
    MobilisationOverdue = "mobilisation.overdue",
    /// The safety net is agreed on.
    MobilisationPlanned = "mobilisation.planned",
    /// The safety net was looked at again.
    MobilisationReviewed = "mobilisation.reviewed",
    /// Something new asks for a new appraisal.
    MobilisationReappraisal = "mobilisation.reappraisal",
    /// A mobilisation is closed.
    MobilisationClosed = "mobilisation.closed",
    /// A closed mobilisation goes on again.
    MobilisationReopened = "mobilisation.reopened",
    /// A new event brings a situation back before the cell.
    MobilisationRepeat = "mobilisation.repeat",
    /// Another cell entrusts a situation.
    MobilisationReceived = "mobilisation.received",
    /// A situation is entrusted to another cell.
    MobilisationTransferred = "mobilisation.transferred",
    /// Somebody is called to a meeting of the cell.
    MeetingConvened = "mobilisation.meeting",
    /// The same, at once.
    MeetingEmergency = "mobilisation.meeting_emergency" urgent,
    /// A meeting is at another time or place.
    MeetingChanged = "mobilisation.meeting_changed",
    /// A meeting is called off.
    MeetingCancelled = "mobilisation.meeting_cancelled",
}

static SENTENCES: LazyLock<BTreeMap<String, Wording>> = LazyLock::new(|| read().unwrap_or_default());

fn read() -> Result<BTreeMap<String, Wording>, serde_json::Error> {
    serde_json::from_str(include_str!("../../data/messages.json"))
}

/// Does a message of this kind lead to a mobilisation? Every other leads to a file.
pub(super) fn of_mobilisation(kind: &str) -> bool {
    kind.starts_with("mobilisation.")
}

/// The sentence of a kind of message. It never holds anything of a case.
pub(super) fn sentence(kind: &str, lang: Lang) -> String {
    SENTENCES.get(kind).map_or(kind, |wording| wording.get(lang)).to_owned()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn every_kind_has_its_sentence_and_every_sentence_its_kind() {
        let mut kinds: Vec<_> = MessageKind::ALL.iter().map(|kind| kind.wire()).collect();
        kinds.sort_unstable();
        assert_eq!(read().unwrap().keys().map(String::as_str).collect::<Vec<_>>(), kinds);
    }

    #[test]
    fn only_what_calls_the_cell_together_at_once_is_urgent() {
        let urgent: Vec<_> =
            MessageKind::ALL.iter().filter(|kind| kind.urgent()).map(|kind| kind.wire()).collect();
        assert_eq!(urgent, ["mobilisation.triggered", "mobilisation.meeting_emergency"]);
    }
}
