//! Rows of the log in words: by day, and what is alike and close together on one line. Never a value.

use std::{cmp::Reverse, collections::BTreeSet};

use authz::{
    id::AgencyId,
    log::{EventContent, EventView},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::America::Toronto;
use domain::catalogue::Field as Known;
use serde::Deserialize;
use serde_json::Value as Json;
use uuid::Uuid;

use super::Names;
use crate::pages::{
    frame::purpose_key,
    moment::{day, time},
    phrases::Phrases,
};

/// How long after one row another that is alike is still of the same line.
const CLOSE: TimeDelta = TimeDelta::minutes(5);

/// A day of Québec, with its lines, newest first.
pub(super) struct Day {
    pub(super) said: String,
    pub(super) lines: Vec<Line>,
}

/// One row; or several in a row that are alike.
pub(super) struct Line {
    /// When; of several, the last time.
    pub(super) at: String,
    pub(super) told: Option<Told>,
    /// How many they are, and between when, where they are several.
    pub(super) several: Option<String>,
    pub(super) rows: Vec<Row>,
}

/// What alike rows say, as far as they are the reader's to see.
pub(super) struct Told {
    pub(super) act: String,
    pub(super) decision: String,
    /// Refused or failed: drawn so that it stands out.
    pub(super) notable: bool,
    pub(super) actor: Option<Handle>,
    pub(super) agency: Option<String>,
    pub(super) purpose: Option<String>,
    pub(super) file: Option<Handle>,
}

/// What one row says by itself.
pub(super) struct Row {
    pub(super) at: String,
    /// How much of how many persons.
    pub(super) shown: String,
    pub(super) parts: Vec<Part>,
}

/// A handle, with the query that follows it through the log.
pub(super) struct Handle {
    pub(super) short: String,
    pub(super) query: String,
}

/// What of one person was shown.
pub(super) struct Part {
    pub(super) person: Handle,
    pub(super) source: String,
    pub(super) basis: String,
    pub(super) fields: String,
}

/// What a row says was shown: of whom, from which source, on which basis, which fields.
#[derive(Deserialize)]
pub(super) struct Disclosed {
    pub(super) person: Uuid,
    source: Uuid,
    basis: String,
    fields: Vec<String>,
}

/// The rows of a page, day by day.
pub(super) fn days(rows: &[EventView], names: &Names, p: Phrases) -> Vec<Day> {
    let mut rows: Vec<&EventView> = rows.iter().collect();
    // The log is in the order in which it was written; a scenario writes days at once, in no order.
    rows.sort_by_key(|row| Reverse(happened(row)));
    rows.chunk_by(|one, other| date_of(one) == date_of(other))
        .filter_map(|rows| of_day(rows, names, p))
        .collect()
}

fn happened(row: &EventView) -> DateTime<Utc> {
    row.content.as_ref().map_or(row.recorded_at, |content| content.occurred_at)
}

fn date_of(row: &EventView) -> NaiveDate {
    happened(row).with_timezone(&Toronto).date_naive()
}

fn of_day(rows: &[&EventView], names: &Names, p: Phrases) -> Option<Day> {
    let said = day(happened(rows.first()?), p.lang());
    let lines = rows.chunk_by(|later, earlier| alike(later, earlier)).filter_map(|rows| line(rows, names, p));
    Some(Day { said, lines: lines.collect() })
}

/// Did the same account do the same, on the same file and with the same outcome, shortly before? Of what is not the
/// reader's to see, only when it was written is known.
fn alike(later: &EventView, earlier: &EventView) -> bool {
    let same = match (&later.content, &earlier.content) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            // Rows of nobody known may be of several people.
            a.actor.is_some()
                && a.actor == b.actor
                && a.agency == b.agency
                && a.purpose == b.purpose
                && a.act == b.act
                && a.file == b.file
                && a.decision == b.decision
        }
        _ => false,
    };
    same && happened(later) - happened(earlier) <= CLOSE
}

fn line(rows: &[&EventView], names: &Names, p: Phrases) -> Option<Line> {
    let last = rows.first()?;
    Some(Line {
        at: time(happened(last), p.lang()),
        told: last.content.as_ref().map(|content| told(content, names, p)),
        several: several(rows, p),
        rows: rows.iter().map(|row| alone(row, names, p)).collect(),
    })
}

/// `12 lectures entre 14 h 02 et 14 h 09`.
fn several(rows: &[&EventView], p: Phrases) -> Option<String> {
    let [last, .., first] = rows else { return None };
    let key = match &last.content {
        None => "journal-others",
        Some(content) if content.decision != "allowed" => "journal-tries",
        Some(content) if content.act.rsplit('.').next() == Some("read") => "journal-readings",
        Some(_) => "journal-times",
    };
    let (from, to) = (time(happened(first), p.lang()), time(happened(last), p.lang()));
    let when = if from == to {
        p.x("journal-at", &to)
    } else {
        p.s("journal-between", &[("from", &from), ("to", &to)])
    };
    Some(p.s(key, &[("n", &rows.len().to_string()), ("when", &when)]))
}

fn told(content: &EventContent, names: &Names, p: Phrases) -> Told {
    Told {
        act: act_words(&content.act, p),
        decision: decision_words(content.decision, p),
        notable: content.decision != "allowed",
        actor: content.actor.map(|actor| handle("actor", actor.uuid())),
        agency: content.agency.map(|agency| names.of(agency, p)),
        purpose: content.purpose.map(|purpose| p.t(purpose_key(purpose))),
        file: content.file.map(|file| handle("file", file.uuid())),
    }
}

