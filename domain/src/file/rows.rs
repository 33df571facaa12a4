//! What the tables hold of one file. Rows derive neither `Serialize` nor `Debug`: a new column stays
//! invisible until a view shows it.

use authz::{
    fault::{Fault, Stop},
    gate,
    id::{AgencyId, CellId, FileId},
    vocabulary::{Capacity, Category, Effect, Expiry, GrantorKind, Purpose},
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::Queryable;
use uuid::Uuid;

use crate::catalogue::Field;

#[derive(Queryable)]
pub(crate) struct HeadRow {
    pub id: Uuid,
    pub cell_id: Uuid,
    pub reference: String,
    pub status: i16,
    pub opened_by: Uuid,
    pub sunset_at: Option<DateTime<Utc>>,
    pub cell_key: String,
    pub cell_name: String,
}

impl HeadRow {
    pub fn file(&self) -> FileId {
        FileId::from_uuid(self.id)
    }

    pub fn cell(&self) -> CellId {
        CellId::from_uuid(self.cell_id)
    }
}

#[derive(Queryable)]
pub(crate) struct CircleRow {
    pub agency_id: Uuid,
    pub from_at: DateTime<Utc>,
    pub until_at: Option<DateTime<Utc>>,
}

#[derive(Queryable)]
pub(crate) struct AgencyRow {
    pub id: Uuid,
    pub key: String,
    pub name: String,
    pub kind: i16,
}

#[derive(Queryable)]
pub(crate) struct PersonRow {
    pub id: Uuid,
    pub role: i16,
    pub birth_sealed: Option<Vec<u8>>,
    pub vault: Option<Vec<Uuid>>,
    pub source_id: Uuid,
}

#[derive(Queryable)]
pub(crate) struct FactRow {
    pub id: Uuid,
    pub person_id: Uuid,
    pub field: i16,
    pub source_id: Uuid,
    pub recorded_at: DateTime<Utc>,
    pub value_sealed: Vec<u8>,
    pub vault: Option<Vec<Uuid>>,
    pub supersedes: Option<Uuid>,
    pub retracted_at: Option<DateTime<Utc>>,
}

impl FactRow {
    pub fn field(&self) -> Result<Field, Fault> {
        Field::numbered(self.field).map_err(|_| Fault::Stored)
    }

    pub fn label(&self) -> Result<gate::Label<Uuid>, Fault> {
        Ok(gate::Label {
            id: self.id,
            subject: self.person_id,
            category: self.field()?.category(),
            source: self.source_id,
            recorded_at: self.recorded_at,
            vault: self.vault.clone(),
        })
    }

    pub fn source(&self) -> AgencyId {
        AgencyId::from_uuid(self.source_id)
    }
}

/// A document's label; its body is read only when one asks for it.
#[derive(Queryable, Clone)]
pub(crate) struct DocumentRow {
    pub id: Uuid,
    pub person_id: Uuid,
    pub kind: i16,
    pub category: i16,
    pub source_id: Uuid,
    pub recorded_at: DateTime<Utc>,
    pub vault: Option<Vec<Uuid>>,
    pub supersedes: Option<Uuid>,
    pub retracted_at: Option<DateTime<Utc>>,
}

impl DocumentRow {
    pub fn category(&self) -> Result<Category, Fault> {
        Category::from_number(self.category).map_err(|_| Fault::Stored)
    }

    pub fn label(&self) -> Result<gate::Label<Uuid>, Fault> {
        Ok(gate::Label {
            id: self.id,
            subject: self.person_id,
            category: self.category()?,
            source: self.source_id,
            recorded_at: self.recorded_at,
            vault: self.vault.clone(),
        })
    }

    pub fn source(&self) -> AgencyId {
        AgencyId::from_uuid(self.source_id)
    }
}

#[derive(Queryable)]
pub(crate) struct ConsentRow {
    pub id: Uuid,
    pub subject_id: Uuid,
    pub grantor: i16,
    pub grantor_person: Option<Uuid>,
    pub given_at: DateTime<Utc>,
    pub valid_from: DateTime<Utc>,
    pub valid_until: Option<DateTime<Utc>>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub form: i16,
    pub language: String,
    pub interpreter: bool,
    pub words_sealed: Option<Vec<u8>>,
    pub recorded_agency: Uuid,
    pub recorded_at: DateTime<Utc>,
}

#[derive(Queryable)]
pub(crate) struct ProvisionRow {
    pub consent_id: Uuid,
    pub effect: i16,
    pub recipients: Vec<Uuid>,
    pub to_circle: bool,
    pub categories: i32,
    pub purposes: i32,
    pub sources: Vec<Uuid>,
    pub any_source: bool,
}

/// The stored number that means "any" in a set of categories or purposes.
pub(crate) const ANY: i32 = -1;

impl ProvisionRow {
    pub fn categories(&self) -> gate::CategorySet {
        if self.categories == ANY {
            return gate::CategorySet::ANY;
        }
        Category::ALL.iter().copied().filter(|c| self.categories & (1 << c.number()) != 0).collect()
    }

    pub fn purposes(&self) -> gate::PurposeSet {
        if self.purposes == ANY {
            return gate::PurposeSet::ANY;
        }
        Purpose::ALL.iter().copied().filter(|p| self.purposes & (1 << p.number()) != 0).collect()
    }

    pub fn sources(&self) -> gate::Sources<Uuid> {
        if self.any_source { gate::Sources::Any } else { gate::Sources::These(self.sources.clone()) }
    }

    pub fn effect(&self) -> Result<Effect, Stop> {
        Ok(Effect::from_number(self.effect)?)
    }
}

impl ConsentRow {
    pub fn grantor(&self) -> Result<GrantorKind, Stop> {
        Ok(GrantorKind::from_number(self.grantor)?)
    }
}

#[derive(Queryable)]
pub(crate) struct DisclosureRow {
    pub id: Uuid,
    pub source_id: Uuid,
    pub made_by: Uuid,
    pub made_at: DateTime<Utc>,
    pub basis_code: String,
    pub basis_version: Option<NaiveDate>,
    pub expires: i16,
    pub until_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub recipient_agencies: Vec<Uuid>,
    pub recipient_capacities: Vec<i16>,
    pub item_facts: Vec<Uuid>,
    pub item_subjects: Vec<Uuid>,
    pub item_categories: Vec<i16>,
    pub attested: Vec<String>,
    pub renews: Option<Uuid>,
    pub record_sealed: Option<Vec<u8>>,
    pub record_completed_at: Option<DateTime<Utc>>,
    pub item_documents: Vec<Uuid>,
    pub meeting_id: Option<Uuid>,
    pub channel: i16,
}

impl DisclosureRow {
    pub fn expires(&self) -> Result<Expiry, Stop> {
        Ok(Expiry::from_number(self.expires)?)
    }

    pub fn recipients(&self) -> Result<Vec<(Uuid, Capacity)>, Stop> {
        self.recipient_agencies
            .iter()
            .zip(&self.recipient_capacities)
            .map(|(agency, capacity)| Ok((*agency, Capacity::from_number(*capacity)?)))
            .collect()
    }

    pub fn agreed(&self) -> Result<Vec<(Uuid, Category)>, Stop> {
        self.item_subjects
            .iter()
            .zip(&self.item_categories)
            .map(|(subject, category)| Ok((*subject, Category::from_number(*category)?)))
            .collect()
    }
}
