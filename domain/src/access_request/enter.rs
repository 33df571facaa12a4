//! Entering a request.

use authz::{
    acts::EnterRequest,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::AccessRequestId,
};
use chrono::{DateTime, NaiveDate, Utc};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use super::{NewRequest, RequestRegister, Term, Terms};
use crate::{
    agencies,
    law::Regime,
    ledger::{self, Book, Draft, today},
    refusal::Refusal,
    validation::Rule,
};

/// A request that was entered.
#[derive(Serialize, ToSchema)]
pub struct RequestEntered {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: AccessRequestId,
    /// When.
    pub at: DateTime<Utc>,
    /// The last day on which it is answered in time.
    pub due_on: NaiveDate,
}

impl Answer for RequestEntered {
    const STATUS: u16 = 201;
    fn location(&self) -> Option<String> {
        Some(format!("/api/v1/registers/access-requests/{}", self.id))
    }
}

/// Enters a request in the agency's register.
///
/// # Errors
/// Everything that is wrong with it, by place; or when the machine fails.
pub async fn enter<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, EnterRequest, RequestRegister>,
    new: NewRequest,
) -> Result<(Spent<'tx, EnterRequest>, RequestEntered), Refusal> {
    let (agency, spent) = permit.spend(Key::take());
    let regime = own_regime(session).await?;
    let record = new.checked(today(session), |received| term_of(regime, received))?;
    let id: AccessRequestId = session.fresh()?.into();
    let draft = Draft { since: record.received_on, open: true, record: &record };
    ledger::enter(session, Book::AccessRequests, agency, id.uuid(), &draft).await?;
    Ok((spent, RequestEntered { id, at: session.now(), due_on: record.due_on() }))
}

/// The law that governs the caller's agency.
pub(super) async fn own_regime(session: &Session<'_, Acting>) -> Result<Regime, Refusal> {
    let own = session.standing()?.agency();
    let known = agencies::known(session, &[own], |_| String::new()).await?;
    let regime = known.into_iter().next().and_then(|known| known.regime.parse().ok());
    regime.ok_or_else(|| Refusal::invalid("/received_on", Rule::BasisRegime))
}

/// How long there is to answer what was received on a day.
pub(super) fn term_of(regime: Regime, received: NaiveDate) -> Result<&'static Term, Refusal> {
    Terms::of(regime, received).ok_or_else(|| Refusal::invalid("/received_on", Rule::BasisRegime))
}
