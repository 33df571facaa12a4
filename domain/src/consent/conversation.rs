//! What was said in one conversation (*conversation de consentement*): a yes for some time and a no without end are
//! two consents, recorded together or not at all.

use authz::{
    acts::RecordConsent,
    desk::{Acting, Answer, Permit, Sealed, Session, Spent},
    id::{ConsentId, FileId},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{NewConsent, record};
use crate::{file::view::RiskFile, refusal::Refusal, validation::Rule};

/// More consents than any conversation comes to.
const MOST: usize = 10;

/// A conversation to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConversation {
    /// What was said, as consents and refusals.
    pub consents: Vec<NewConsent>,
}

/// A conversation that was recorded.
#[derive(Serialize, ToSchema)]
pub struct ConversationRecorded {
    /// The file.
    #[schema(value_type = uuid::Uuid)]
    pub file: FileId,
    /// Its consents, in the order they were sent.
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub consents: Vec<ConsentId>,
    /// When they were recorded.
    pub recorded_at: DateTime<Utc>,
}

impl Answer for ConversationRecorded {
    const STATUS: u16 = 201;
}

/// Records them all. Whatever stands against one stands against the conversation.
///
/// # Errors
/// When something is missing or cannot be, by place, or the machine fails.
pub async fn record_conversation<'tx>(
    session: &mut Session<'tx, Acting>,
    on: &Sealed<'tx, RiskFile>,
    permit: Permit<'tx, RecordConsent, RiskFile>,
    file: FileId,
    new: NewConversation,
) -> Result<(Spent<'tx, RecordConsent>, ConversationRecorded), Refusal> {
    if new.consents.len() > MOST {
        return Err(Refusal::invalid("/consents", Rule::TooLong));
    }
    let recorded_at = session.now();
    let mut said = new.consents.into_iter().enumerate();
    let Some((_, first)) = said.next() else {
        return Err(Refusal::invalid("/consents", Rule::EmptyList));
    };
    let (mut spent, one) = record(session, on, permit, first).await.map_err(|wrong| under(wrong, 0))?;
    let mut consents = vec![one.id];
    for (n, next) in said {
        // Each is an act of its own, with its own line in the log.
        let permit = session.permit::<RecordConsent, RiskFile>(on)?;
        let (done, one) = record(session, on, permit, next).await.map_err(|wrong| under(wrong, n))?;
        consents.push(one.id);
        spent = done;
    }
    Ok((spent, ConversationRecorded { file, consents, recorded_at }))
}

fn under(refusal: Refusal, n: usize) -> Refusal {
    match refusal {
        Refusal::Invalid(wrong) => {
            let parent = format!("/consents/{n}");
            Refusal::Invalid(wrong.into_iter().map(|one| one.under(&parent)).collect())
        }
        other => other,
    }
}
