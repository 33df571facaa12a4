//! Instruments of risk appraisal (*outils d'appréciation du risque*) as versioned data, and their engine.
//!
//! The engine counts, weighs and bounds; it decides nothing. A level is always a person's
//! (`domain::instrument::Judgement`). An unknown answer is never a *no*: it leaves open what it may be.

mod answer;
mod check;
mod compare;
mod definition;
mod level;
mod licence;
mod outcome;
mod read;
mod stored;

use std::{ops::Deref, sync::LazyLock};

pub use answer::{Answer, Answers, Domain, Given, Informant, Says};
pub use compare::{Change, Comparison, Direction, Due, Point, trend};
pub use definition::{
    AtLeast, Band, BeliefCondition, Condition, Definition, Group, Item, ItemsCondition, Method, Prorating,
    Provenance, Score, Text, Trigger,
};
pub use level::{Judgement, Level, Stance, Suggestion};
pub use licence::Unusable;
pub use outcome::{Bounds, Inclusion, Outcome, Prorated, TriggerOutcome, Way};
pub use read::{Flaw, What, read};
pub(crate) use stored::Library;
pub use stored::{InstrumentImported, import};

use crate::validation::{Invalid, Rule, Shape};

/// An instrument that was checked: the only kind that is evaluated.
#[derive(Debug, Clone)]
pub struct Instrument(Definition);

impl Deref for Instrument {
    type Target = Definition;
    fn deref(&self) -> &Definition {
        &self.0
    }
}

/// Why the shipped instruments do not load; found by the tests, and said again at start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("instrument {place}: {flaw}")]
pub struct InstrumentError {
    place: usize,
    flaw: Flaw,
}

pub(crate) const SHIPPED: &[&str] = &[
    include_str!("../../data/instruments/cir-generique.json"),
    include_str!("../../data/instruments/danger-immediat.json"),
];

static BUILT_IN: LazyLock<Result<Vec<Instrument>, InstrumentError>> = LazyLock::new(|| {
    let read_one = |(place, text): (usize, &&str)| {
        read(text).map_err(|flaws| InstrumentError {
            place,
            flaw: flaws.into_iter().next().unwrap_or_else(|| Flaw::whole(Shape::OtherForm)),
        })
    };
    SHIPPED.iter().enumerate().map(read_one).collect()
});

impl Instrument {
    /// The shipped instruments. Ask once at start, and do not start on an error.
    ///
    /// # Errors
    /// When one of them is not sound.
    pub fn built_in() -> Result<&'static [Self], InstrumentError> {
        BUILT_IN.as_deref().map_err(Clone::clone)
    }

    /// The shipped instruments, or none where they do not load: error means no.
    pub fn all() -> &'static [Self] {
        BUILT_IN.as_deref().unwrap_or(&[])
    }

    /// The shipped instrument of that code; its newest version, if none is said.
    pub fn named(code: &str, version: Option<i16>) -> Option<&'static Self> {
        let versions = Self::all().iter().filter(|built| built.code == code);
        versions
            .filter(|built| version.is_none_or(|version| built.version == version))
            .max_by_key(|built| built.version)
    }

    /// Are these answers to items of this instrument, within their domains, without contradiction?
    ///
    /// # Errors
    /// Everything that is wrong, with pointers into the answers.
    pub fn check_answers(&self, answers: &Answers) -> Result<(), Vec<Invalid>> {
        let mut wrong = Vec::new();
        for (id, given) in answers {
            match self.item(id) {
                None if check::is_item_id(id) => wrong.push(Invalid::at(format!("/{id}"), Rule::UnknownItem)),
                // What is no item's name may be anything, a value included.
                None => wrong.push(Invalid::at("", Rule::UnknownItem)),
                Some(item) if !item.answers.takes(given.answer) => {
                    wrong.push(Invalid::at(format!("/{id}/answer"), Rule::AnswerOutsideDomain));
                }
                Some(_) => {}
            }
        }
        for set in &self.exclusive {
            let mut there =
                set.iter().filter(|id| answers.get(*id).is_some_and(|g| g.answer.says() == Says::Full));
            if let (Some(_), Some(second)) = (there.next(), there.next()) {
                wrong.push(Invalid::at(format!("/{second}"), Rule::AnswersExclude));
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }
}

#[cfg(test)]
mod tests;
