//! Moments as people of Québec read them: their clock, their language (CLDR).

use std::{cell::RefCell, collections::HashMap};

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeZone, Timelike, Utc};
use chrono_tz::America::Toronto;
use domain::wording::Lang;
use icu_calendar::Iso;
use icu_datetime::{
    DateTimeFormatter, NoCalendarFormatter,
    fieldsets::{T, YMD, YMDT},
    input::{Date, DateTime as CivilTime, Time},
};
use icu_locale_core::locale;

/// `22 nov. 2026, 9 h 05`; on the hour, `22 nov. 2026, 9 h`.
#[must_use]
pub fn moment(at: DateTime<Utc>, lang: Lang) -> String {
    let naive = at.with_timezone(&Toronto).naive_local();
    with(lang, |formatters| {
        let text = formatters.moment.format(&civil(naive)?).to_string();
        Some(match text.rsplit_once(", ") {
            Some((day, hour)) if lang == Lang::Fr => format!("{}, {}", first(day), clock(hour)),
            _ => text,
        })
    })
    .unwrap_or_else(|| naive.format("%Y-%m-%d %H:%M").to_string())
}

/// An hour as French writes it in a sentence: no zero before it, no minutes on the hour; not torn at the end of a line.
fn clock(hour: &str) -> String {
    let hour = hour.strip_prefix('0').unwrap_or(hour);
    hour.strip_suffix(" 00").unwrap_or(hour).replace(' ', "\u{a0}")
}

/// The first of a month is `1er` in French.
fn first(day: &str) -> String {
    day.strip_prefix("1 ").map_or_else(|| day.to_owned(), |rest| format!("1er {rest}"))
}

/// `22 novembre 2026`.
#[must_use]
pub fn day(at: DateTime<Utc>, lang: Lang) -> String {
    let day = at.with_timezone(&Toronto).date_naive();
    DAYS.with_borrow_mut(|days| {
        if days.len() >= MOST_DAYS {
            days.clear();
        }
        days.entry((day, lang == Lang::Fr)).or_insert_with(|| date(day, lang)).clone()
    })
}

/// A date of the calendar, such as a birth date: `12 mars 1991`.
#[must_use]
pub fn date(day: NaiveDate, lang: Lang) -> String {
    with(lang, |formatters| {
        let text = formatters.day.format(&iso(day)?).to_string();
        Some(if lang == Lang::Fr { first(&text) } else { text })
    })
    .unwrap_or_else(|| day.to_string())
}

/// The hour alone: `9 h 05`.
#[must_use]
pub fn time(at: DateTime<Utc>, lang: Lang) -> String {
    let naive = at.with_timezone(&Toronto).naive_local();
    with(lang, |formatters| {
        let text = formatters.hour.format(&civil(naive)?.time).to_string();
        Some(if lang == Lang::Fr { clock(&text) } else { text })
    })
    .unwrap_or_else(|| naive.format("%H:%M").to_string())
}

/// As a `<time datetime>` and a `datetime-local` field want it, in the clock of Québec: `2026-11-22T10:05`.
#[must_use]
pub fn local(at: DateTime<Utc>) -> String {
    at.with_timezone(&Toronto).format("%Y-%m-%dT%H:%M").to_string()
}

/// The moment that a `datetime-local` field says. In the hour that a changing clock repeats, the earlier one;
/// in the hour it leaves out, none.
#[must_use]
pub fn read_local(text: &str) -> Option<DateTime<Utc>> {
    let naive = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S"))
        .ok()?;
    Toronto.from_local_datetime(&naive).earliest().map(|at| at.with_timezone(&Utc))
}

/// Most days a thread keeps as they are written: two years in both languages.
const MOST_DAYS: usize = 1_461;

thread_local! {
    // Of the many things on a page, most are of the same few days.
    static DAYS: RefCell<HashMap<(NaiveDate, bool), String>> = RefCell::default();
}

struct Formatters {
    moment: DateTimeFormatter<YMDT>,
    day: DateTimeFormatter<YMD>,
    hour: NoCalendarFormatter<T>,
}

fn formatters(locale: icu_datetime::DateTimeFormatterPreferences) -> Option<Formatters> {
    let moment = DateTimeFormatter::try_new(locale, YMD::medium().with_time_hm()).ok()?;
    let hour = NoCalendarFormatter::try_new(locale, T::hm()).ok()?;
    Some(Formatters { moment, day: DateTimeFormatter::try_new(locale, YMD::long()).ok()?, hour })
}

thread_local! {
    // Made once a thread: making one costs more than a page.
    static FR: Option<Formatters> = formatters(locale!("fr-CA").into());
    static EN: Option<Formatters> = formatters(locale!("en-CA").into());
}

fn with<T>(lang: Lang, work: impl FnOnce(&Formatters) -> Option<T>) -> Option<T> {
    let cell = match lang {
        Lang::Fr => &FR,
        Lang::En => &EN,
    };
    cell.with(|formatters| formatters.as_ref().and_then(work))
}

fn iso(day: NaiveDate) -> Option<Date<Iso>> {
    Date::try_new_iso(day.year(), u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?).ok()
}

fn civil(at: NaiveDateTime) -> Option<CivilTime<Iso>> {
    let (hour, minute) = (u8::try_from(at.hour()).ok()?, u8::try_from(at.minute()).ok()?);
    Some(CivilTime { date: iso(at.date())?, time: Time::try_new(hour, minute, 0, 0).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn a_moment_reads_as_people_of_quebec_write_it() {
        let at = utc("2026-11-22T15:05:00Z");
        assert_eq!(moment(at, Lang::Fr), "22 nov. 2026, 10\u{a0}h\u{a0}05");
        assert_eq!(moment(at, Lang::En), "Nov 22, 2026, 10:05\u{202f}a.m.");
        assert_eq!(time(at, Lang::Fr), "10\u{a0}h\u{a0}05");
        let early = utc("2026-12-01T12:00:00Z");
        assert_eq!(moment(early, Lang::Fr), "1er déc. 2026, 7\u{a0}h");
        assert_eq!(moment(early, Lang::En), "Dec 1, 2026, 7:00\u{202f}a.m.");
        assert_eq!(time(utc("2026-11-22T05:00:00Z"), Lang::Fr), "0\u{a0}h");
        assert_eq!(day(early, Lang::Fr), "1er décembre 2026");
        assert_eq!(day(at, Lang::Fr), "22 novembre 2026");
        assert_eq!(day(utc("2024-03-01T02:00:00Z"), Lang::En), "February 29, 2024");
    }

    #[test]
    fn a_field_of_the_page_is_read_in_the_clock_of_quebec() {
        assert_eq!(read_local("2026-11-22T10:05"), Some(utc("2026-11-22T15:05:00Z")));
        assert_eq!(read_local("2026-07-01T10:05"), Some(utc("2026-07-01T14:05:00Z")));
        assert_eq!(read_local(&local(utc("2026-11-22T15:05:00Z"))), Some(utc("2026-11-22T15:05:00Z")));
        // The clock goes back: the hour comes twice, and the earlier one is meant.
        assert_eq!(read_local("2026-11-01T01:30"), Some(utc("2026-11-01T05:30:00Z")));
        // The clock goes forward: the hour does not exist.
        assert_eq!(read_local("2026-03-08T02:30"), None);
        assert_eq!(read_local("hier"), None);
    }
}
