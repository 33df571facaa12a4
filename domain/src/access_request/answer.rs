//! Answering a request.

use authz::{
    acts::AnswerRequest,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::AccessRequestId,
};
use chrono::NaiveDate;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AccessRequest, Ground, Outcome, RequestAnswer, RequestRecord, find::now};
use crate::{
    ledger::{self, Draft, Reading, after, today},
    refusal::Refusal,
    validation::Rule,
};

/// What is answered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAnswer {
    /// When.
    #[schema(format = Date)]
    pub on: String,
    /// What.
    pub outcome: Outcome,
    /// Why not the whole: at least one ground when a part or all is refused, none otherwise.
    #[serde(default)]
    pub grounds: Vec<Ground>,
    /// The same in words; which provision, where it is another one.
    #[serde(default)]
    pub explanation: Option<String>,
}

/// A request that was answered.
#[derive(Serialize, ToSchema)]
pub struct RequestAnswered {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: AccessRequestId,
    /// Which version says so.
    pub version: i16,
    /// When it was answered.
    pub answered_on: NaiveDate,
    /// Was that too late?
    pub late: bool,
}

impl Answer for RequestAnswered {
    const STATUS: u16 = 200;
}

/// Enters what was answered.
///
/// # Errors
/// Everything that is wrong with it, by place; when something would be given to somebody of whom nobody made sure who
/// she is, when it is answered already, somebody else was first, or the machine fails.
pub async fn answer<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, AnswerRequest, AccessRequest>,
    new: NewAnswer,
) -> Result<(Spent<'tx, AnswerRequest>, RequestAnswered), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let (last, today) = (now(session, id).await?, today(session));
    let mut record = last.record;
    if record.answer.is_some() {
        return Err(Refusal::Conflict("access_request.answered"));
    }
    let answer = checked(new, &record, today)?;
    let answered_on = answer.on;
    let gives = matches!(answer.outcome, Outcome::Given | Outcome::InPart);
    if gives && record.verified.is_none() {
        return Err(Refusal::Blocked(Rule::IdentityNotVerified));
    }
    record.answer = Some(answer);
    let version = after(last.number)?;
    let draft = Draft { since: record.received_on, open: false, record: &record };
    ledger::append(session, id.uuid(), version, &draft).await?;
    Ok((spent, RequestAnswered { id, version, answered_on, late: record.is_late(today) }))
}

fn checked(new: NewAnswer, record: &RequestRecord, today: NaiveDate) -> Result<RequestAnswer, Refusal> {
    let mut read = Reading::default();
    let on = read.later("/on", Some(&new.on), today, Some(record.received_on));
    let refuses = matches!(new.outcome, Outcome::InPart | Outcome::Refused);
    read.check("/grounds", !refuses || !new.grounds.is_empty(), Rule::EmptyList);
    read.check("/grounds", refuses || new.grounds.is_empty(), Rule::GroundsNotExpected);
    let mut grounds = new.grounds;
    grounds.sort_unstable();
    let given = grounds.len();
    grounds.dedup();
    read.check("/grounds", given == grounds.len(), Rule::Duplicate);
    let explained = !grounds.contains(&Ground::OtherLaw) || new.explanation.is_some();
    read.check("/explanation", explained, Rule::Missing);
    let explanation = read.maybe("/explanation", new.explanation.as_deref());
    read.end(RequestAnswer { on: on.unwrap_or_default(), outcome: new.outcome, grounds, explanation })
}
