//! Instants and birth dates on the edges that the rules speak of.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, SecondsFormat, TimeDelta, Utc};
use chrono_tz::America::Toronto;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

const DAY: i64 = 24 * 60 * 60;

/// Distances from now, in seconds: before, at, and after.
const BEFORE: &[i64] = &[-40 * DAY, -10 * DAY, -DAY, -1, 0];
const AROUND: &[i64] = &[-40 * DAY, -DAY, -1, 0, 1, DAY, 40 * DAY];
const AFTER: &[i64] = &[1, DAY, 40 * DAY];

/// The present: around Toronto midnights in winter and summer time, the changes of clocks, and 29 February.
pub fn now() -> impl Strategy<Value = DateTime<Utc>> {
    let written = vec![
        "2026-10-17T07:40:00Z",
        "2026-03-01T04:59:59Z",
        "2026-03-01T05:00:00Z",
        "2026-02-28T23:30:00Z",
        "2026-07-02T03:59:59Z",
        "2026-07-02T04:00:00Z",
        "2026-03-08T07:00:00Z",
        "2026-11-01T04:00:00Z",
        "2028-02-29T05:00:00Z",
        "2027-01-01T00:00:00Z",
    ];
    select(written).prop_map(|text| text.parse().unwrap())
}

/// The same instant in one of the ways it may be written: in UTC, with a fraction, or in another zone.
pub fn written(instant: DateTime<Utc>) -> impl Strategy<Value = String> {
    let in_zone = move |hours: i32| {
        let zone = FixedOffset::east_opt(hours * 3600).unwrap();
        instant.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, true)
    };
    prop_oneof![
        6 => Just(instant.to_rfc3339_opts(SecondsFormat::Secs, true)),
        1 => Just(instant.to_rfc3339_opts(SecondsFormat::Millis, true)),
        1 => Just(in_zone(-4)),
        1 => Just(in_zone(9)),
    ]
}

/// Now or earlier.
pub fn past(now: DateTime<Utc>) -> impl Strategy<Value = String> {
    at_a_distance(now, BEFORE)
}

/// Earlier, now or later.
pub fn anytime(now: DateTime<Utc>) -> impl Strategy<Value = String> {
    at_a_distance(now, AROUND)
}

/// Later than now.
pub fn future(now: DateTime<Utc>) -> impl Strategy<Value = String> {
    at_a_distance(now, AFTER)
}

fn at_a_distance(now: DateTime<Utc>, distances: &'static [i64]) -> impl Strategy<Value = String> {
    select(distances).prop_flat_map(move |seconds| written(now + TimeDelta::seconds(seconds)))
}

/// A beginning, and an end that is open or not before it.
pub fn span(now: DateTime<Utc>) -> impl Strategy<Value = (String, Value)> {
    (select(AROUND), prop::option::of(select(AROUND))).prop_flat_map(move |(one, other)| {
        let at = |seconds: i64| now + TimeDelta::seconds(seconds);
        let first = written(at(other.map_or(one, |other| one.min(other))));
        let last = other.map_or_else(
            || Just(Value::Null).boxed(),
            |other| written(at(one.max(other))).prop_map(Value::from).boxed(),
        );
        (first, last)
    })
}

/// No birth date, a grown-up's, a young child's, an adolescent's, a 29 February, or such that a 14th or 18th
/// birthday falls beside an instant of the situation.
pub fn birth_date(now: DateTime<Utc>) -> impl Strategy<Value = Value> {
    let birthday =
        (select(BEFORE), select(vec![14, 18]), 0..=2_u64).prop_map(move |(distance, years, days)| {
            let reached_about = (now + TimeDelta::seconds(distance)).with_timezone(&Toronto).date_naive();
            let eve = years_before(reached_about, years) - Days::new(1);
            Value::from((eve + Days::new(days)).to_string())
        });
    prop_oneof![
        3 => Just(Value::Null),
        2 => Just(Value::from("1985-06-01")),
        1 => Just(Value::from("2016-06-01")),
        2 => Just(Value::from("2010-12-01")),
        1 => Just(Value::from("2008-02-29")),
        1 => Just(Value::from("2012-02-29")),
        4 => birthday,
    ]
}

fn years_before(date: NaiveDate, years: i32) -> NaiveDate {
    let year = date.year() - years;
    date.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 2, 28)).unwrap()
}
