//! What a message is about.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::wording::{Lang, Wording};

/// A message, for whom it is addressed to.
pub struct Message;

macro_rules! kinds {
    ($($(#[$doc:meta])+ $name:ident = $wire:literal),+ $(,)?) => {
        /// What happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum MessageKind { $($(#[$doc])+ $name),+ }

        impl MessageKind {
            /// Every kind.
            #[cfg(test)]
            const ALL: &'static [Self] = &[$(Self::$name),+];

            /// As it is stored and sent.
            pub(crate) const fn wire(self) -> &'static str { match self { $(Self::$name => $wire),+ } }
        }
    };
}

kinds! {
    /// The agency is in the circle of a file.
    FileJoined = "file.joined",
    /// A file was closed.
    FileClosed = "file.closed",
    /// A file was reopened.
    FileReopened = "file.reopened",
    /// Somebody is recused.
    Recusal = "file.recusal",
    /// A recused person tried to open the file.
    RecusalAttempt = "recusal.attempt",
    /// A consent or refusal that names the agency.
    ConsentRecorded = "consent.recorded",
    /// A consent that named the agency was taken back.
    ConsentWithdrawn = "consent.withdrawn",
    /// A disclosure to the agency.
    DisclosureMade = "disclosure.made",
    /// A disclosure to the agency was ended.
    DisclosureRevoked = "disclosure.revoked",
    /// A situation is brought to the cell without identity.
    MobilisationBrought = "mobilisation.brought",
    /// The committee is called.
    MobilisationAnalysis = "mobilisation.analysis",
    /// The cell is triggered.
    MobilisationTriggered = "mobilisation.triggered",
    /// A situation is not retained.
    MobilisationDismissed = "mobilisation.dismissed",
    /// Identity is open to the coordination.
    MobilisationIdentity = "mobilisation.identity",
    /// Somebody is called to a meeting of the cell.
    MeetingConvened = "mobilisation.meeting",
    /// The same, at once.
    MeetingEmergency = "mobilisation.meeting_emergency",
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
}
