//! Age, by the local date of Toronto.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::America::Toronto;
use serde_json::Value;

use super::read::{maybe_date, text};

/// Whether `person` has reached that age at `instant`.
///
/// Without a birth date a child is taken as under 14, and anyone else as an adult.
pub fn is_at_least(person: &Value, years: i32, instant: DateTime<Utc>) -> bool {
    match maybe_date(person, "birth_date") {
        None => text(person, "role") != "child",
        Some(birth) => instant.with_timezone(&Toronto).date_naive() >= birthday(birth, years),
    }
}

/// The day someone born on `birth` turns that age; a 29 February falls on 1 March in a common year.
fn birthday(birth: NaiveDate, years: i32) -> NaiveDate {
    let year = birth.year() + years;
    birth.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1)).expect("1 March exists every year")
}
