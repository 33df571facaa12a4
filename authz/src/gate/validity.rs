//! Whether a consent counts at a given moment. The order of the questions is part of the rule.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::America::Toronto;

use super::scope::{Consent, Person, Scope};
use crate::vocabulary::{GrantorKind, SubjectRole};

/// Age from which a minor consents alone (A-2.1 s. 53.1; P-39.1 s. 14).
const OWN_VOICE: i32 = 14;
/// Age of majority (Civil Code of Québec, s. 153).
const MAJORITY: i32 = 18;

/// The state of a consent at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It never counted, or does not yet.
    Void,
    /// It was taken back.
    Withdrawn,
    /// It has ended.
    Expired,
    /// It counts.
    Valid,
}

/// Age in whole years on the local date of Québec. Who is born on 29 February comes of age on 1 March.
fn age_at(birth: NaiveDate, at: DateTime<Utc>) -> i32 {
    let today = at.with_timezone(&Toronto).date_naive();
    let years = today.year() - birth.year();
    if (today.month(), today.day()) < (birth.month(), birth.day()) { years - 1 } else { years }
}

/// Has the person reached this age? Without a birth date a child is taken as under fourteen, and
/// anyone else as an adult.
fn has_reached<I>(person: &Person<I>, age: i32, at: DateTime<Utc>) -> bool {
    person.birth_date.map_or(person.role != SubjectRole::Child, |birth| age_at(birth, at) >= age)
}

pub(super) fn state<I: PartialEq>(consent: &Consent<I>, scope: &Scope<I>, now: DateTime<Utc>) -> State {
    let Some(subject) = scope.person(&consent.subject) else { return State::Void };
    match consent.grantor {
        GrantorKind::SelfGiven => {
            if !has_reached(subject, OWN_VOICE, consent.given_at) {
                return State::Void;
            }
        }
        GrantorKind::Parent | GrantorKind::Tutor => {
            let named = consent.grantor_person.as_ref().and_then(|id| scope.person(id));
            let may_speak =
                named.is_some_and(|who| who.id != subject.id && who.role != SubjectRole::AllegedAggressor);
            if !may_speak || has_reached(subject, MAJORITY, consent.given_at) {
                return State::Void;
            }
            // No parental consent survives the eighteenth birthday.
            if has_reached(subject, MAJORITY, now) {
                return State::Expired;
            }
        }
    }
    if consent.withdrawn_at.is_some_and(|at| at <= now) {
        State::Withdrawn
    } else if consent.given_at > now || consent.valid_from > now {
        State::Void
    } else if consent.valid_until.is_some_and(|until| now >= until) {
        State::Expired
    } else {
        State::Valid
    }
}

/// Would this consent count at this moment?
#[must_use]
pub fn counts<I: PartialEq>(consent: &Consent<I>, scope: &Scope<I>, now: DateTime<Utc>) -> bool {
    state(consent, scope, now) == State::Valid
}
