//! The access log: what one row says, and the two ways a row gets there.
//!
//! A read hands its rows to the batching [`writer`]; a command inserts its rows in its own
//! transaction. Both go through the one database function that may append.

mod insert;
mod own;
mod proving;
mod reader;
mod under;
mod view;
mod writer;

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

pub(crate) use insert::insert;
pub use insert::insert_told;
pub use own::{EarlierReading, EarlierRow, earlier_row};
pub use proving::{
    PartView, Pass, ProofView, ProvenView, Signed, find_proof, find_proven, forget_log, log_key, sign_log,
};
pub use under::{ReadUnder, read_under};
pub use view::{EventContent, EventView, EventsView, FileEvents, Filter, find_events, find_file_events};
pub use writer::{LogUnavailable, LogWriter};

use crate::{
    gate::Basis,
    id::{AgencyId, CellId, FileId, RequestId, SessionId, UserId},
    vocabulary::Purpose,
};

/// How an access ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Something was shown or done.
    Allowed,
    /// Answered as if it did not exist.
    Absent,
    /// Refused with a reason the caller may know.
    Refused,
    /// The program failed.
    Fault,
}

impl Outcome {
    /// The number the log holds.
    #[must_use]
    pub const fn number(self) -> i16 {
        match self {
            Self::Allowed => 0,
            Self::Absent => 1,
            Self::Refused => 2,
            Self::Fault => 3,
        }
    }
}

/// Which fields of which person were shown, from which source and on which basis. Never a value.
#[derive(Debug, Clone, Serialize)]
pub struct DisclosedPart {
    /// Handle of the person.
    pub person: Uuid,
    /// The agency whose facts these are.
    pub source: AgencyId,
    /// `own`, `consent` or `disclosure`.
    pub basis: &'static str,
    /// Id of the consent or act; `own` has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis_id: Option<Uuid>,
    /// Names of catalogue fields, or of document kinds.
    pub fields: Vec<&'static str>,
}

impl DisclosedPart {
    /// Adds one shown field to a list, beside its equals; a name stands there once.
    pub(crate) fn note(
        parts: &mut Vec<Self>,
        person: Uuid,
        source: AgencyId,
        basis: &Basis<Uuid>,
        field: &'static str,
    ) {
        let (basis, basis_id) = match basis {
            Basis::Own => ("own", None),
            Basis::Consent(id) => ("consent", Some(*id)),
            Basis::Disclosure(id) => ("disclosure", Some(*id)),
        };
        let twin = parts.iter_mut().find(|part| {
            part.person == person && part.source == source && part.basis == basis && part.basis_id == basis_id
        });
        match twin {
            Some(part) if part.fields.contains(&field) => {}
            Some(part) => part.fields.push(field),
            None => parts.push(Self { person, source, basis, basis_id, fields: vec![field] }),
        }
    }
}

/// One row before it is written. The database gives it its id and its recording time.
#[derive(Debug, Clone)]
pub struct Event {
    /// When it happened, in the domain's time.
    pub occurred_at: DateTime<Utc>,
    /// Who; nobody before sign-in.
    pub actor: Option<UserId>,
    /// For which agency.
    pub agency: Option<AgencyId>,
    /// In which session.
    pub session: Option<SessionId>,
    /// The declared purpose.
    pub purpose: Option<Purpose>,
    /// What was attempted, as `noun.verb`.
    pub act: &'static str,
    /// The kind of thing.
    pub object_kind: &'static str,
    /// Handle of the thing asked for, whether or not it exists.
    pub object: Option<Uuid>,
    /// The risk file concerned, when it is about one.
    pub file: Option<FileId>,
    /// The cell it belongs to, when known.
    pub cell: Option<CellId>,
    /// How it ended.
    pub outcome: Outcome,
    /// What was shown.
    pub disclosed: Vec<DisclosedPart>,
    /// Version of the policy that decided.
    pub policy: std::sync::Arc<str>,
    /// The HTTP request, or command, it belongs to.
    pub request: RequestId,
}
