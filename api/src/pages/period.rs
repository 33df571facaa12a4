//! A period that a page is narrowed to: two days of the calendar, in the clock of Québec, both included.

use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Utc};
use chrono_tz::America::Toronto;

use crate::problem::{Problem, ProblemKind};

/// From a day to a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl Period {
    /// The period that was asked for; by default, this year so far.
    ///
    /// # Errors
    /// 400 when a day is none, or the last one comes before the first.
    pub fn read(from: Option<&str>, to: Option<&str>, now: DateTime<Utc>) -> Result<Self, Problem> {
        let today = now.with_timezone(&Toronto).date_naive();
        let from = day(from)?.unwrap_or_else(|| today.with_ordinal(1).unwrap_or(today));
        let to = day(to)?.unwrap_or_else(|| today.max(from));
        if to < from { Err(Problem::new(ProblemKind::BadQuery)) } else { Ok(Self { from, to }) }
    }

    /// The first instant.
    pub fn start(self) -> DateTime<Utc> {
        midnight(self.from)
    }

    /// The first instant after it.
    pub fn end(self) -> DateTime<Utc> {
        self.to.succ_opt().map_or(DateTime::<Utc>::MAX_UTC, midnight)
    }

    /// As a part of a file name.
    pub fn name(self) -> String {
        format!("{}-{}", self.from, self.to)
    }
}

/// A day as a date field sends it; a field left empty says none.
pub fn day(text: Option<&str>) -> Result<Option<NaiveDate>, Problem> {
    let text = text.filter(|text| !text.is_empty());
    text.map(|text| text.parse().map_err(|_| Problem::new(ProblemKind::BadQuery))).transpose()
}

/// When a day begins in Québec. No day there begins in an hour that a changing clock leaves out.
pub fn midnight(day: NaiveDate) -> DateTime<Utc> {
    let naive = day.and_time(chrono::NaiveTime::MIN);
    Toronto.from_local_datetime(&naive).earliest().map_or(naive.and_utc(), |at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn a_period_holds_both_its_days_in_the_clock_of_quebec() {
        let now = at("2026-11-22T15:00:00Z");
        let year = Period::read(None, None, now).unwrap();
        assert_eq!(year.name(), "2026-01-01-2026-11-22");
        let one = Period::read(Some("2026-07-01"), Some("2026-07-01"), now).unwrap();
        assert_eq!((one.start(), one.end()), (at("2026-07-01T04:00:00Z"), at("2026-07-02T04:00:00Z")));
        assert!(Period::read(Some("2026-07-02"), Some("2026-07-01"), now).is_err());
        assert!(Period::read(Some("hier"), None, now).is_err());
    }
}
