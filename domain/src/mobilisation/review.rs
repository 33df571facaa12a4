//! The safety net is looked at again (*suivi*): the next time is always set.

use authz::{
    acts::ReviewSafetyNet,
    desk::{Acting, Permit, Session, Spent},
    id::PersonId,
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Mobilisation, Move, Moved,
    advance::{Step, advance, coded, coded_one, lock},
    people::tell_around,
    words,
};
use crate::{inbox::MessageKind, refusal::Refusal, schema::mobilisation, validation::Rule};

/// A review to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReview {
    /// When the net is looked at next.
    pub review_at: DateTime<Utc>,
    /// The level that a person set now; a code of `risk_level`. It moves nothing by itself.
    #[serde(default)]
    pub level: Option<String>,
    /// Why; codes of `mobilisation_reason`.
    pub reasons: Vec<String>,
    /// In words, through the gate.
    #[serde(default)]
    pub text: Option<String>,
    /// The person the words are about; the first person at risk, if not said.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub about: Option<PersonId>,
}

/// Records a review. It answers what asked for a new appraisal.
///
/// # Errors
/// When the next review lies in the past, a code is unknown, or no net was agreed on.
pub async fn review<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ReviewSafetyNet, Mobilisation>,
    new: NewReview,
) -> Result<(Spent<'tx, ReviewSafetyNet>, Moved), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let now = session.now();
    coded("mobilisation_reason", &new.reasons, "/reasons", true)?;
    if let Some(level) = &new.level {
        coded_one("risk_level", level, "/level")?;
    }
    if new.review_at <= now {
        return Err(Refusal::invalid("/review_at", Rule::InThePast));
    }
    let head = lock(session, id).await?.ok_or(authz::fault::Fault::Stored)?;
    let document = words::keep(session, &head, new.text.as_deref(), new.about).await?;
    let state = advance(session, &head, Step { by: Move::Review, reasons: &new.reasons, document }).await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(mobilisation::table.filter(mobilisation::id.eq(id.uuid())))
        .set((
            mobilisation::state.eq(state.number()),
            mobilisation::level.eq(new.level.or_else(|| head.level.clone())),
            mobilisation::review_at.eq(new.review_at),
            mobilisation::due_at.eq(new.review_at),
            mobilisation::reappraisal_due_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(&mut conn)
        .await?;
    tell_around(session, &head, MessageKind::MobilisationReviewed).await?;
    Ok((spent, Moved { id, state, at: now, due_at: Some(new.review_at) }))
}
