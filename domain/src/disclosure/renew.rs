//! What has come since an act, so that it can be attested again: corrections of what was told, and new
//! facts of the same persons and categories. Only the source asks, about its own facts.

use authz::{
    desk::{Disclose, Door, Grant, Owner, Resource, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{AgencyId, DisclosureId, FactId, FileId, PersonId},
    vocabulary::Category,
};
use chrono::{DateTime, Utc};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::file::situation::{self, Rows};

/// An act and its file, as found.
pub struct Renewal {
    rows: Rows,
    id: DisclosureId,
}

/// What one would attest again.
#[derive(Serialize, ToSchema)]
pub struct NewFactsView {
    /// The act.
    #[schema(value_type = Uuid)]
    pub id: DisclosureId,
    /// What came since.
    pub items: Vec<SinceView>,
    /// There is never more than one page.
    pub next: Option<String>,
}

/// A fact that came after the act.
#[derive(Serialize, ToSchema)]
pub struct SinceView {
    /// Which.
    #[schema(value_type = Uuid)]
    pub fact: FactId,
    /// The person.
    #[schema(value_type = Uuid)]
    pub person: PersonId,
    /// Its field.
    pub field: &'static str,
    /// Its category.
    #[schema(value_type = String)]
    pub category: Category,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The fact of the act that it corrects, if it corrects one.
    #[schema(value_type = Option<Uuid>)]
    pub corrects: Option<FactId>,
}

impl Resource for Renewal {
    const KIND: &'static str = "disclosure";
    const READ: &'static str = "disclosure.renewal";
    const DOOR: Door = Door::Content;
    type Id = DisclosureId;
}

impl Disclose for Renewal {
    type View = Option<NewFactsView>;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<Option<NewFactsView>, Fault> {
        let Some(act) = self.rows.disclosures.iter().find(|row| row.id == self.id.uuid()) else {
            return Ok(None);
        };
        if AgencyId::from_uuid(act.source_id) != grant.agency() {
            return Ok(None);
        }
        let mut told: Vec<(Uuid, Category)> = Vec::new();
        for row in self.rows.facts.iter().filter(|row| act.item_facts.contains(&row.id)) {
            told.push((row.person_id, row.field()?.category()));
        }
        let mut items = Vec::new();
        for row in &self.rows.facts {
            let field = row.field()?;
            let own = row.source_id == act.source_id && row.retracted_at.is_none();
            let since = row.recorded_at > act.made_at && !act.item_facts.contains(&row.id);
            let corrects = row.supersedes.filter(|older| act.item_facts.contains(older));
            if own && since && (corrects.is_some() || told.contains(&(row.person_id, field.category()))) {
                items.push(SinceView {
                    fact: FactId::from_uuid(row.id),
                    person: PersonId::from_uuid(row.person_id),
                    field: field.name(),
                    category: field.category(),
                    recorded_at: row.recorded_at,
                    corrects: corrects.map(FactId::from_uuid),
                });
            }
        }
        items.sort_by_key(|item| (item.recorded_at, item.fact));
        Ok(Some(NewFactsView { id: self.id, items, next: None }))
    }
}

/// The act under this id in this file, with what came since.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_renewal<'tx, M>(
    session: &mut Session<'tx, M>,
    file: FileId,
    id: DisclosureId,
) -> Result<Sealed<'tx, Renewal>, Stop> {
    let held = match situation::load(session, file).await? {
        None => None,
        Some(rows) => {
            let scope = rows.scope(Owner::Shared)?;
            Some((Renewal { rows, id }, Scope::File(Box::new(scope))))
        }
    };
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}
