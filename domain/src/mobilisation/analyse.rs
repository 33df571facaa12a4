//! The coordinator calls the coordination committee (*comité de coordination*).

use authz::{
    acts::CallCommittee,
    desk::{Acting, Permit, Session, Spent},
    vocabulary::Role,
};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;

use super::{
    Mobilisation, Move, Moved,
    advance::{Step, advance, lock},
    people::{holders, tell},
};
use crate::{inbox::MessageKind, refusal::Refusal, schema::mobilisation};

/// Calls the committee: each of its organisations is asked what it thinks.
///
/// # Errors
/// When it is not a consultation that waits.
pub async fn analyse<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, CallCommittee, Mobilisation>,
) -> Result<(Spent<'tx, CallCommittee>, Moved), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let now = session.now();
    let head = lock(session, id).await?.ok_or(authz::fault::Fault::Stored)?;
    let state = advance(session, &head, Step { by: Move::Analyse, reasons: &[], document: None }).await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(mobilisation::table.filter(mobilisation::id.eq(id.uuid())))
        .set(mobilisation::state.eq(state.number()))
        .execute(&mut conn)
        .await?;
    let told = holders(conn, head.cell_id, None, &[Role::Committee], now).await?;
    tell(session, &told, MessageKind::MobilisationAnalysis, id.uuid()).await?;
    Ok((spent, Moved { id, state, at: now, due_at: head.due_at }))
}
