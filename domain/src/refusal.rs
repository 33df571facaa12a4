//! Why a change was not made. Identifiers, enums and places in the input; never content.

use authz::{
    fault::{Fault, Stop},
    keys::KeyError,
};

use crate::validation::{Invalid, Rule};

/// Why a domain operation gave no result.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Refused by the rules, or failed.
    #[error(transparent)]
    Stop(#[from] Stop),
    /// The input is wrong.
    #[error("invalid input")]
    Invalid(Vec<Invalid>),
    /// The state does not allow it: the file is closed, the consent is withdrawn already.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// The state does not allow it, for a reason worth saying.
    #[error("blocked")]
    Blocked(Rule),
    /// The same, for a reason that holds so many times: how many is all that is said.
    #[error("blocked")]
    BlockedTimes(Rule, usize),
}

impl Refusal {
    /// One thing wrong at one place.
    #[must_use]
    pub fn invalid(pointer: &str, rule: Rule) -> Self {
        Self::Invalid(vec![Invalid::at(pointer, rule)])
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::Stop(Stop::Fault(fault))
    }
}

impl From<KeyError> for Refusal {
    fn from(error: KeyError) -> Self {
        Self::Stop(Stop::Fault(error.into()))
    }
}

impl From<diesel::result::Error> for Refusal {
    fn from(error: diesel::result::Error) -> Self {
        Self::Stop(error.into())
    }
}
