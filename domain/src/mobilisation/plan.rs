//! The safety net is agreed on (*filet de sécurité convenu*): actions with their owners, and a day to look again.

use authz::{
    acts::PlanSafetyNet,
    desk::{Acting, Permit, Session, Spent},
    id::PersonId,
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Mobilisation, Move, Moved,
    advance::{Step, advance, lock, standards},
    people::tell_around,
    words,
};
use crate::{
    action::Status,
    inbox::MessageKind,
    refusal::Refusal,
    schema::{mobilisation, safety_action},
    validation::Rule,
};

/// A safety net to agree on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPlan {
    /// When it is looked at again; as the cell's standard says, if not said.
    #[serde(default)]
    pub review_at: Option<DateTime<Utc>>,
    /// In words, through the gate.
    #[serde(default)]
    pub text: Option<String>,
    /// The person the words are about; the first person at risk, if not said.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub about: Option<PersonId>,
}

/// Agrees that the net stands.
///
/// # Errors
/// When no action is agreed on, the review lies in the past, or the cell is not at work.
pub async fn plan<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, PlanSafetyNet, Mobilisation>,
    new: NewPlan,
) -> Result<(Spent<'tx, PlanSafetyNet>, Moved), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let now = session.now();
    let head = lock(session, id).await?.ok_or(authz::fault::Fault::Stored)?;
    let (_, _, days) = standards(session, head.cell_id).await?;
    let review = new.review_at.unwrap_or(now + TimeDelta::days(i64::from(days)));
    if review <= now {
        return Err(Refusal::invalid("/review_at", Rule::InThePast));
    }
    let document = words::keep(session, &head, new.text.as_deref(), new.about).await?;
    let state = advance(session, &head, Step { by: Move::Plan, reasons: &[], document }).await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let actions: i64 = safety_action::table
        .filter(safety_action::mobilisation_id.eq(id.uuid()))
        .filter(safety_action::status.ne(Status::Cancelled.number()))
        .count()
        .get_result(&mut conn)
        .await?;
    if actions == 0 {
        return Err(Refusal::Blocked(Rule::NoAction));
    }
    diesel::update(mobilisation::table.filter(mobilisation::id.eq(id.uuid())))
        .set((
            mobilisation::state.eq(state.number()),
            mobilisation::planned_at.eq(now),
            mobilisation::review_at.eq(review),
            mobilisation::due_at.eq(review),
        ))
        .execute(&mut conn)
        .await?;
    tell_around(session, &head, MessageKind::MobilisationPlanned).await?;
    Ok((spent, Moved { id, state, at: now, due_at: Some(review) }))
}
