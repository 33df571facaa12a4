//! The rule by which a new event is a repeat (*répétition*) and no new referral: versioned, dated data.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, Months, NaiveDate, TimeDelta, Utc};
use chrono_tz::America::Toronto;
use serde::Deserialize;

/// One version of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepeatRule {
    /// Its version, kept with each mobilisation it led to.
    pub version: i16,
    /// First local day it is applied to.
    pub effective_from: NaiveDate,
    /// Calendar months of the window.
    pub window_months: u32,
    /// From what they are counted.
    pub counted_from: CountedFrom,
    /// Does the last day count?
    pub last_day: LastDay,
    /// Whose calendar.
    pub calendar: Calendar,
    /// Where the window ends when its last day does not exist.
    pub missing_day: MissingDay,
    /// What counts as a repeat.
    pub event: Event,
    /// Whether a person of the field confirmed it.
    pub status: Status,
    /// Where it comes from.
    pub source: String,
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident),+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant),+ }
    )+};
}

words! {
    /// From what the window is counted.
    CountedFrom {
        /// The last time the situation was brought to the cell, never its last meeting.
        LastReferral
    }
    /// Whether the last day counts.
    LastDay {
        /// It does.
        Inside,
        /// It does not.
        Outside
    }
    /// Where a window ends whose last day does not exist: 29 February in a year without one.
    MissingDay {
        /// The day after it would have been.
        NextDay,
        /// The last day of its month.
        LastOfMonth
    }
    /// What counts as a repeat.
    Event {
        /// Any instance of abuse between the same persons, criminal or not.
        AnyInstanceOfAbuse
    }
    /// Whether a person of the field confirmed the rule.
    Status {
        /// Confirmed.
        Verified,
        /// Still to be confirmed.
        ToVerify
    }
}

/// Whose calendar days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Calendar {
    /// Local days of most of Québec.
    #[serde(rename = "America/Toronto")]
    Toronto,
}

/// Why the shipped rules do not load.
#[derive(Debug, Clone, thiserror::Error)]
#[error("repeat rules: {0}")]
pub struct RepeatRuleError(String);

static RULES: LazyLock<Result<Vec<RepeatRule>, RepeatRuleError>> = LazyLock::new(|| {
    let read: Result<Vec<RepeatRule>, _> = serde_json::from_str(include_str!("../../data/repeat-rules.json"));
    read.map_err(|error| RepeatRuleError(error.to_string()))
});

impl RepeatRule {
    /// Every version shipped.
    ///
    /// # Errors
    /// When they do not load: a test proves that they do.
    pub fn all() -> Result<&'static [Self], RepeatRuleError> {
        RULES.as_ref().map(Vec::as_slice).map_err(Clone::clone)
    }

    /// The version applied at an instant: none is no window at all.
    #[must_use]
    pub fn in_force(at: DateTime<Utc>) -> Option<&'static Self> {
        let day = at.with_timezone(&Toronto).date_naive();
        let known = Self::all().unwrap_or_default();
        known.iter().filter(|rule| rule.effective_from <= day).max_by_key(|rule| rule.effective_from)
    }

    /// Is an event reported now a repeat of what was last referred then? Local calendar days are compared, so
    /// neither the hour nor clocks that change matter.
    #[must_use]
    pub fn reaches(&self, referred_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        let referred = referred_at.with_timezone(&Toronto).date_naive();
        let today = now.with_timezone(&Toronto).date_naive();
        self.end(referred).is_some_and(|end| match self.last_day {
            LastDay::Inside => today <= end,
            LastDay::Outside => today < end,
        })
    }

    fn end(&self, referred: NaiveDate) -> Option<NaiveDate> {
        // Past the end of a month, this is its last day.
        let same_day = referred.checked_add_months(Months::new(self.window_months))?;
        match self.missing_day {
            MissingDay::NextDay if same_day.day() != referred.day() => {
                same_day.checked_add_signed(TimeDelta::days(1))
            }
            _ => Some(same_day),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn rule() -> &'static RepeatRule {
        RepeatRule::in_force(at("2026-11-22T15:00:00Z")).unwrap()
    }

    #[test]
    fn the_shipped_rules_load_and_each_version_follows_the_one_before() {
        let all = RepeatRule::all().unwrap();
        assert!(!all.is_empty());
        for (older, newer) in all.iter().zip(all.iter().skip(1)) {
            assert_eq!(newer.version, older.version + 1);
            assert!(older.effective_from < newer.effective_from);
        }
        assert!(RepeatRule::in_force(at("2019-12-31T12:00:00Z")).is_none());
    }

    #[test]
    fn exactly_twelve_months_is_inside_and_the_day_after_is_not() {
        let referred = at("2025-11-22T15:00:00Z");
        assert!(rule().reaches(referred, at("2026-11-22T15:00:00Z")));
        // The whole local day counts, whatever the hour of the referral, and it ends at local midnight.
        assert!(rule().reaches(referred, at("2026-11-23T04:59:59Z")));
        assert!(!rule().reaches(referred, at("2026-11-23T05:00:00Z")));
    }

    #[test]
    fn the_window_is_counted_on_local_days_across_clocks_that_change() {
        // 21 November, 23:30 in Québec, is the 22nd in UTC.
        let late = at("2025-11-22T04:30:00Z");
        assert!(rule().reaches(late, at("2026-11-22T04:59:59Z")));
        assert!(!rule().reaches(late, at("2026-11-22T05:00:00Z")));
        let summer = at("2025-07-01T03:30:00Z");
        assert!(rule().reaches(summer, at("2026-07-01T03:59:59Z")));
        assert!(!rule().reaches(summer, at("2026-07-01T04:00:00Z")));
    }

    #[test]
    fn a_referral_of_29_february_runs_to_1_march() {
        let leap = at("2028-02-29T15:00:00Z");
        assert!(rule().reaches(leap, at("2029-03-01T15:00:00Z")));
        assert!(!rule().reaches(leap, at("2029-03-02T15:00:00Z")));
        // Into a leap year nothing is missing.
        let ordinary = at("2027-02-28T15:00:00Z");
        assert!(rule().reaches(ordinary, at("2028-02-28T15:00:00Z")));
        assert!(!rule().reaches(ordinary, at("2028-02-29T15:00:00Z")));
    }
}
