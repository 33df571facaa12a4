//! What has come since an act, so that it can be attested again: corrections of what was told, and what else was
//! recorded of the same persons and categories. Only the source asks, about what is its own.

use std::collections::{HashMap, HashSet};

use authz::{
    desk::{Disclose, Door, Grant, Owner, Resource, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{AgencyId, DisclosureId, DocumentId, FactId, FileId, PersonId},
    vocabulary::Category,
};
use chrono::{DateTime, Utc};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    document::DocumentKind,
    file::{
        rows::DisclosureRow,
        situation::{self, Rows},
    },
};

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

/// Something that came after the act, or a correction that it did not tell.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum SinceView {
    /// A fact.
    Fact(SinceFact),
    /// A document.
    Document(SinceDocument),
}

/// A fact that came after the act.
#[derive(Serialize, ToSchema)]
pub struct SinceFact {
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

/// A document that came after the act.
#[derive(Serialize, ToSchema)]
pub struct SinceDocument {
    /// Which.
    #[schema(value_type = Uuid)]
    pub document: DocumentId,
    /// The person.
    #[schema(value_type = Uuid)]
    pub person: PersonId,
    /// What it is: `appraisal`, `contribution`, `decision`, `attachment`…
    pub kind: &'static str,
    /// Its category.
    #[schema(value_type = String)]
    pub category: Category,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The document of the act that it corrects, if it corrects one.
    #[schema(value_type = Option<Uuid>)]
    pub corrects: Option<DocumentId>,
}

impl SinceView {
    fn order(&self) -> (DateTime<Utc>, Uuid) {
        match self {
            Self::Fact(one) => (one.recorded_at, one.fact.uuid()),
            Self::Document(one) => (one.recorded_at, one.document.uuid()),
        }
    }
}

/// Which of the source's own records stand: not taken back, and corrected by none that stands. For each the record
/// of the act that it corrects, however many corrections lie between.
struct Standing {
    older: HashMap<Uuid, Uuid>,
    corrected: HashSet<Uuid>,
}

impl Standing {
    fn of(own: impl Iterator<Item = (Uuid, Option<Uuid>, bool)>) -> Self {
        let (mut older, mut corrected) = (HashMap::new(), HashSet::new());
        for (id, supersedes, retracted) in own {
            let Some(before) = supersedes else { continue };
            older.insert(id, before);
            if !retracted {
                corrected.insert(before);
            }
        }
        Self { older, corrected }
    }

    fn stands(&self, id: Uuid) -> bool {
        !self.corrected.contains(&id)
    }

    fn corrects(&self, id: Uuid, told: &[Uuid]) -> Option<Uuid> {
        let mut next = self.older.get(&id);
        while let Some(before) = next.filter(|before| !told.contains(before)) {
            next = self.older.get(before);
        }
        next.copied()
    }
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
        let mut items = facts_since(&self.rows, act)?;
        items.extend(documents_since(&self.rows, act)?);
        items.sort_by_key(SinceView::order);
        Ok(Some(NewFactsView { id: self.id, items, next: None }))
    }
}

fn facts_since(rows: &Rows, act: &DisclosureRow) -> Result<Vec<SinceView>, Fault> {
    let own = || rows.facts.iter().filter(|row| row.source_id == act.source_id);
    let standing = Standing::of(own().map(|row| (row.id, row.supersedes, row.retracted_at.is_some())));
    let mut told: Vec<(Uuid, Category)> = Vec::new();
    for row in own().filter(|row| act.item_facts.contains(&row.id)) {
        told.push((row.person_id, row.field()?.category()));
    }
    let mut since = Vec::new();
    for row in own().filter(|row| row.retracted_at.is_none() && !act.item_facts.contains(&row.id)) {
        let field = row.field()?;
        let corrects = standing.corrects(row.id, &act.item_facts);
        let beside = row.recorded_at > act.made_at && told.contains(&(row.person_id, field.category()));
        if standing.stands(row.id) && (corrects.is_some() || beside) {
            since.push(SinceView::Fact(SinceFact {
                fact: FactId::from_uuid(row.id),
                person: PersonId::from_uuid(row.person_id),
                field: field.name(),
                category: field.category(),
                recorded_at: row.recorded_at,
                corrects: corrects.map(FactId::from_uuid),
            }));
        }
    }
    Ok(since)
}

/// The same for documents; one that a correction made a note is never told.
fn documents_since(rows: &Rows, act: &DisclosureRow) -> Result<Vec<SinceView>, Fault> {
    let own = || rows.documents.iter().filter(|row| row.source_id == act.source_id);
    let standing = Standing::of(own().map(|row| (row.id, row.supersedes, row.retracted_at.is_some())));
    let told: Vec<(Uuid, i16, i16)> = own()
        .filter(|row| act.item_documents.contains(&row.id))
        .map(|row| (row.person_id, row.kind, row.category))
        .collect();
    let mut since = Vec::new();
    for row in own().filter(|row| row.retracted_at.is_none() && !act.item_documents.contains(&row.id)) {
        let category = row.category()?;
        let corrects = standing.corrects(row.id, &act.item_documents);
        let beside = row.recorded_at > act.made_at && told.contains(&(row.person_id, row.kind, row.category));
        if category != Category::Notes && standing.stands(row.id) && (corrects.is_some() || beside) {
            since.push(SinceView::Document(SinceDocument {
                document: DocumentId::from_uuid(row.id),
                person: PersonId::from_uuid(row.person_id),
                kind: DocumentKind::from_number(row.kind)?.wire(),
                category,
                recorded_at: row.recorded_at,
                corrects: corrects.map(DocumentId::from_uuid),
            }));
        }
    }
    Ok(since)
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
