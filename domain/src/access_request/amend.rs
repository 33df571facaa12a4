//! Writing a request anew, before it is answered. What it said before is kept.

use authz::{
    acts::AmendRequest,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::AccessRequestId,
};
use chrono::{DateTime, NaiveDate, Utc};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use super::{AccessRequest, NewRequest, enter::term_of, find::now};
use crate::{
    ledger::{self, Draft, after, today},
    refusal::Refusal,
};

/// A request that says something else from now on.
#[derive(Serialize, ToSchema)]
pub struct RequestAmended {
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

impl Answer for RequestAmended {
    const STATUS: u16 = 200;
}

/// Appends a version, under the law it was entered under and with the time that was taken.
///
/// # Errors
/// Everything that is wrong with it, by place; when it is answered, somebody else was first, or the machine fails.
pub async fn amend<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, AmendRequest, AccessRequest>,
    new: NewRequest,
) -> Result<(Spent<'tx, AmendRequest>, RequestAmended), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let last = now(session, id).await?;
    if last.record.answer.is_some() {
        return Err(Refusal::Conflict("access_request.answered"));
    }
    let mut record = new.checked(today(session), |received| term_of(last.record.regime, received))?;
    record.extension = last.record.extension;
    let version = after(last.number)?;
    let draft = Draft { since: record.received_on, open: true, record: &record };
    ledger::append(session, id.uuid(), version, &draft).await?;
    Ok((spent, RequestAmended { id, version, at: session.now(), due_on: record.due_on() }))
}
