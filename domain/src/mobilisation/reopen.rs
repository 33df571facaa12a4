//! A closed mobilisation comes back to life, and its file with it.

use authz::{
    acts::ReopenMobilisation,
    desk::{Acting, Permit, Sealed, Session, Spent},
    id::{MobilisationId, PersonId},
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Mobilisation, Move, Moved,
    advance::{Step, advance, coded, lock, standards},
    people::tell_around,
    words,
};
use crate::{
    file::{find::find_for_change, merged::not_merged, view::RiskFile},
    inbox::MessageKind,
    refusal::Refusal,
    schema::{mobilisation, risk_file},
};

/// A reopening to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReopening {
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

/// The file behind a mobilisation, if it is closed and has to be opened again with it.
///
/// # Errors
/// When the database fails.
pub async fn find_file_to_reopen<'tx>(
    session: &mut Session<'tx, Acting>,
    id: MobilisationId,
) -> Result<Option<Sealed<'tx, RiskFile>>, Refusal> {
    let head = lock(session, id).await?.ok_or(authz::fault::Fault::Stored)?;
    let Some(file) = head.file() else { return Ok(None) };
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let status: i16 = risk_file::table
        .filter(risk_file::id.eq(file.uuid()))
        .select(risk_file::status)
        .first(&mut conn)
        .await?;
    if status == 0 { Ok(None) } else { Ok(Some(find_for_change(session, file).await?)) }
}

/// Reopens a mobilisation: the cell meets anew within its standard.
///
/// # Errors
/// When it is not closed, its file was merged into another, or a code is unknown.
pub async fn reopen<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ReopenMobilisation, Mobilisation>,
    new: &NewReopening,
) -> Result<(Spent<'tx, ReopenMobilisation>, Moved), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let now = session.now();
    coded("mobilisation_reason", &new.reasons, "/reasons", true)?;
    let head = lock(session, id).await?.ok_or(authz::fault::Fault::Stored)?;
    if let Some(file) = head.file() {
        not_merged(session, file).await?;
    }
    let document = words::keep(session, &head, new.text.as_deref(), new.about).await?;
    let state = advance(session, &head, Step { by: Move::Reopen, reasons: &new.reasons, document }).await?;
    let (_, hours, _) = standards(session, head.cell_id).await?;
    let due = now + TimeDelta::hours(i64::from(hours));
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(mobilisation::table.filter(mobilisation::id.eq(id.uuid())))
        .set((
            mobilisation::state.eq(state.number()),
            mobilisation::closed_at.eq(None::<DateTime<Utc>>),
            mobilisation::residual_level.eq(None::<String>),
            mobilisation::following.eq(Vec::<Uuid>::new()),
            mobilisation::lessons_given.eq(false),
            mobilisation::due_at.eq(due),
        ))
        .execute(&mut conn)
        .await?;
    tell_around(session, &head, MessageKind::MobilisationReopened).await?;
    Ok((spent, Moved { id, state, at: now, due_at: Some(due) }))
}
