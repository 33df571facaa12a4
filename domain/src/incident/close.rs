//! Closing an incident: everything that it asked for was done.

use authz::{
    acts::CloseIncident,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::IncidentId,
};
use chrono::{DateTime, Utc};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Incident, find::now};
use crate::{
    ledger::{self, Draft, after},
    refusal::Refusal,
    validation::Rule,
};

/// An incident that was closed.
#[derive(Serialize, ToSchema)]
pub struct IncidentClosed {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: IncidentId,
    /// Which version says so.
    pub version: i16,
    /// When.
    pub closed_at: DateTime<Utc>,
}

impl Answer for IncidentClosed {
    const STATUS: u16 = 200;
}

/// Closes an incident.
///
/// # Errors
/// When it is closed already, a notice is still to be given, somebody else was first, or the machine fails.
pub async fn close<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, CloseIncident, Incident>,
) -> Result<(Spent<'tx, CloseIncident>, IncidentClosed), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let last = now(session, id).await?;
    if !last.open {
        return Err(Refusal::Conflict("incident.closed"));
    }
    if !last.record.awaits().is_empty() {
        return Err(Refusal::Blocked(Rule::NoticeWaiting));
    }
    let version = after(last.number)?;
    let draft = Draft { since: last.record.aware_on, open: false, record: &last.record };
    ledger::append(session, id.uuid(), version, &draft).await?;
    Ok((spent, IncidentClosed { id, version, closed_at: session.now() }))
}
