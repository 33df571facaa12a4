//! A risk file as one viewer may see it.

use std::collections::{HashMap, HashSet};

use authz::{
    desk::{Disclose, Door, Grant, Resource, Shown},
    fault::Fault,
    gate::{Basis, Label},
    id::{AgencyId, CellId, FactId, FileId, PersonId},
    keys::Place,
    vocabulary::{AgencyKind, BasisKind, Category, Purpose, SubjectRole},
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    merged::known_mergers,
    rows::{AgencyRow, FactRow, PersonRow},
    situation::Rows,
    withheld::{WithheldView, withheld},
};
use crate::value::Value;

/// A risk file as found, before anybody was judged.
pub struct RiskFile {
    pub(crate) rows: Rows,
    pub(crate) purpose: Option<Purpose>,
    pub(crate) now: DateTime<Utc>,
}

impl Resource for RiskFile {
    const KIND: &'static str = "file";
    const READ: &'static str = "file.read";
    const DOOR: Door = Door::Content;
    type Id = FileId;
}

/// Whether a file is being worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileStatus {
    /// At work.
    Active,
    /// Closed; readable until its sunset.
    Closed,
}

impl FileStatus {
    pub(crate) const fn from_number(number: i16) -> Result<Self, Fault> {
        match number {
            0 => Ok(Self::Active),
            1 => Ok(Self::Closed),
            _ => Err(Fault::Stored),
        }
    }
}

/// A risk file through the gate.
#[derive(Serialize, ToSchema)]
pub struct FileView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: FileId,
    /// What people call it.
    pub reference: String,
    /// Its cell.
    pub cell: CellView,
    /// Whether it is being worked on.
    pub status: FileStatus,
    /// The purpose this answer was given for.
    #[schema(value_type = String)]
    pub purpose: Purpose,
    /// The agencies around it; outside the circle, one's own row only.
    pub circle: Vec<CircleView>,
    /// The file in which this situation goes on, for who may know of both.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Uuid>)]
    pub merged_into: Option<FileId>,
    /// The files that were merged into this one, for who may know of both.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Uuid>)]
    pub merged_from: Vec<FileId>,
    /// The persons the viewer may know of.
    pub persons: Vec<PersonView>,
}

/// A cell by name.
#[derive(Serialize, ToSchema)]
pub struct CellView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: CellId,
    /// Short name.
    pub key: String,
    /// Full name.
    pub name: String,
}

/// An agency's time in the circle.
#[derive(Serialize, ToSchema)]
pub struct CircleView {
    /// Which.
    pub agency: MemberView,
    /// First instant inside.
    pub from: DateTime<Utc>,
    /// First instant outside again.
    pub until: Option<DateTime<Utc>>,
}

/// An agency with its kind.
#[derive(Serialize, ToSchema)]
pub struct MemberView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: AgencyId,
    /// Short name.
    pub key: String,
    /// Full name.
    pub name: String,
    /// What it does.
    #[schema(value_type = String)]
    pub kind: AgencyKind,
}

/// An agency by name.
#[derive(Serialize, ToSchema, Clone)]
pub struct SourceView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: AgencyId,
    /// Short name.
    pub key: String,
    /// Full name.
    pub name: String,
}

/// A person and what may be known of them.
#[derive(Serialize, ToSchema)]
pub struct PersonView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: PersonId,
    /// Role in the file.
    #[schema(value_type = String)]
    pub role: SubjectRole,
    /// For the agency that added the person: true. To anybody else it is not even said who did.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
    /// In catalogue order, then by date, then by id.
    pub facts: Vec<FactView>,
    /// What *may* exist and is not shown; the same whether or not it exists.
    pub withheld: Vec<WithheldView>,
}

/// A fact that shows.
#[derive(Serialize, ToSchema)]
pub struct FactView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: FactId,
    /// Catalogue field.
    pub field: &'static str,
    /// Its category.
    #[schema(value_type = String)]
    pub category: Category,
    /// The value, of the field's type.
    #[schema(value_type = Object)]
    pub value: Shown<Json>,
    /// Who states it.
    pub source: SourceView,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// On what it shows.
    pub basis: BasisView,
    /// For its source: the agencies that may receive it at all; absent: no vault; empty: nobody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Uuid>>)]
    pub vault: Option<Vec<AgencyId>>,
}

/// On what a fact shows.
#[derive(Serialize, ToSchema, Clone, Copy, PartialEq, Eq)]
pub struct BasisView {
    /// `own`, `consent` or `disclosure`.
    pub kind: &'static str,
    /// The consent or act; `own` has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
}

impl From<&Basis<Uuid>> for BasisView {
    fn from(basis: &Basis<Uuid>) -> Self {
        let (kind, id) = match basis {
            Basis::Own => (BasisKind::Own, None),
            Basis::Consent(id) => (BasisKind::Consent, Some(*id)),
            Basis::Disclosure(id) => (BasisKind::Disclosure, Some(*id)),
        };
        Self { kind: kind.wire(), id }
    }
}

/// The vault of something, for its source. To anybody else it is not even said that there is one.
pub(crate) fn own_vault<R: Resource>(label: &Label<Uuid>, grant: &Grant<'_, R>) -> Option<Vec<AgencyId>> {
    let named = label.vault.as_ref().filter(|_| label.source == grant.agency().uuid())?;
    Some(named.iter().copied().map(AgencyId::from_uuid).collect())
}

