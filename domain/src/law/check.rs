//! Does this basis allow this act? Asked once, when the act is recorded.

use authz::vocabulary::{Category, Expiry};
use chrono::{DateTime, TimeDelta, Utc};

use super::{Answer, Attempt, BasisVersion, Cleared, Condition, ConditionKind, DIRECTIVE};
use crate::validation::{Invalid, Rule};
use crate::value::text;

/// The reading time of a single act, in days: what is given when nothing is said, and the most.
pub const READING_DAYS: i64 = 30;

const LONGEST_REFERENCE: usize = 200;
const LONGEST_TEXT: usize = 1_000;

impl BasisVersion {
    /// Clears an act, or says everything that stands against it, with pointers into the act's body
    /// (`basis_code`, `recipients`, `items`, `attestations`, `expires`, `until`).
    ///
    /// Notes are never items; empty lists are refused; every condition is attested separately.
    pub fn check(&'static self, act: &Attempt<'_>) -> Result<Cleared, Vec<Invalid>> {
        let mut wrong = Vec::new();
        self.check_invoker(act, &mut wrong);
        self.check_recipients(act, &mut wrong);
        self.check_items(act, &mut wrong);
        self.check_attestations(act, &mut wrong);
        let until = self.end_of(act).map_err(|refused| wrong.push(refused)).ok();
        match until {
            Some(until) if wrong.is_empty() => {
                let directive_missing = self.needs_directive && !act.attestations.contains_key(DIRECTIVE);
                Ok(Cleared { basis: self, until, directive_missing })
            }
            _ => Err(wrong),
        }
    }

    fn check_invoker(&self, act: &Attempt<'_>, wrong: &mut Vec<Invalid>) {
        let mut refuse = |rule| wrong.push(Invalid::at("/basis_code", rule));
        if !self.holds_on(act.at.with_timezone(&chrono_tz::America::Toronto).date_naive()) {
            refuse(Rule::BasisNotInForce);
        }
        if !self.invokers.regimes.allows(&act.invoker.regime) {
            refuse(Rule::BasisRegime);
        } else if !self.invokers.kinds.allows(&act.invoker.kind) {
            refuse(Rule::BasisAgency);
        }
    }

    fn check_recipients(&self, act: &Attempt<'_>, wrong: &mut Vec<Invalid>) {
        if act.recipients.is_empty() {
            wrong.push(Invalid::at("/recipients", Rule::EmptyList));
        }
        for (at, recipient) in act.recipients.iter().enumerate() {
            if !self.recipients.kinds.allows(&recipient.kind) {
                wrong.push(Invalid::at(format!("/recipients/{at}"), Rule::RecipientNotAllowed));
            }
            if !self.recipients.capacities.allows(&recipient.capacity) {
                wrong.push(Invalid::at(format!("/recipients/{at}/capacity"), Rule::CapacityNotAllowed));
            }
        }
    }

    fn check_items(&self, act: &Attempt<'_>, wrong: &mut Vec<Invalid>) {
        let Some(first) = act.items.first() else {
            return wrong.push(Invalid::at("/items", Rule::EmptyList));
        };
        for (at, item) in act.items.iter().enumerate() {
            let rule = if item.category == Category::Notes {
                Rule::NotesNeverDisclosed
            } else if !self.content.categories.allows(&item.category) {
                Rule::CategoryNotAllowed
            } else if !self.content.subjects.allows(&item.role) {
                Rule::SubjectNotAllowed
            } else if self.content.one_person && item.person != first.person {
                Rule::SeveralPersons
            } else {
                continue;
            };
            wrong.push(Invalid::at(format!("/items/{at}"), rule));
        }
        let on_topic = act.items.iter().any(|item| self.content.includes_category.allows(&item.category))
            && act.items.iter().any(|item| self.content.includes_subject.allows(&item.role));
        if !on_topic {
            wrong.push(Invalid::at("/items", Rule::ContentOffBasis));
        }
    }

    fn check_attestations(&self, act: &Attempt<'_>, wrong: &mut Vec<Invalid>) {
        for asked in &self.asks {
            let broken = match act.attestations.get(&asked.id) {
                None => asked.required.then_some(Rule::NotAttested),
                Some(answer) => asked.refusal_of(answer),
            };
            wrong.extend(broken.map(|rule| Invalid::at(format!("/attestations/{}", asked.id), rule)));
        }
        let is_asked = |id: &str| self.asks.iter().any(|asked| asked.id == id);
        let strangers = act.attestations.keys().filter(|id| !is_asked(id));
        wrong.extend(strangers.map(|id| Invalid::unknown_member(id).under("/attestations")));
    }

    /// When the act's reach ends.
    fn end_of(&self, act: &Attempt<'_>) -> Result<DateTime<Utc>, Invalid> {
        if act.expires != self.expires {
            return Err(Invalid::at("/expires", Rule::ExpiryNotAllowed));
        }
        let refuse = |rule| Invalid::at("/until", rule);
        let longest =
            act.at.checked_add_signed(TimeDelta::days(READING_DAYS)).ok_or(refuse(Rule::OutOfRange))?;
        match (act.until, act.expires) {
            (Some(until), _) if until <= act.at => Err(refuse(Rule::WrongOrder)),
            (Some(until), Expiry::SingleAct) if until > longest => Err(refuse(Rule::ReadingTimeTooLong)),
            (Some(until), _) => Ok(until),
            (None, Expiry::SingleAct) => Ok(longest),
            (None, Expiry::AgreementEnd) => Err(refuse(Rule::Missing)),
        }
    }
}

impl Condition {
    /// Which rule an answer breaks, if any.
    fn refusal_of(&self, answer: &Answer) -> Option<Rule> {
        match (self.kind, answer) {
            (ConditionKind::Attest, Answer::Yes(yes)) => (!yes).then_some(Rule::NotAttested),
            (ConditionKind::Choice, Answer::Words(code)) => {
                let known = self.choices.iter().any(|choice| choice.code == *code);
                (!known).then_some(Rule::UnknownWord)
            }
            (ConditionKind::Text, Answer::Words(words)) => text::several_lines(words, LONGEST_TEXT).err(),
            (ConditionKind::Ref, Answer::Words(words)) => text::one_line(words, LONGEST_REFERENCE).err(),
            (ConditionKind::Attest, Answer::Words(_)) | (_, Answer::Yes(_)) => Some(Rule::WrongType),
        }
    }
}
