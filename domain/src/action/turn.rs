//! Moving an action on: the checks and the step that every turn shares.

use authz::{
    desk::{Acting, Answer, Session},
    id::ActionId,
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, SelectableHelper, dsl::max, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Status, Turn, rows::ActionRow};
use crate::{
    refusal::Refusal,
    schema::{safety_action, safety_action_step},
    validation::Rule,
};

/// An action that moved on.
#[derive(Serialize, ToSchema)]
pub struct Turned {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: ActionId,
    /// Where it stands now.
    pub status: Status,
    /// When it moved.
    pub at: DateTime<Utc>,
    /// When it is due.
    pub due_at: DateTime<Utc>,
}

impl Answer for Turned {
    const STATUS: u16 = 200;
}

/// The row as it stands.
///
/// INVARIANT: its mobilisation is held.
pub(super) async fn held(session: &Session<'_, Acting>, id: ActionId) -> QueryResult<ActionRow> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    safety_action::table
        .filter(safety_action::id.eq(id.uuid()))
        .select(ActionRow::as_select())
        .first(&mut conn)
        .await
}

/// Moves the action on, as `row` now says of owner, due time and evidence, and leaves the step behind.
pub(super) async fn turn(
    session: &Session<'_, Acting>,
    mut row: ActionRow,
    by: Turn,
    reasons: &[String],
) -> Result<Turned, Refusal> {
    let now = session.now();
    let status = row.status()?.after(by).map_err(|_| Refusal::Blocked(Rule::ActionOver))?;
    row.status = status.number();
    row.ended_at = (!status.is_open()).then_some(now);
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(safety_action::table.filter(safety_action::id.eq(row.id)))
        .set((
            safety_action::status.eq(row.status),
            safety_action::ended_at.eq(row.ended_at),
            safety_action::owner_agency.eq(row.owner_agency),
            safety_action::owner_account.eq(row.owner_account),
            safety_action::due_at.eq(row.due_at),
            safety_action::evidence_id.eq(row.evidence_id),
        ))
        .execute(&mut conn)
        .await?;
    leave_step(session, &row, by, reasons).await?;
    Ok(Turned { id: row.id(), status, at: now, due_at: row.due_at })
}

pub(super) async fn leave_step(
    session: &Session<'_, Acting>,
    row: &ActionRow,
    by: Turn,
    reasons: &[String],
) -> Result<(), Refusal> {
    let who = session.standing()?.clone();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let last: Option<i16> = safety_action_step::table
        .filter(safety_action_step::action_id.eq(row.id))
        .select(max(safety_action_step::position))
        .first(&mut conn)
        .await?;
    insert_into(safety_action_step::table)
        .values((
            safety_action_step::action_id.eq(row.id),
            safety_action_step::position.eq(last.unwrap_or(0) + 1),
            safety_action_step::cell_id.eq(row.cell_id),
            safety_action_step::file_id.eq(row.file_id),
            safety_action_step::by.eq(by.wire()),
            safety_action_step::by_account.eq(who.user().uuid()),
            safety_action_step::by_agency.eq(who.agency().uuid()),
            safety_action_step::at.eq(session.now()),
            safety_action_step::reasons.eq(reasons),
            safety_action_step::owner_account.eq(row.owner_account),
            safety_action_step::due_at.eq(row.due_at),
        ))
        .execute(&mut conn)
        .await?;
    Ok(())
}
