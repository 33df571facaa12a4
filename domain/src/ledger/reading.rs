//! Reading what is to be entered: every part of it, so that all that is wrong is said at once.

use chrono::NaiveDate;

use crate::{
    refusal::Refusal,
    validation::{Invalid, Rule},
    value::{date, text},
};

/// Reads the parts of an input one by one, and keeps what is wrong with each.
#[derive(Default)]
pub(crate) struct Reading {
    wrong: Vec<Invalid>,
}

impl Reading {
    /// Words that must be there.
    pub fn words(&mut self, pointer: &str, given: &str) -> String {
        self.note(pointer, text::several_lines(given, text::LONGEST)).unwrap_or_default()
    }

    /// Words that may be there.
    pub fn maybe(&mut self, pointer: &str, given: Option<&str>) -> Option<String> {
        given.and_then(|given| self.note(pointer, text::several_lines(given, text::LONGEST)))
    }

    /// A day that must be there, and has come.
    pub fn past(&mut self, pointer: &str, given: &str, today: NaiveDate) -> Option<NaiveDate> {
        let day = self.note(pointer, date(given))?;
        self.check(pointer, day <= today, Rule::InTheFuture);
        Some(day)
    }

    /// A day that may be there, has come, and comes no earlier than another.
    pub fn later(
        &mut self,
        pointer: &str,
        given: Option<&str>,
        today: NaiveDate,
        first: Option<NaiveDate>,
    ) -> Option<NaiveDate> {
        let day = self.past(pointer, given?, today)?;
        self.check(pointer, first.is_none_or(|first| first <= day), Rule::WrongOrder);
        Some(day)
    }

    /// Notes that a rule is broken at a place, if it is.
    pub fn check(&mut self, pointer: &str, sound: bool, rule: Rule) {
        if !sound {
            self.wrong.push(Invalid::at(pointer, rule));
        }
    }

    /// What was read, if it could be.
    pub fn note<T>(&mut self, pointer: &str, read: Result<T, Rule>) -> Option<T> {
        read.map_err(|rule| self.wrong.push(Invalid::at(pointer, rule))).ok()
    }

    /// What was read, if nothing is wrong with it.
    pub fn end<T>(self, read: T) -> Result<T, Refusal> {
        if self.wrong.is_empty() { Ok(read) } else { Err(Refusal::Invalid(self.wrong)) }
    }
}
