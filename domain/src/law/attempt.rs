//! A disclosure somebody is about to record, and the proof that its basis allows it.

use std::collections::BTreeMap;

use authz::id::PersonId;
use authz::vocabulary::{AgencyKind, Capacity, Category, Expiry, SubjectRole};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{BasisVersion, Regime};

/// What the check of a basis needs to know of an act.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// The disclosing agency.
    pub invoker: Invoker,
    /// The receiving agencies, in the order given.
    pub recipients: &'a [Recipient],
    /// What is disclosed, in the order given.
    pub items: &'a [Item],
    /// The answers to the conditions, by condition id.
    pub attestations: &'a BTreeMap<String, Answer>,
    /// How the act's reach ends.
    pub expires: Expiry,
    /// Until when, if said.
    pub until: Option<DateTime<Utc>>,
    /// When the act is done.
    pub at: DateTime<Utc>,
}

/// The agency that discloses.
#[derive(Debug, Clone, Copy)]
pub struct Invoker {
    /// What it does.
    pub kind: AgencyKind,
    /// Which statute governs it.
    pub regime: Regime,
}

/// An agency that receives.
#[derive(Debug, Clone, Copy)]
pub struct Recipient {
    /// What it does.
    pub kind: AgencyKind,
    /// In which capacity it receives.
    pub capacity: Capacity,
}

/// One thing disclosed: a fact, or the (person, category) pair of an agreement.
#[derive(Debug, Clone, Copy)]
pub struct Item {
    /// Its category.
    pub category: Category,
    /// The person it is about.
    pub person: PersonId,
    /// What that person is in the file.
    pub role: SubjectRole,
}

/// The answer to one condition.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// To an attestation.
    Yes(bool),
    /// To a choice, a text or a reference.
    Words(String),
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("•••")
    }
}

/// Proof that a basis allows an act; made by [`BasisVersion::check`] only.
#[derive(Debug, Clone, Copy)]
pub struct Cleared {
    pub(super) basis: &'static BasisVersion,
    pub(super) until: DateTime<Utc>,
    pub(super) directive_missing: bool,
}

impl Cleared {
    /// The wording of the law that allows it.
    pub const fn basis(&self) -> &'static BasisVersion {
        self.basis
    }

    /// When its reach ends: as asked, or the end of the reading time.
    pub const fn until(&self) -> DateTime<Utc> {
        self.until
    }

    /// The agency's directive should have been cited and was not: warn, and tell its privacy
    /// officer. Never a reason to refuse.
    pub const fn directive_missing(&self) -> bool {
        self.directive_missing
    }
}
