//! What the tables hold of one action.

use authz::{
    desk::Frame,
    fault::Fault,
    gate::Label,
    id::{ActionId, AgencyId, FileId, MobilisationId},
    vocabulary::Category,
};
use chrono::{DateTime, Utc};
use diesel::{Queryable, Selectable};
use uuid::Uuid;

use super::Status;
use crate::schema::{safety_action, safety_action_step, safety_action_told};

#[derive(Queryable, Selectable, Clone)]
#[diesel(table_name = safety_action, check_for_backend(diesel::pg::Pg))]
pub(crate) struct ActionRow {
    pub id: Uuid,
    pub mobilisation_id: Uuid,
    pub cell_id: Uuid,
    pub file_id: Uuid,
    pub kind: String,
    pub owner_agency: Uuid,
    pub owner_account: Uuid,
    pub protects: Vec<Uuid>,
    pub written_agency: Uuid,
    pub written_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub status: i16,
    pub ended_at: Option<DateTime<Utc>>,
    pub if_it_fails: Vec<String>,
    pub must_not: Vec<String>,
    pub document_id: Option<Uuid>,
    pub evidence_id: Option<Uuid>,
    pub meeting_id: Option<Uuid>,
}

impl ActionRow {
    pub fn id(&self) -> ActionId {
        ActionId::from_uuid(self.id)
    }

    pub fn mobilisation(&self) -> MobilisationId {
        MobilisationId::from_uuid(self.mobilisation_id)
    }

    pub fn file(&self) -> FileId {
        FileId::from_uuid(self.file_id)
    }

    pub fn owner_agency(&self) -> AgencyId {
        AgencyId::from_uuid(self.owner_agency)
    }

    pub fn status(&self) -> Result<Status, Fault> {
        Status::from_number(self.status)
    }

    /// What decides who may know of it: a safety plan by its writer, about each person it protects. The words
    /// stand in the document about the first of them.
    pub fn frame(&self) -> Frame {
        let label = |(n, person): (usize, &Uuid)| Label {
            id: self.document_id.filter(|_| n == 0).unwrap_or(Uuid::nil()),
            subject: *person,
            category: Category::SafetyPlan,
            source: self.written_agency,
            recorded_at: self.written_at,
            vault: None,
        };
        Frame { owner: self.owner_agency(), labels: self.protects.iter().enumerate().map(label).collect() }
    }
}

#[derive(Queryable, Selectable, Clone)]
#[diesel(table_name = safety_action_step, check_for_backend(diesel::pg::Pg))]
pub(crate) struct StepRow {
    pub action_id: Uuid,
    pub by: String,
    pub by_account: Uuid,
    pub by_agency: Uuid,
    pub at: DateTime<Utc>,
    pub reasons: Vec<String>,
    pub owner_account: Uuid,
    pub due_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable, Clone)]
#[diesel(table_name = safety_action_told, check_for_backend(diesel::pg::Pg))]
pub(crate) struct ToldRow {
    pub action_id: Uuid,
    pub person_id: Uuid,
    pub told_at: DateTime<Utc>,
    pub by_account: Uuid,
    pub by_agency: Uuid,
    pub channel: String,
}
