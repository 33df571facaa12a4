//! What a fact said before: the versions of its chain that the gate shows, newest first.

use std::collections::HashMap;

use authz::{
    desk::{Disclose, Door, Grant, Owner, Resource, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{FactId, FileId},
};
use chrono::{DateTime, Utc};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::file::{
    rows::{AgencyRow, FactRow},
    situation::{self, Rows},
    view::{FactView, own_vault, read_value, source, value_place},
};

/// The chain a fact belongs to.
pub struct FactHistory {
    rows: Rows,
    id: FactId,
}

/// Versions of one fact.
#[derive(Serialize, ToSchema)]
pub struct HistoryView {
    /// Newest first.
    pub items: Vec<VersionView>,
    /// There is never more than one page.
    pub next: Option<String>,
}

/// One version.
#[derive(Serialize, ToSchema)]
pub struct VersionView {
    /// As it shows.
    #[serde(flatten)]
    pub fact: FactView,
    /// For its source: when it was retracted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retracted_at: Option<DateTime<Utc>>,
}

impl Resource for FactHistory {
    const KIND: &'static str = "fact";
    const READ: &'static str = "fact.history";
    const DOOR: Door = Door::Content;
    type Id = FactId;
}

impl Disclose for FactHistory {
    type View = Option<HistoryView>;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<Option<HistoryView>, Fault> {
        let names: HashMap<Uuid, &AgencyRow> =
            self.rows.agencies.iter().map(|agency| (agency.id, agency)).collect();
        let mut items = Vec::new();
        for row in chain(&self.rows.facts, self.id.uuid()) {
            // A retracted fact is its source's memory of a mistake, and nobody else's.
            if !grant.knows_person(row.person_id)
                || (row.retracted_at.is_some() && row.source() != grant.agency())
            {
                continue;
            }
            let (field, label) = (row.field()?, row.label()?);
            let place = value_place(row.id);
            if let Some(value) = grant.unseal(&label, field.name(), &place, &row.value_sealed, read_value)? {
                let fact = FactView {
                    id: FactId::from_uuid(row.id),
                    field: field.name(),
                    category: field.category(),
                    basis: value.basis().into(),
                    value,
                    source: source(&names, row.source_id)?,
                    recorded_at: row.recorded_at,
                    vault: own_vault(&label, grant),
                };
                items.push(VersionView { fact, retracted_at: row.retracted_at });
            }
        }
        // The chain is asked for by one of its facts: that one must show.
        let asked = items.iter().any(|version| version.fact.id == self.id);
        Ok(asked.then_some(HistoryView { items, next: None }))
    }
}

/// Every fact connected with this one by corrections, newest first.
fn chain(facts: &[FactRow], id: Uuid) -> Vec<&FactRow> {
    let mut known = vec![id];
    let mut grown = true;
    while grown {
        let before = known.len();
        for row in facts {
            let linked =
                known.contains(&row.id) || row.supersedes.is_some_and(|older| known.contains(&older));
            for one in [Some(row.id), row.supersedes].into_iter().flatten() {
                if linked && !known.contains(&one) {
                    known.push(one);
                }
            }
        }
        grown = known.len() > before;
    }
    let mut rows: Vec<&FactRow> = facts.iter().filter(|row| known.contains(&row.id)).collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.recorded_at, row.id)));
    rows
}

/// The history of the fact under this id, or the absence of one.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_history<'tx, M>(
    session: &mut Session<'tx, M>,
    file: FileId,
    id: FactId,
) -> Result<Sealed<'tx, FactHistory>, Stop> {
    let held = match situation::load(session, file).await? {
        None => None,
        Some(rows) => {
            let scope = rows.scope(Owner::Shared)?;
            Some((FactHistory { rows, id }, Scope::File(Box::new(scope))))
        }
    };
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}