/// Where a fact's value is sealed.
pub(crate) const fn value_place(fact: Uuid) -> Place {
    Place { table: "fact", column: "value_sealed", row: fact }
}

impl Disclose for RiskFile {
    type View = FileView;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<FileView, Fault> {
        self.view(grant)
    }
}

impl RiskFile {
    /// The file as the grant shows it, whatever it is shown within.
    pub(super) fn view<R: Resource>(self, grant: &Grant<'_, R>) -> Result<FileView, Fault> {
        let Rows {
            head,
            circle,
            agencies,
            persons,
            recused: _,
            facts,
            documents: _,
            consents: _,
            provisions: _,
            disclosures: _,
            mergers,
        } = self.rows;
        let (merged_into, merged_from) = known_mergers(&mergers, head.id, self.now, grant);
        let names: HashMap<Uuid, &AgencyRow> = agencies.iter().map(|agency| (agency.id, agency)).collect();
        let mut members = Vec::with_capacity(circle.len());
        for row in &circle {
            if grant.sees_circle() || row.agency_id == grant.agency().uuid() {
                let agency = names.get(&row.agency_id).ok_or(Fault::Stored)?;
                members.push(CircleView { agency: member(agency)?, from: row.from_at, until: row.until_at });
            }
        }
        let mut shown = current_facts(facts, &names, grant)?;
        let mut views = Vec::with_capacity(persons.len());
        for row in persons {
            let PersonRow { id, role, birth_sealed: _, vault: _, source_id } = row;
            let facts = shown.remove(&id).unwrap_or_default();
            if grant.knows_person(id) {
                let role = SubjectRole::from_number(role).map_err(|_| Fault::Stored)?;
                views.push(PersonView {
                    id: PersonId::from_uuid(id),
                    role,
                    own: source_id == grant.agency().uuid(),
                    facts,
                    withheld: withheld(grant, id),
                });
            }
        }
        Ok(FileView {
            id: head.file(),
            cell: CellView { id: head.cell(), key: head.cell_key, name: head.cell_name },
            reference: head.reference,
            status: FileStatus::from_number(head.status)?,
            purpose: self.purpose.ok_or(Fault::Stored)?,
            circle: members,
            merged_into,
            merged_from,
            persons: views,
        })
    }
}

fn member(agency: &AgencyRow) -> Result<MemberView, Fault> {
    Ok(MemberView {
        id: AgencyId::from_uuid(agency.id),
        key: agency.key.clone(),
        name: agency.name.clone(),
        kind: AgencyKind::from_number(agency.kind).map_err(|_| Fault::Stored)?,
    })
}

pub(crate) fn source(names: &HashMap<Uuid, &AgencyRow>, id: Uuid) -> Result<SourceView, Fault> {
    let agency = names.get(&id).ok_or(Fault::Stored)?;
    Ok(SourceView { id: AgencyId::from_uuid(id), key: agency.key.clone(), name: agency.name.clone() })
}

/// Of each chain of corrections, the newest fact that the gate shows to this viewer: a correction that
/// does not show neither appears nor makes the older value vanish. A person's facts stay with the person
/// they were vaulted with.
fn current_facts<R: Resource>(
    mut facts: Vec<FactRow>,
    names: &HashMap<Uuid, &AgencyRow>,
    grant: &Grant<'_, R>,
) -> Result<HashMap<Uuid, Vec<FactView>>, Fault> {
    facts.retain(|fact| fact.retracted_at.is_none());
    facts.sort_by_key(|fact| (fact.field, fact.recorded_at, fact.id));
    let older: HashMap<Uuid, Uuid> =
        facts.iter().filter_map(|fact| Some((fact.id, fact.supersedes?))).collect();
    let mut corrected = HashSet::new();
    let mut visible = Vec::with_capacity(facts.len());
    for fact in facts {
        let label = fact.label()?;
        if !grant.knows_person(fact.person_id) || !grant.would_show(&label) {
            continue;
        }
        let mut next = fact.supersedes;
        // A chain ends at its first fact, or where somebody already walked it.
        while let Some(id) = next.filter(|id| corrected.insert(*id)) {
            next = older.get(&id).copied();
        }
        visible.push((fact, label));
    }
    let mut shown: HashMap<Uuid, Vec<FactView>> = HashMap::new();
    for (fact, label) in visible {
        if corrected.contains(&fact.id) {
            continue;
        }
        let field = fact.field()?;
        let place = value_place(fact.id);
        if let Some(value) = grant.unseal(&label, field.name(), &place, &fact.value_sealed, read_value)? {
            let basis = BasisView::from(value.basis());
            shown.entry(fact.person_id).or_default().push(FactView {
                id: FactId::from_uuid(fact.id),
                field: field.name(),
                category: field.category(),
                value,
                source: source(names, fact.source_id)?,
                recorded_at: fact.recorded_at,
                basis,
                vault: own_vault(&label, grant),
            });
        }
    }
    Ok(shown)
}

pub(crate) fn read_value(plain: &[u8]) -> Option<Json> {
    Value::from_bytes(plain).ok().map(|value| value.to_json())
}
