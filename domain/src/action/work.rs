//! Doing an action, and saying what came of it.

use authz::{
    acts::WorkOnAction,
    desk::{Acting, Permit, Session, Spent},
    id::PersonId,
    vocabulary::Category,
};
use door::Key;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Turn, Turned,
    turn::{held, turn},
    view::SafetyAction,
};
use crate::{
    document::{DocumentKind, NewDocument, store},
    file::lookup::{circle_at, coordination},
    inbox::MessageKind,
    mobilisation::{coded, tell},
    refusal::Refusal,
    validation::Rule,
    value::text,
};

/// What came of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is done.
    Done,
    /// It cannot be done.
    Impossible,
}

/// An outcome to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOutcome {
    /// What came of it.
    pub outcome: Outcome,
    /// Why; codes of `action_reason`. What cannot be done says why.
    #[serde(default)]
    pub reasons: Vec<String>,
    /// What shows that it was done, in words, through the gate.
    #[serde(default)]
    pub evidence: Option<String>,
}

/// Begins an action.
///
/// # Errors
/// When it began or ended already.
pub async fn start<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, WorkOnAction, SafetyAction>,
) -> Result<(Spent<'tx, WorkOnAction>, Turned), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let row = held(session, id).await?;
    Ok((spent, turn(session, row, Turn::Start, &[]).await?))
}

/// Ends an action: done, or impossible, of which the coordination is told.
///
/// # Errors
/// When it ended already, a code is unknown, or what cannot be done does not say why.
pub async fn finish<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, WorkOnAction, SafetyAction>,
    new: NewOutcome,
) -> Result<(Spent<'tx, WorkOnAction>, Turned), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let impossible = new.outcome == Outcome::Impossible;
    coded("action_reason", &new.reasons, "/reasons", impossible)?;
    let mut row = held(session, id).await?;
    if let Some(evidence) = &new.evidence {
        if impossible {
            return Err(Refusal::invalid("/evidence", Rule::UnknownMember));
        }
        let body = text::several_lines(evidence, text::LONGEST)
            .map_err(|rule| Refusal::invalid("/evidence", rule))?;
        let first = row.protects.first().copied().ok_or(authz::fault::Fault::Stored)?;
        let label = NewDocument {
            person: PersonId::from_uuid(first),
            kind: DocumentKind::Evidence,
            category: Category::SafetyPlan,
            vault: None,
            supersedes: None,
        };
        row.evidence_id = Some(store(session, row.file(), label, &body).await?.uuid());
    }
    let (cell, file, mobilisation) = (row.cell_id, row.file_id, row.mobilisation_id);
    let by = if impossible { Turn::GiveUp } else { Turn::Finish };
    let turned = turn(session, row, by, &new.reasons).await?;
    if impossible {
        let conn = session.tx(Key::take()).conn(Key::take())?;
        let now = session.now();
        let members = circle_at(conn, file, now).await?;
        let told = coordination(conn, cell, Some(file), Some(&members), now).await?;
        tell(session, &told, MessageKind::ActionFailed, mobilisation).await?;
    }
    Ok((spent, turned))
}
