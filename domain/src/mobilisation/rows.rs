//! What the tables hold of one mobilisation.

use authz::{
    fault::{Fault, Stop},
    id::{AgencyId, CellId, FileId, MobilisationId},
};
use chrono::{DateTime, Utc};
use diesel::{Queryable, Selectable};
use uuid::Uuid;

use super::State;
use crate::schema::{mobilisation, mobilisation_opinion, mobilisation_step};

#[derive(Queryable, Selectable, Clone)]
#[diesel(table_name = mobilisation, check_for_backend(diesel::pg::Pg))]
pub(crate) struct MobilisationRow {
    pub id: Uuid,
    pub cell_id: Uuid,
    pub reference: String,
    pub state: i16,
    pub brought_by: Uuid,
    pub own_reference: Option<String>,
    pub file_id: Option<Uuid>,
    pub age_band: Option<String>,
    pub region: Option<String>,
    pub factors: Option<Vec<String>>,
    pub services: Option<Vec<String>>,
    pub level: Option<String>,
    pub urgent: bool,
    pub repeat_of: Option<Uuid>,
    pub repeat_rule: Option<i16>,
    pub transferred_from: Option<Uuid>,
    pub transferred_to: Option<Uuid>,
    pub opened_at: DateTime<Utc>,
    pub consulted_at: Option<DateTime<Utc>>,
    pub decided_at: Option<DateTime<Utc>>,
    pub triggered_at: Option<DateTime<Utc>>,
    pub identity_at: Option<DateTime<Utc>>,
    pub met_at: Option<DateTime<Utc>>,
    pub planned_at: Option<DateTime<Utc>>,
    pub review_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub residual_level: Option<String>,
    pub due_at: Option<DateTime<Utc>>,
    pub reappraisal_due_at: Option<DateTime<Utc>>,
    pub following: Vec<Uuid>,
    pub lessons_given: bool,
}

impl MobilisationRow {
    pub fn id(&self) -> MobilisationId {
        MobilisationId::from_uuid(self.id)
    }

    pub fn cell(&self) -> CellId {
        CellId::from_uuid(self.cell_id)
    }

    pub fn brought_by(&self) -> AgencyId {
        AgencyId::from_uuid(self.brought_by)
    }

    pub fn file(&self) -> Option<FileId> {
        self.file_id.map(FileId::from_uuid)
    }

    pub fn state(&self) -> Result<State, Fault> {
        State::from_number(self.state)
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = mobilisation_step, check_for_backend(diesel::pg::Pg))]
pub(crate) struct StepRow {
    pub by: String,
    pub state: i16,
    pub by_account: Option<Uuid>,
    pub by_agency: Option<Uuid>,
    pub at: DateTime<Utc>,
    pub reasons: Vec<String>,
    pub document_id: Option<Uuid>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = mobilisation_opinion, check_for_backend(diesel::pg::Pg))]
pub(crate) struct OpinionRow {
    pub agency_id: Uuid,
    pub opinion: i16,
    pub reasons: Vec<String>,
    pub at: DateTime<Utc>,
}

/// A mobilisation with what belongs to it.
pub(crate) struct Held {
    pub head: MobilisationRow,
    pub steps: Vec<StepRow>,
    pub opinions: Vec<OpinionRow>,
    pub file: Option<crate::file::situation::Rows>,
    pub bodies: std::collections::HashMap<Uuid, Vec<u8>>,
}

impl Held {
    pub fn scope(&self) -> Result<authz::desk::ProcessScope, Stop> {
        let file = match &self.file {
            None => None,
            Some(rows) => Some(Box::new(rows.scope(authz::desk::Owner::Shared)?)),
        };
        Ok(authz::desk::ProcessScope {
            cell: self.head.cell(),
            brought_by: self.head.brought_by(),
            shared: self.head.state()?.is_shared(),
            received: self.head.transferred_from.is_some(),
            file,
        })
    }
}
