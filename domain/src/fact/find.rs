//! One fact, through the same decision as in its file.

use std::collections::HashMap;

use authz::{
    desk::{Acting, Disclose, Door, Grant, Owner, Resource, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{FactId, FileId},
};
use door::Key;

use crate::file::{
    find::lock,
    rows::AgencyRow,
    situation::{self, Rows},
    view::{FactView, own_vault, read_value, source, value_place},
};

/// A fact as found in its file.
pub struct FactRecord {
    pub(crate) rows: Rows,
    pub(crate) id: FactId,
}

impl Resource for FactRecord {
    const KIND: &'static str = "fact";
    const READ: &'static str = "fact.read";
    const DOOR: Door = Door::Content;
    type Id = FactId;
}

impl Disclose for FactRecord {
    type View = Option<FactView>;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<Option<FactView>, Fault> {
        let names: HashMap<_, &AgencyRow> =
            self.rows.agencies.iter().map(|agency| (agency.id, agency)).collect();
        let row = self.rows.facts.iter().find(|row| row.id == self.id.uuid() && row.retracted_at.is_none());
        let Some(row) = row.filter(|row| grant.knows_person(row.person_id)) else { return Ok(None) };
        let (field, label) = (row.field()?, row.label()?);
        let value =
            grant.unseal(&label, field.name(), &value_place(row.id), &row.value_sealed, read_value)?;
        let Some(value) = value else { return Ok(None) };
        Ok(Some(FactView {
            id: self.id,
            field: field.name(),
            category: field.category(),
            basis: value.basis().into(),
            value,
            source: source(&names, row.source_id)?,
            recorded_at: row.recorded_at,
            vault: own_vault(&label, grant),
        }))
    }
}

/// The fact under this id in this file. A fact that does not exist takes the road of one that does not
/// show: the file is judged first, whatever the id names.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find<'tx, M>(
    session: &mut Session<'tx, M>,
    file: FileId,
    id: FactId,
) -> Result<Sealed<'tx, FactRecord>, Stop> {
    let held = match situation::load(session, file).await? {
        None => None,
        Some(rows) => {
            let scope = rows.scope(Owner::Shared)?;
            Some((FactRecord { rows, id }, Scope::File(Box::new(scope))))
        }
    };
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

/// The fact under this id, for a change: to others than its source it is absent.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_for_change<'tx>(
    session: &mut Session<'tx, Acting>,
    file: FileId,
    id: FactId,
) -> Result<Sealed<'tx, FactRecord>, Stop> {
    lock(session, file).await?;
    let rows = situation::load(session, file).await?;
    let fact = rows.as_ref().and_then(|rows| rows.facts.iter().find(|row| row.id == id.uuid()));
    let owner = fact.map(crate::file::rows::FactRow::source);
    let held = match (rows, owner) {
        (Some(rows), Some(owner)) => {
            let scope = rows.scope(Owner::Secret(owner))?;
            Some((FactRecord { rows, id }, Scope::File(Box::new(scope))))
        }
        _ => None,
    };
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}
