//! Taking more time to answer, where the law allows it: once, before the time is over, and saying why.

use authz::{
    acts::ExtendRequest,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::AccessRequestId,
};
use chrono::{DateTime, NaiveDate, Utc};
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AccessRequest, RequestExtension, enter::term_of, find::now};
use crate::{
    ledger::{self, Draft, Reading, after, today},
    refusal::Refusal,
    validation::Rule,
};

/// More time to take.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewExtension {
    /// Why.
    pub because: String,
}

/// A request that may be answered later.
#[derive(Serialize, ToSchema)]
pub struct RequestExtended {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: AccessRequestId,
    /// Which version this is.
    pub version: i16,
    /// When.
    pub at: DateTime<Utc>,
    /// The last day on which it is answered in time.
    pub due_on: NaiveDate,
}

impl Answer for RequestExtended {
    const STATUS: u16 = 200;
}

/// Takes the time that the law allows.
///
/// # Errors
/// When the law allows none, the time is over, it was taken or the request answered, or the machine fails.
pub async fn extend<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ExtendRequest, AccessRequest>,
    new: NewExtension,
) -> Result<(Spent<'tx, ExtendRequest>, RequestExtended), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let (last, today) = (now(session, id).await?, today(session));
    let mut record = last.record;
    let mut read = Reading::default();
    let because = read.words("/because", &new.because);
    read.end(())?;
    if record.answer.is_some() || record.extension.is_some() {
        return Err(Refusal::Conflict("access_request.extended"));
    }
    let days = term_of(record.regime, record.received_on)?.extension_days;
    if days == 0 {
        return Err(Refusal::Blocked(Rule::ExtensionNotAllowed));
    }
    if today > record.due_on() {
        return Err(Refusal::Blocked(Rule::ExtensionTooLate));
    }
    record.extension = Some(RequestExtension { on: today, days, because });
    let version = after(last.number)?;
    let draft = Draft { since: record.received_on, open: true, record: &record };
    ledger::append(session, id.uuid(), version, &draft).await?;
    Ok((spent, RequestExtended { id, version, at: session.now(), due_on: record.due_on() }))
}