fn alone(row: &EventView, names: &Names, p: Phrases) -> Row {
    let shown = row.content.as_ref().map(|content| parts(&content.disclosed)).unwrap_or_default();
    let fields = shown.iter().map(|part| part.fields.len()).sum();
    let persons = shown.iter().map(|part| part.person).collect::<BTreeSet<_>>().len();
    Row {
        at: time(happened(row), p.lang()),
        shown: format!("{}, {}", p.n("journal-shown", fields), p.n("journal-shown-of", persons)),
        parts: shown.iter().map(|part| part_words(part, names, p)).collect(),
    }
}

/// An act in plain words; one without a sentence is named as the log names it.
pub(super) fn act_words(act: &str, p: Phrases) -> String {
    let key = act.replace(['.', '_'], "-");
    p.maybe(&format!("act-{key}")).unwrap_or_else(|| act.to_owned())
}

pub(super) fn decision_words(decision: &str, p: Phrases) -> String {
    p.t(&format!("decision-{decision}"))
}

/// The last digits of a handle: enough to tell one from another on a page.
pub(super) fn short(id: Uuid) -> String {
    let text = id.to_string();
    text.get(text.len() - 8..).unwrap_or_default().to_owned()
}

pub(super) fn handle(name: &str, id: Uuid) -> Handle {
    Handle { short: short(id), query: format!("{name}={id}") }
}

pub(super) fn parts(disclosed: &Json) -> Vec<Disclosed> {
    serde_json::from_value(disclosed.clone()).unwrap_or_default()
}

pub(super) fn part_words(part: &Disclosed, names: &Names, p: Phrases) -> Part {
    let mut fields: Vec<String> = part.fields.iter().map(|field| field_words(field, p)).collect();
    fields.dedup();
    Part {
        person: handle("person", part.person),
        source: names.of(AgencyId::from_uuid(part.source), p),
        basis: p.t(&format!("basis-{}", part.basis)),
        fields: fields.join(", "),
    }
}

/// A field of the catalogue, or a kind of document.
fn field_words(field: &str, p: Phrases) -> String {
    match Known::named(field) {
        Ok(known) => known.label(p.lang()).to_owned(),
        Err(_) => {
            p.maybe(&format!("document-{}", field.replace('_', "-"))).unwrap_or_else(|| field.to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use authz::id::{EventId, FileId, UserId};
    use domain::wording::Lang;

    use super::*;

    /// A row, newest first as the log gives them: when, by which account if any, what.
    fn row(at: &str, actor: Option<u128>, act: &str) -> EventView {
        let at: DateTime<Utc> = at.parse().unwrap_or_default();
        let content = EventContent {
            occurred_at: at,
            actor: actor.map(|actor| UserId::from_uuid(Uuid::from_u128(actor))),
            agency: None,
            purpose: None,
            act: act.to_owned(),
            object_kind: "file".to_owned(),
            object: None,
            file: Some(FileId::from_uuid(Uuid::from_u128(7))),
            decision: "allowed",
            disclosed: Json::Array(Vec::new()),
            policy: "1".to_owned(),
        };
        EventView { id: EventId::from_uuid(Uuid::nil()), recorded_at: at, content: Some(content) }
    }

    /// How many rows a line holds, and what it says of them.
    type Held = (usize, Option<String>);

    /// Each day as it is said, with its lines.
    fn read(rows: &[EventView]) -> Vec<(String, Vec<Held>)> {
        let lines = |day: Day| {
            (day.said, day.lines.into_iter().map(|line| (line.rows.len(), line.several)).collect())
        };
        days(rows, &Names(Vec::new()), Phrases::of(Lang::Fr)).into_iter().map(lines).collect()
    }

    #[test]
    fn what_is_alike_and_close_is_one_line_of_its_day() {
        let rows = [
            row("2026-11-22T19:09:00Z", Some(1), "file.read"),
            row("2026-11-22T19:05:00Z", Some(1), "file.read"),
            row("2026-11-22T19:02:00Z", Some(1), "file.read"),
            // Too long before.
            row("2026-11-22T18:50:00Z", Some(1), "file.read"),
            // Somebody else, something else.
            row("2026-11-22T18:49:00Z", Some(2), "file.read"),
            row("2026-11-22T18:49:00Z", Some(2), "consent.list"),
            // The evening before, in Québec.
            row("2026-11-22T04:59:00Z", Some(2), "consent.list"),
            row("2026-11-22T04:59:00Z", Some(2), "consent.list"),
        ];
        let readings = "3 lectures entre 14\u{a0}h\u{a0}02 et 14\u{a0}h\u{a0}09".to_owned();
        let times = "2 fois à 23\u{a0}h\u{a0}59".to_owned();
        assert_eq!(
            read(&rows),
            [
                ("22 novembre 2026".to_owned(), vec![(3, Some(readings)), (1, None), (1, None), (1, None)]),
                ("21 novembre 2026".to_owned(), vec![(2, Some(times))]),
            ]
        );
    }

    #[test]
    fn rows_of_nobody_known_are_not_taken_for_one_persons_and_hidden_rows_tell_only_when() {
        let rows = [
            row("2026-11-22T19:02:00Z", None, "session.open"),
            row("2026-11-22T19:02:00Z", None, "session.open"),
        ];
        assert_eq!(read(&rows), [("22 novembre 2026".to_owned(), vec![(1, None), (1, None)])]);
        let hidden = rows.map(|row| EventView { content: None, ..row });
        let others =
            "2 autres inscriptions existent, à 14\u{a0}h\u{a0}02\u{202f}; elles ne sont pas à vous de lire.";
        assert_eq!(read(&hidden), [("22 novembre 2026".to_owned(), vec![(2, Some(others.to_owned()))])]);
    }
}
