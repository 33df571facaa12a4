//! Entering an incident.

use authz::{
    acts::EnterIncident,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::IncidentId,
};
use chrono::{DateTime, Utc};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use super::{IncidentRegister, NewIncident};
use crate::{
    ledger::{self, Book, Draft, today},
    refusal::Refusal,
};

/// An incident that was entered.
#[derive(Serialize, ToSchema)]
pub struct IncidentEntered {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: IncidentId,
    /// When.
    pub at: DateTime<Utc>,
}

impl Answer for IncidentEntered {
    const STATUS: u16 = 201;
    fn location(&self) -> Option<String> {
        Some(format!("/api/v1/registers/incidents/{}", self.id))
    }
}

/// Enters an incident in the agency's register.
///
/// # Errors
/// Everything that is wrong with it, by place; or when the machine fails.
pub async fn enter<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, EnterIncident, IncidentRegister>,
    new: NewIncident,
) -> Result<(Spent<'tx, EnterIncident>, IncidentEntered), Refusal> {
    let (agency, spent) = permit.spend(Key::take());
    let record = new.checked(today(session))?;
    let id: IncidentId = session.fresh()?.into();
    let draft = Draft { since: record.aware_on, open: true, record: &record };
    ledger::enter(session, Book::Incidents, agency, id.uuid(), &draft).await?;
    Ok((spent, IncidentEntered { id, at: session.now() }))
}
