//! The entries of a register as a table to be kept: the same entries, in the same words.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::disclosure::{DisclosureView, ItemView};
use serde_json::Value as Json;

use super::{Names, POINTS, basis_title, channel, exposed};
use crate::pages::phrases::Phrases;

/// A disclosure, cell by cell.
pub(super) fn disclosure_cells(act: &DisclosureView, names: &Names, p: Phrases) -> Vec<String> {
    let part = act.register.as_ref();
    let record = part.and_then(|part| part.record.as_ref());
    let yes = |yes: bool| p.t(if yes { "yes" } else { "no" });
    let mut cells = vec![
        act.id.to_string(),
        act.file.to_string(),
        instant(act.at),
        act.by.to_string(),
        channel(act.channel, p),
        act.basis_code.clone(),
        act.basis_version.map(|day| day.to_string()).unwrap_or_default(),
        basis_title(&act.basis_code, act.at, p.lang()),
        instant(act.until),
        act.revoked_at.map(instant).unwrap_or_default(),
        names.told(&act.recipients, p).join("; "),
        act.items.iter().map(item_id).collect::<Vec<_>>().join("; "),
        part.map(|part| part.attested.join("; ")).unwrap_or_default(),
        part.and_then(|part| part.completed_at).map(instant).unwrap_or_default(),
        yes(part.is_some_and(|part| part.late)),
        record.map(|record| exposed(record).to_string()).unwrap_or_default(),
    ];
    let point = |point: &&str| {
        record.and_then(|record| record.get(point)).and_then(Json::as_str).unwrap_or_default().to_owned()
    };
    cells.extend(POINTS.iter().map(point));
    cells
}

/// What is told is named by its handle: a register says what was told in the words of its record.
pub(super) fn item_id(item: &ItemView) -> String {
    match item {
        ItemView::Fact { fact } => fact.to_string(),
        ItemView::Document { document } => document.to_string(),
        ItemView::Agreed { subject, category } => format!("{subject} {}", category.wire()),
    }
}

pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
