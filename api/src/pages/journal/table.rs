//! The access log as a table to be kept: the same rows, in the same words.

use authz::log::{EventContent, EventView};
use chrono::{DateTime, SecondsFormat, Utc};

use super::{
    Names,
    told::{act_words, decision_words, part_words, parts},
};
use crate::pages::{export::Csv, frame::purpose_key, phrases::Phrases};

/// The rows, under their headings.
pub(super) fn csv(rows: &[EventView], names: &Names, p: Phrases) -> Csv {
    let columns = [
        "id",
        "recorded",
        "occurred",
        "act",
        "act-words",
        "decision",
        "actor",
        "agency",
        "purpose",
        "object",
        "object-id",
        "file",
        "shown",
        "policy",
    ];
    let headings: Vec<String> =
        columns.iter().map(|column| p.t(&format!("journal-column-{column}"))).collect();
    let mut csv = Csv::new(&headings);
    for row in rows {
        let mut cells = vec![row.id.to_string(), instant(row.recorded_at)];
        match &row.content {
            None => cells.extend([String::new(), String::new(), p.t("journal-other")]),
            Some(content) => cells.extend(content_cells(content, names, p)),
        }
        cells.resize(columns.len(), String::new());
        csv.row(&cells);
    }
    csv
}

fn content_cells(content: &EventContent, names: &Names, p: Phrases) -> Vec<String> {
    let shown: Vec<String> = parts(&content.disclosed)
        .into_iter()
        .map(|part| {
            let person = part.person;
            let words = part_words(&part, names, p);
            format!("{person}: {} ({}, {})", words.fields, words.source, words.basis)
        })
        .collect();
    vec![
        instant(content.occurred_at),
        content.act.clone(),
        act_words(&content.act, p),
        decision_words(content.decision, p),
        content.actor.map(|actor| actor.to_string()).unwrap_or_default(),
        content.agency.map(|agency| names.of(agency, p)).unwrap_or_default(),
        content.purpose.map(|purpose| p.t(purpose_key(purpose))).unwrap_or_default(),
        content.object_kind.clone(),
        content.object.map(|object| object.to_string()).unwrap_or_default(),
        content.file.map(|file| file.to_string()).unwrap_or_default(),
        shown.join("; "),
        content.policy.clone(),
    ]
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
