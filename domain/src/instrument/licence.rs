//! Whom the holder of the rights lets use an instrument.

use super::Instrument;
use crate::validation::Rule;

/// Why an instrument may not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// The licence does not name the agency.
    #[error("the licence does not name this agency")]
    Agency,
    /// The holder asks for training that was not attested.
    #[error("the training was not attested")]
    Training,
}

impl Unusable {
    /// Where the input would have to differ, as a JSON pointer.
    pub const fn pointer(self) -> &'static str {
        match self {
            Self::Agency => "/instrument",
            Self::Training => "/training_attested",
        }
    }

    /// The rule broken.
    pub const fn rule(self) -> Rule {
        match self {
            Self::Agency => Rule::LicenceDoesNotReach,
            Self::Training => Rule::TrainingNotAttested,
        }
    }
}

impl Instrument {
    /// Does the licence name this agency?
    pub fn permits(&self, agency_key: &str) -> bool {
        self.permitted_orgs.allows(&agency_key.to_owned())
    }

    /// May this agency use it, through somebody who attested to the training or did not?
    ///
    /// # Errors
    /// When the licence does not reach so far.
    pub fn may_use(&self, agency_key: &str, training_attested: bool) -> Result<(), Unusable> {
        if !self.permits(agency_key) {
            Err(Unusable::Agency)
        } else if self.training_required && !training_attested {
            Err(Unusable::Training)
        } else {
            Ok(())
        }
    }
}
