//! Writing what is known of an incident now. What it said before is kept.

use authz::{
    acts::AmendIncident,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::IncidentId,
};
use chrono::{DateTime, Utc};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Incident, NewIncident, find::now};
use crate::{
    ledger::{self, Draft, after, today},
    refusal::Refusal,
};

/// An incident that says something else from now on.
#[derive(Serialize, ToSchema)]
pub struct IncidentAmended {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: IncidentId,
    /// Which version this is.
    pub version: i16,
    /// When.
    pub at: DateTime<Utc>,
}

impl Answer for IncidentAmended {
    const STATUS: u16 = 200;
}

/// Appends a version. A closed incident is open again: something of it changed.
///
/// # Errors
/// Everything that is wrong with it, by place; when somebody else was first; or when the machine fails.
pub async fn amend<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, AmendIncident, Incident>,
    new: NewIncident,
) -> Result<(Spent<'tx, AmendIncident>, IncidentAmended), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let record = new.checked(today(session))?;
    let version = after(now(session, id).await?.number)?;
    let draft = Draft { since: record.aware_on, open: true, record: &record };
    ledger::append(session, id.uuid(), version, &draft).await?;
    Ok((spent, IncidentAmended { id, version, at: session.now() }))
}
