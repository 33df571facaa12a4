//! A worker is worried: the process begins, inside the own agency.

use authz::{
    acts::IdentifySituation,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::{CellId, MobilisationId},
};
use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use diesel::{ExpressionMethods, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Move, State,
    advance::{Step, leave_step},
};
use crate::{cell::Cell, refusal::Refusal, schema::mobilisation, value::text::one_line};

/// A situation that worries somebody. Nothing here names anybody.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMobilisation {
    /// The cell it would be brought to.
    #[schema(value_type = Uuid)]
    pub cell: CellId,
    /// A word by which one's own agency finds it again; no other agency ever sees it.
    #[serde(default)]
    pub own_reference: Option<String>,
}

/// A mobilisation that began.
#[derive(Serialize, ToSchema)]
pub struct Identified {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: MobilisationId,
    /// What people call it.
    pub reference: String,
    /// When it began.
    pub opened_at: DateTime<Utc>,
}

impl Answer for Identified {
    const STATUS: u16 = 201;
    fn location(&self) -> Option<String> {
        Some(format!("/api/v1/mobilisations/{}", self.id))
    }
}

/// Longest word of one's own, in characters.
const OWN_REFERENCE: usize = 40;

/// Begins a mobilisation in the permitted cell.
///
/// # Errors
/// When the own reference is not one line, or the database fails.
pub async fn identify<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, IdentifySituation, Cell>,
    own_reference: Option<&str>,
) -> Result<(Spent<'tx, IdentifySituation>, Identified), Refusal> {
    let (cell, spent) = permit.spend(Key::take());
    let own_reference = own_reference
        .map(|text| one_line(text, OWN_REFERENCE))
        .transpose()
        .map_err(|rule| Refusal::invalid("/own_reference", rule))?;
    let (now, agency) = (session.now(), session.standing()?.agency());
    let id: MobilisationId = session.fresh()?.into();
    let reference = reference(id);
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    insert_into(mobilisation::table)
        .values((
            mobilisation::id.eq(id.uuid()),
            mobilisation::cell_id.eq(cell.uuid()),
            mobilisation::reference.eq(&reference),
            mobilisation::state.eq(State::Identified.number()),
            mobilisation::brought_by.eq(agency.uuid()),
            mobilisation::own_reference.eq(own_reference),
            mobilisation::opened_at.eq(now),
        ))
        .execute(&mut conn)
        .await?;
    let step = Step { by: Move::Identify, reasons: &[], document: None };
    leave_step(session, id.uuid(), cell.uuid(), None, State::Identified, step).await?;
    Ok((spent, Identified { id, reference, opened_at: now }))
}

/// Drawn by chance: gaps and counts tell nothing.
pub(super) fn reference(id: MobilisationId) -> String {
    let random = id.uuid().as_bytes().get(11..16).map(|bytes| BASE32_NOPAD.encode(bytes)).unwrap_or_default();
    format!("M-{random}")
}
