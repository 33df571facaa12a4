//! How long an agency has to answer, under the law that governs it: dated data, each with its source and how well it
//! is known.

use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use serde::Deserialize;

use crate::{
    law::{Regime, Status},
    wording::Wording,
};

/// How long there is to answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Whose law.
    pub regime: Regime,
    /// The first day on which a request received has this term; before the first one known, that one.
    pub from: NaiveDate,
    /// Days after the request is received.
    pub days: u16,
    /// Days more that may be taken, once, before it is over; none: it cannot be extended.
    pub extension_days: u16,
    /// Where it is written.
    pub source: Wording,
    /// Was that read in a source fit to be relied on?
    pub status: Status,
}

/// Every term the program ships with.
#[derive(Debug)]
pub struct Terms;

static BUILT_IN: LazyLock<Vec<Term>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../data/access-delays.json")).unwrap_or_default());

impl Terms {
    /// The term of a request received on a day, under a law.
    #[must_use]
    pub fn of(regime: Regime, received: NaiveDate) -> Option<&'static Term> {
        let terms = || BUILT_IN.iter().filter(|term| term.regime == regime);
        let in_force = terms().filter(|term| term.from <= received).max_by_key(|term| term.from);
        in_force.or_else(|| terms().min_by_key(|term| term.from))
    }
}

/// The day that many days after another.
pub(super) fn days_after(day: NaiveDate, days: u16) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_law_says_how_long_there_is() {
        for regime in Regime::ALL {
            for received in ["1999-12-31", "2024-02-29", "2026-11-22"] {
                assert!(Terms::of(*regime, day(received)).is_some(), "{}", regime.wire());
            }
        }
        let public = Terms::of(Regime::PublicBody, day("2026-11-22")).unwrap();
        assert_eq!((public.days, public.extension_days), (20, 10));
        assert_eq!(Terms::of(Regime::PrivateSector, day("2026-11-22")).unwrap().days, 30);
    }

    #[test]
    fn days_are_those_of_the_calendar_29_february_among_them() {
        assert_eq!(days_after(day("2028-02-09"), 20), day("2028-02-29"));
        assert_eq!(days_after(day("2027-02-09"), 20), day("2027-03-01"));
        assert_eq!(days_after(day("2028-02-29"), 30), day("2028-03-30"));
    }
}
