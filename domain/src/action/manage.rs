//! Entrusting an action to somebody else, changing its hour, calling it off.

use authz::{
    acts::ManageAction,
    desk::{Acting, Permit, Session, Spent},
    fault::{Denied, Stop},
    id::{AgencyId, CellId, UserId},
    vocabulary::Role,
};
use chrono::{DateTime, Utc};
use door::Key;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Turn, Turned,
    agree::{may_own, may_protect},
    turn::{held, turn},
    view::SafetyAction,
};
use crate::{
    inbox::MessageKind,
    mobilisation::{coded, tell},
    refusal::Refusal,
    validation::Rule,
};

/// Who answers for an action from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOwner {
    /// The agency, in the file's circle.
    #[schema(value_type = Uuid)]
    pub owner_agency: AgencyId,
    /// The person of that agency.
    #[schema(value_type = Uuid)]
    pub owner: UserId,
    /// Why; codes of `action_reason`.
    #[serde(default)]
    pub reasons: Vec<String>,
}

/// When an action is due from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDue {
    /// When.
    pub due_at: DateTime<Utc>,
    /// Why; codes of `action_reason`.
    pub reasons: Vec<String>,
}

/// Why an action is called off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCancellation {
    /// Codes of `action_reason`.
    pub reasons: Vec<String>,
}

/// Entrusts an action to somebody else. A respondent does so inside the own agency, the coordinator in the circle.
///
/// # Errors
/// When it ended already, or who is named cannot answer for it.
pub async fn entrust<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ManageAction, SafetyAction>,
    new: NewOwner,
) -> Result<(Spent<'tx, ManageAction>, Turned), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    coded("action_reason", &new.reasons, "/reasons", false)?;
    let mut row = held(session, id).await?;
    let roles = session.standing()?.roles_in(CellId::from_uuid(row.cell_id));
    if !roles.acts_as(Role::Coordinator) && new.owner_agency != row.owner_agency() {
        return Err(Stop::Denied(Denied::Refused { rule: "action.manage" }).into());
    }
    may_own(session, row.cell_id, row.file(), new.owner_agency, new.owner).await?;
    may_protect(session, new.owner_agency, &row.protects).await.map_err(|refusal| match refusal {
        Refusal::Invalid(_) => Refusal::invalid("/owner_agency", Rule::Vaulted),
        other => other,
    })?;
    row.owner_agency = new.owner_agency.uuid();
    row.owner_account = new.owner.uuid();
    let mobilisation = row.mobilisation_id;
    let turned = turn(session, row, Turn::Entrust, &new.reasons).await?;
    tell(session, &[new.owner.uuid()], MessageKind::ActionAgreed, mobilisation).await?;
    Ok((spent, turned))
}

/// Changes when an action is due, with reasons.
///
/// # Errors
/// When it ended already, the hour lies in the past, or a code is unknown.
pub async fn extend<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ManageAction, SafetyAction>,
    new: NewDue,
) -> Result<(Spent<'tx, ManageAction>, Turned), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    coded("action_reason", &new.reasons, "/reasons", true)?;
    if new.due_at <= session.now() {
        return Err(Refusal::invalid("/due_at", Rule::InThePast));
    }
    let mut row = held(session, id).await?;
    row.due_at = new.due_at;
    Ok((spent, turn(session, row, Turn::Extend, &new.reasons).await?))
}

/// Calls an action off, with reasons.
///
/// # Errors
/// When it ended already, or a code is unknown.
pub async fn cancel<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ManageAction, SafetyAction>,
    new: NewCancellation,
) -> Result<(Spent<'tx, ManageAction>, Turned), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    coded("action_reason", &new.reasons, "/reasons", true)?;
    let row = held(session, id).await?;
    Ok((spent, turn(session, row, Turn::Cancel, &new.reasons).await?))
}
