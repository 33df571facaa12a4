//! The confidentiality undertaking (*engagement de confidentialité*): dated text, agreed to on arrival.

use std::sync::LazyLock;

use authz::fault::Fault;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::wording::Wording;

/// The undertaking that holds now.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Undertaking {
    /// Which version.
    pub version: String,
    /// Its words, in both languages.
    #[schema(value_type = Object)]
    pub text: Wording,
}

static CURRENT: LazyLock<Option<Undertaking>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../data/undertaking.json")).ok());

impl Undertaking {
    /// The version that is agreed to from now on.
    ///
    /// # Errors
    /// When the shipped text is not right; a test proves that it is.
    pub fn current() -> Result<&'static Self, Fault> {
        CURRENT.as_ref().ok_or(Fault::Stored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_undertaking_reads_in_both_languages() {
        assert!(Undertaking::current().is_ok());
    }
}
