//! Documents: texts of more than one value — an appraisal, what an agency shared at a meeting, a decision, an
//! attachment — that carry the label of a fact and pass the same gate.

mod current;
mod store;

pub(crate) use current::{Bodies, bodies, current, current_of};
pub(crate) use store::{NewDocument, Written, insert, seal_body, store};

use authz::{fault::Fault, keys::Place};
use uuid::Uuid;

macro_rules! kinds {
    ($($(#[$doc:meta])+ $name:ident = $number:literal $wire:literal),+ $(,)?) => {
        /// What a document is. Numbers are what the database holds; they are never reused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum DocumentKind { $($(#[$doc])+ $name),+ }

        impl DocumentKind {
            /// The number the database holds.
            pub const fn number(self) -> i16 { match self { $(Self::$name => $number),+ } }

            /// Its name in the log, where a fact has its field.
            pub const fn wire(self) -> &'static str { match self { $(Self::$name => $wire),+ } }

            /// Reads a stored number.
            ///
            /// # Errors
            /// When no kind has it: unknown means no.
            pub const fn from_number(number: i16) -> Result<Self, Fault> {
                match number { $($number => Ok(Self::$name),)+ _ => Err(Fault::Stored) }
            }
        }
    };
}

kinds! {
    /// An appraisal of risk (*appréciation du risque*).
    Appraisal = 0 "appraisal",
    /// What an agency shared for a meeting, or said at it (*apport*).
    Contribution = 1 "contribution",
    /// A decision of a meeting (*décision*).
    Decision = 2 "decision",
    /// Why a mobilisation moved on (*motifs*).
    Reasons = 3 "reasons",
    /// What an action of a safety net asks for (*mesure*).
    Action = 4 "action",
    /// What shows that an action was done (*suivi d'une mesure*).
    Evidence = 5 "evidence",
    /// A file attached (*pièce jointe*).
    Attachment = 6 "attachment",
    /// What a meeting is to speak of (*point à l'ordre du jour*).
    AgendaItem = 20 "agenda_item",
}

/// Where a document's body is sealed.
pub(crate) const fn body_place(document: Uuid) -> Place {
    Place { table: "document", column: "body_sealed", row: document }
}
