//! The law of disclosure without consent, as versioned and dated data.
//!
//! An act is checked against, and shown with, the wording in force when it was done.

mod attempt;
mod basis;
mod check;
mod regime;

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use chrono_tz::America::Toronto;

pub use attempt::{Answer, Attempt, Cleared, Invoker, Item, Recipient};
pub use basis::{
    BasisVersion, Choice, Condition, ConditionKind, Content, ContentRule, Effective, Invokers, Only,
    Precision, Recipients, Register, Status,
};
pub use check::READING_DAYS;
pub use regime::{Regime, UnknownRegime};

use crate::validation::Rule;

/// Every basis the program ships with.
#[derive(Debug)]
pub struct Law {
    versions: Vec<BasisVersion>,
}

/// Why the shipped law does not load; found by the tests, and said again at start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LawError {
    /// A file is not of the expected form.
    #[error("legal bases, file {file}: {reason}")]
    Form {
        /// The file's place among the shipped ones, from 0.
        file: usize,
        /// What the reader said; the files hold no personal data.
        reason: String,
    },
    /// A basis contradicts itself or another version of its code.
    #[error("legal basis {code}, version {version}: {fault}")]
    Basis {
        /// Its code.
        code: String,
        /// Its version.
        version: i16,
        /// What is wrong.
        fault: &'static str,
    },
}

const CONDITIONS: &str = include_str!("../../data/legal-bases/conditions.json");
const BASES: &[&str] = &[
    include_str!("../../data/legal-bases/quebec-emergency.json"),
    include_str!("../../data/legal-bases/reports.json"),
    include_str!("../../data/legal-bases/single-purposes.json"),
    include_str!("../../data/legal-bases/agreements-and-orders.json"),
];

static BUILT_IN: LazyLock<Result<Law, LawError>> = LazyLock::new(|| Law::read(CONDITIONS, BASES));

impl Law {
    /// The shipped law. Ask once at start, and do not start on an error.
    pub fn built_in() -> Result<&'static Self, LawError> {
        BUILT_IN.as_ref().map_err(Clone::clone)
    }

    /// Every version of every basis, in the order of publication.
    pub fn all() -> &'static [BasisVersion] {
        BUILT_IN.as_ref().map_or(&[], |law| &law.versions)
    }

    /// The wording of `code` in force at an instant.
    pub fn in_force(code: &str, at: DateTime<Utc>) -> Option<&'static BasisVersion> {
        let day = at.with_timezone(&Toronto).date_naive();
        Self::all().iter().find(|basis| basis.code == code && basis.holds_on(day))
    }

    /// The same, saying why there is none: an unknown code, or one without force at that instant.
    pub fn require(code: &str, at: DateTime<Utc>) -> Result<&'static BasisVersion, Rule> {
        Self::in_force(code, at).ok_or_else(|| {
            let known = Self::all().iter().any(|basis| basis.code == code);
            if known { Rule::BasisNotInForce } else { Rule::UnknownBasis }
        })
    }

    fn read(conditions: &str, files: &[&str]) -> Result<Self, LawError> {
        let form =
            |file: usize| move |error: serde_json::Error| LawError::Form { file, reason: error.to_string() };
        let conditions: basis::Conditions = serde_json::from_str(conditions).map_err(form(0))?;
        let mut law = Self { versions: Vec::new() };
        for (place, text) in files.iter().enumerate() {
            let bases: Vec<BasisVersion> = serde_json::from_str(text).map_err(form(place + 1))?;
            for basis in bases {
                law.add(basis, &conditions)?;
            }
        }
        Ok(law)
    }

    fn add(&mut self, mut basis: BasisVersion, conditions: &basis::Conditions) -> Result<(), LawError> {
        for id in &basis.conditions {
            if let Some(condition) = conditions.get(id) {
                basis.asks.push(Condition { id: id.clone(), ..condition.clone() });
            }
        }
        match basis.fault(&self.versions) {
            None => {
                self.versions.push(basis);
                Ok(())
            }
            Some(fault) => Err(LawError::Basis { code: basis.code, version: basis.version, fault }),
        }
    }
}

impl BasisVersion {
    /// What contradicts itself here, or the versions read before it.
    fn fault(&self, earlier: &[Self]) -> Option<&'static str> {
        let previous =
            earlier.iter().filter(|basis| basis.code == self.code).max_by_key(|basis| basis.version);
        let follows = previous.map_or(self.version == 1, |previous| {
            let ended_in_time = previous.effective.to.is_some_and(|end| end <= self.effective.from);
            self.version == previous.version + 1 && ended_in_time
        });
        let required = |id: &str| self.asks.iter().any(|asked| asked.id == id && asked.required);
        let cites_agreement = required("agreement_ref") || required("authorisation_ref");
        let cites_order = ["order_ref", "coroner_ref", "statute_ref"].into_iter().any(required);
        let asks_directive = self.asks.iter().any(|asked| asked.id == DIRECTIVE && !asked.required);
        let choices_fit =
            |asked: &Condition| asked.choices.is_empty() != (asked.kind == ConditionKind::Choice);
        [
            (self.asks.len() == self.conditions.len(), "names a condition that does not exist"),
            (!self.asks.is_empty(), "asks for nothing"),
            (follows, "does not follow the version before it"),
            (self.effective.to.is_none_or(|end| self.effective.from < end), "ends before it starts"),
            (
                cites_agreement == self.needs_agreement,
                "needs an agreement it does not ask for, or the reverse",
            ),
            (cites_order == self.needs_order, "needs an order it does not ask for, or the reverse"),
            (asks_directive == self.needs_directive, "needs a directive it does not ask for, or the reverse"),
            (self.asks.iter().all(choices_fit), "has a choice without choices, or the reverse"),
        ]
        .into_iter()
        .find_map(|(sound, fault)| (!sound).then_some(fault))
    }
}

/// The condition that cites the agency's directive: always optional, for no emergency waits for it.
const DIRECTIVE: &str = "directive_ref";

#[cfg(test)]
mod tests;
