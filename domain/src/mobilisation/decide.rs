//! The decision of the coordination, by a named person with reasons (A-2.1, s. 65.2: never by a program alone).

use authz::{
    acts::DecideMobilisation,
    desk::{Acting, Permit, Session, Spent},
    vocabulary::Role,
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
    advance::{Step, advance, coded, lock},
    opine::organisations,
    people::{holders, tell},
    rows::MobilisationRow,
};
use crate::{
    inbox::MessageKind,
    refusal::Refusal,
    schema::{cell, mobilisation, mobilisation_opinion, mobilisation_step},
    validation::Rule,
};

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The cell is triggered (*cellule déclenchée*).
    Triggered,
    /// The situation is not retained (*non retenue*).
    NotRetained,
}

/// A decision to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDecision {
    /// What is decided.
    pub decision: Decision,
    /// Why; codes of `mobilisation_reason`.
    pub reasons: Vec<String>,
    /// Life cannot wait for the committee: it is triggered at once, for `life_threatened` among the reasons.
    #[serde(default)]
    pub urgent: bool,
}

/// Decides.
///
/// # Errors
/// When the committee lacks its quorum and neither urgency nor a repeat does without it.
pub async fn decide<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, DecideMobilisation, Mobilisation>,
    new: NewDecision,
) -> Result<(Spent<'tx, DecideMobilisation>, Moved), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    coded("mobilisation_reason", &new.reasons, "/reasons", true)?;
    if new.urgent && !new.reasons.iter().any(|reason| reason == "life_threatened") {
        return Err(Refusal::invalid("/reasons", Rule::UrgencyNotGiven));
    }
    let now = session.now();
    let head = lock(session, id).await?.ok_or(authz::fault::Fault::Stored)?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let (quorum, hours): (i16, i32) = cell::table
        .filter(cell::id.eq(head.cell_id))
        .select((cell::quorum, cell::meeting_within_hours))
        .first(&mut conn)
        .await?;
    // A repeat goes back before the cell whatever its threshold; urgency does not wait for anybody.
    let alone = new.decision == Decision::Triggered && (new.urgent || head.repeat_of.is_some());
    if !alone && organisations(session, id).await? < i64::from(quorum) {
        return Err(Refusal::Blocked(Rule::QuorumMissing));
    }
    let by = match new.decision {
        Decision::Triggered => Move::Trigger,
        Decision::NotRetained => Move::Dismiss,
    };
    let state = advance(session, &head, Step { by, reasons: &new.reasons, document: None }).await?;
    let committee = [Role::Respondent, Role::Committee, Role::Coordinator];
    let brought = holders(conn, head.cell_id, Some(head.brought_by), &committee, now).await?;
    let due = match new.decision {
        Decision::Triggered => {
            let due = now + TimeDelta::hours(i64::from(hours));
            trigger(session, &head, new.urgent, due).await?;
            let mut told = holders(conn, head.cell_id, None, &[Role::Committee], now).await?;
            told.extend(brought);
            told.sort_unstable();
            told.dedup();
            tell(session, &told, MessageKind::MobilisationTriggered, id.uuid()).await?;
            Some(due)
        }
        Decision::NotRetained => {
            tell(session, &brought, MessageKind::MobilisationDismissed, id.uuid()).await?;
            strip(session, &head).await?;
            None
        }
    };
    Ok((spent, Moved { id, state, at: now, due_at: due }))
}

async fn trigger(
    session: &Session<'_, Acting>,
    head: &MobilisationRow,
    urgent: bool,
    due: DateTime<Utc>,
) -> Result<(), Refusal> {
    let now = session.now();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(mobilisation::table.filter(mobilisation::id.eq(head.id)))
        .set((
            mobilisation::state.eq(super::State::Triggered.number()),
            mobilisation::urgent.eq(urgent),
            mobilisation::decided_at.eq(now),
            mobilisation::triggered_at.eq(now),
            mobilisation::due_at.eq(due),
        ))
        .execute(&mut conn)
        .await?;
    Ok(())
}

/// Leaves nothing by which the situation could be found again: only that the cell was asked, in which region, and
/// that it said no and why (Ontario's risk-driven tracking database redacts the same).
///
/// INVARIANT: identity opens after a trigger only, so that no word was kept under any file's key yet; a repeat,
/// which knows its file from the start, has none either.
async fn strip(session: &Session<'_, Acting>, head: &MobilisationRow) -> Result<(), Refusal> {
    let own = session.standing()?.agency().uuid();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(mobilisation::table.filter(mobilisation::id.eq(head.id)))
        .set((
            mobilisation::state.eq(super::State::NotRetained.number()),
            mobilisation::decided_at.eq(session.now()),
            mobilisation::brought_by.eq(own),
            mobilisation::own_reference.eq(None::<String>),
            mobilisation::file_id.eq(None::<Uuid>),
            mobilisation::repeat_of.eq(None::<Uuid>),
            mobilisation::repeat_rule.eq(None::<i16>),
            mobilisation::age_band.eq(None::<String>),
            mobilisation::factors.eq(None::<Vec<String>>),
            mobilisation::services.eq(None::<Vec<String>>),
            mobilisation::level.eq(None::<String>),
            mobilisation::due_at.eq(None::<DateTime<Utc>>),
            mobilisation::identity_at.eq(None::<DateTime<Utc>>),
            mobilisation::reappraisal_due_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(&mut conn)
        .await?;
    diesel::update(
        mobilisation_step::table
            .filter(mobilisation_step::mobilisation_id.eq(head.id))
            .filter(mobilisation_step::by.ne(Move::Dismiss.wire())),
    )
    .set((
        mobilisation_step::by_account.eq(None::<Uuid>),
        mobilisation_step::by_agency.eq(None::<Uuid>),
        mobilisation_step::reasons.eq(Vec::<String>::new()),
    ))
    .execute(&mut conn)
    .await?;
    diesel::update(mobilisation_step::table.filter(mobilisation_step::mobilisation_id.eq(head.id)))
        .set(mobilisation_step::file_id.eq(None::<Uuid>))
        .execute(&mut conn)
        .await?;
    diesel::delete(mobilisation_opinion::table.filter(mobilisation_opinion::mobilisation_id.eq(head.id)))
        .execute(&mut conn)
        .await?;
    Ok(())
}
