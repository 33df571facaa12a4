//! A situation is handed to another cell (*transfert*): it learns the codes and never the file. Identity opens
//! there anew, by each discloser, on its own lawful basis.

use authz::{
    acts::TransferMobilisation,
    desk::{Acting, Permit, Session, Spent},
    id::{CellId, MobilisationId, PersonId},
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, QueryDsl, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Mobilisation, Move, Moved, State,
    advance::{Step, advance, coded, leave_step, lock, standards},
    identify::reference,
    people::{coordinators, tell, tell_around},
    rows::MobilisationRow,
    words,
};
use crate::{
    inbox::MessageKind,
    refusal::Refusal,
    schema::{cell, mobilisation},
    validation::Rule,
};

/// A transfer to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTransfer {
    /// The cell that goes on.
    #[schema(value_type = Uuid)]
    pub cell: CellId,
    /// Why; codes of `mobilisation_reason`. The other cell sees them.
    pub reasons: Vec<String>,
    /// In words, through the gate: for this side only.
    #[serde(default)]
    pub text: Option<String>,
    /// The person the words are about; the first person at risk, if not said.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub about: Option<PersonId>,
}

/// Hands the situation over. Here everybody keeps reading what was readable.
///
/// # Errors
/// When the cell is unknown or one's own, a code is unknown, or the state does not allow it.
pub async fn transfer<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, TransferMobilisation, Mobilisation>,
    new: NewTransfer,
) -> Result<(Spent<'tx, TransferMobilisation>, Moved), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let now = session.now();
    coded("mobilisation_reason", &new.reasons, "/reasons", true)?;
    let head = lock(session, id).await?.ok_or(authz::fault::Fault::Stored)?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let there: i64 = cell::table.filter(cell::id.eq(new.cell.uuid())).count().get_result(&mut conn).await?;
    if there == 0 || new.cell == head.cell() {
        return Err(Refusal::invalid("/cell", Rule::UnknownReference));
    }
    let document = words::keep(session, &head, new.text.as_deref(), new.about).await?;
    let state = advance(session, &head, Step { by: Move::Transfer, reasons: &new.reasons, document }).await?;
    diesel::update(mobilisation::table.filter(mobilisation::id.eq(id.uuid())))
        .set((
            mobilisation::state.eq(state.number()),
            mobilisation::transferred_to.eq(new.cell.uuid()),
            mobilisation::review_at.eq(None::<DateTime<Utc>>),
            mobilisation::due_at.eq(None::<DateTime<Utc>>),
            mobilisation::reappraisal_due_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(&mut conn)
        .await?;
    tell_around(session, &head, MessageKind::MobilisationTransferred).await?;
    receive(session, &head, new.cell, &new.reasons).await?;
    Ok((spent, Moved { id, state, at: now, due_at: None }))
}

/// Begins anew in the other cell, with the codes and nothing else.
async fn receive(
    session: &Session<'_, Acting>,
    head: &MobilisationRow,
    cell: CellId,
    reasons: &[String],
) -> Result<(), Refusal> {
    let (now, agency) = (session.now(), session.standing()?.agency());
    let (hours, ..) = standards(session, cell.uuid()).await?;
    let id: MobilisationId = session.fresh()?.into();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    insert_into(mobilisation::table)
        .values((
            mobilisation::id.eq(id.uuid()),
            mobilisation::cell_id.eq(cell.uuid()),
            mobilisation::reference.eq(reference(id)),
            mobilisation::state.eq(State::Consulted.number()),
            mobilisation::brought_by.eq(agency.uuid()),
            mobilisation::age_band.eq(&head.age_band),
            mobilisation::region.eq(&head.region),
            mobilisation::factors.eq(&head.factors),
            mobilisation::services.eq(&head.services),
            mobilisation::level.eq(&head.level),
            mobilisation::transferred_from.eq(head.id),
            mobilisation::opened_at.eq(now),
            mobilisation::consulted_at.eq(now),
            mobilisation::due_at.eq(now + TimeDelta::hours(i64::from(hours))),
        ))
        .execute(&mut conn)
        .await?;
    let step = Step { by: Move::Receive, reasons, document: None };
    leave_step(session, id.uuid(), cell.uuid(), None, State::Consulted, step).await?;
    let told = coordinators(conn, cell.uuid(), now).await?;
    tell(session, &told, MessageKind::MobilisationReceived, id.uuid()).await
}
