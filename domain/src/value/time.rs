//! Days and instants, written one way only.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Utc};

use crate::validation::Rule;

/// The years a fact may speak of.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// A day of the calendar, `YYYY-MM-DD`.
pub fn date(given: &str) -> Result<NaiveDate, Rule> {
    let shaped = given.len() == 10
        && given
            .bytes()
            .enumerate()
            .all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    let day = if shaped { NaiveDate::parse_from_str(given, "%Y-%m-%d").ok() } else { None };
    day.filter(|day| YEARS.contains(&day.year())).ok_or(Rule::NotADate)
}

/// An instant with its zone (RFC 3339), as the same instant in UTC.
pub fn instant(given: &str) -> Result<DateTime<Utc>, Rule> {
    // The library also takes a space for the `T`, a small `z`, and leap seconds, which no clock of ours can hold.
    let plain = given.as_bytes().get(10) == Some(&b'T') && !given.contains('z');
    let read = if plain { DateTime::parse_from_rfc3339(given).ok() } else { None };
    read.map(|at| at.with_timezone(&Utc))
        .filter(|at| at.nanosecond() < 1_000_000_000 && YEARS.contains(&at.year()))
        .ok_or(Rule::NotAnInstant)
}

/// A time of day, `HH:MM`.
pub fn of_day(given: &str) -> Result<NaiveTime, Rule> {
    let shaped = given.len() == 5
        && given.bytes().enumerate().all(|(at, b)| if at == 2 { b == b':' } else { b.is_ascii_digit() });
    let time = if shaped { NaiveTime::parse_from_str(given, "%H:%M").ok() } else { None };
    time.ok_or(Rule::NotATime)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_real_day_written_one_way() {
        assert!(date("2024-02-29").is_ok() && date("1900-01-01").is_ok() && date("2100-12-31").is_ok());
        for wrong in [
            "2023-02-29",
            "2026-1-02",
            "2026/01/02",
            "+2026-1-2",
            "1899-12-31",
            "2101-01-01",
            "",
            "2026-01-02 ",
        ] {
            assert_eq!(date(wrong), Err(Rule::NotADate), "{wrong}");
        }
    }

    #[test]
    fn an_instant_is_kept_in_utc() {
        let read = instant("2026-11-22T10:00:00-05:00").map(|at| at.to_rfc3339());
        assert_eq!(read, Ok("2026-11-22T15:00:00+00:00".to_owned()));
    }

    #[test]
    fn an_instant_without_its_zone_or_written_otherwise_is_refused() {
        for wrong in [
            "2026-11-22T15:00:00",
            "2026-11-22",
            "2026-11-22 15:00:00Z",
            "2026-11-22T15:00:00z",
            "2026-11-22T25:00:00Z",
            "2016-12-31T23:59:60Z",
            "1800-01-01T00:00:00Z",
        ] {
            assert_eq!(instant(wrong), Err(Rule::NotAnInstant), "{wrong}");
        }
    }

    #[test]
    fn a_time_of_day_is_written_one_way() {
        assert!(["00:00", "07:30", "23:59"].iter().all(|time| of_day(time).is_ok()));
        for wrong in ["24:00", "7:30", "07:60", "07h30", "07:30:00", "", "+7:30", "07:3 "] {
            assert_eq!(of_day(wrong), Err(Rule::NotATime), "{wrong}");
        }
    }
}
