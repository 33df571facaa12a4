//! A consultation without identity (*consultation sans identité*): the respondent brings it to the cell.

use authz::{
    acts::BringToCell,
    desk::{Acting, Permit, Session, Spent},
};
use chrono::TimeDelta;
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;

use super::{
    Mobilisation, Move, Moved,
    advance::{Step, advance, lock},
    people::{coordinators, tell},
};
use crate::{
    inbox::MessageKind,
    refusal::Refusal,
    schema::{cell, mobilisation},
};

/// Brings a situation to the cell. From now on its committee sees the codes, and still nobody's name.
///
/// # Errors
/// When the risk was not appraised inside the agency first.
pub async fn consult<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, BringToCell, Mobilisation>,
) -> Result<(Spent<'tx, BringToCell>, Moved), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let now = session.now();
    let head = lock(session, id).await?.ok_or(authz::fault::Fault::Stored)?;
    let state = advance(session, &head, Step { by: Move::Consult, reasons: &[], document: None }).await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let hours: i32 = cell::table
        .filter(cell::id.eq(head.cell_id))
        .select(cell::analysis_within_hours)
        .first(&mut conn)
        .await?;
    let due = now + TimeDelta::hours(i64::from(hours));
    diesel::update(mobilisation::table.filter(mobilisation::id.eq(id.uuid())))
        .set((
            mobilisation::state.eq(state.number()),
            mobilisation::consulted_at.eq(now),
            mobilisation::due_at.eq(due),
        ))
        .execute(&mut conn)
        .await?;
    let told = coordinators(conn, head.cell_id, now).await?;
    tell(session, &told, MessageKind::MobilisationBrought, id.uuid()).await?;
    Ok((spent, Moved { id, state, at: now, due_at: Some(due) }))
}
