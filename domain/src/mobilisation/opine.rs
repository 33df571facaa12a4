//! What an organisation of the committee thinks. Quorum counts organisations, once each: a substitute speaks for
//! the same one, and whoever speaks again replaces what was said.

use authz::{
    acts::GiveOpinion,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::{AgencyId, MobilisationId},
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Mobilisation, State,
    advance::{coded, lock},
};
use crate::{closed::closed, refusal::Refusal, schema::mobilisation_opinion, validation::Rule};

closed! {
    /// What an organisation thinks.
    Opinion {
        /// The cell should be triggered.
        Trigger = 0 "trigger",
        /// It should not.
        Dismiss = 1 "dismiss",
        /// More must be known first.
        More = 2 "more",
    }
}

/// An opinion to give.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOpinion {
    /// What one's organisation thinks.
    pub opinion: Opinion,
    /// Why; codes of `mobilisation_reason`.
    pub reasons: Vec<String>,
}

/// An opinion that was given.
#[derive(Serialize, ToSchema)]
pub struct Opined {
    /// The mobilisation.
    #[schema(value_type = Uuid)]
    pub mobilisation: MobilisationId,
    /// For which organisation.
    #[schema(value_type = Uuid)]
    pub agency: AgencyId,
    /// When.
    pub at: DateTime<Utc>,
    /// Organisations that have spoken.
    pub spoken: i64,
}

impl Answer for Opined {
    const STATUS: u16 = 200;
}

/// Records what the caller's organisation thinks.
///
/// # Errors
/// When the committee is not sitting, or a reason is unknown.
pub async fn opine<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, GiveOpinion, Mobilisation>,
    new: NewOpinion,
) -> Result<(Spent<'tx, GiveOpinion>, Opined), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    coded("mobilisation_reason", &new.reasons, "/reasons", true)?;
    let (now, who) = (session.now(), session.standing()?.clone());
    let head = lock(session, id).await?.ok_or(authz::fault::Fault::Stored)?;
    if head.state()? != State::InAnalysis {
        return Err(Refusal::Blocked(Rule::StepNotPossible));
    }
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let said = (
        mobilisation_opinion::account_id.eq(who.user().uuid()),
        mobilisation_opinion::opinion.eq(new.opinion.number()),
        mobilisation_opinion::reasons.eq(&new.reasons),
        mobilisation_opinion::at.eq(now),
    );
    insert_into(mobilisation_opinion::table)
        .values((
            mobilisation_opinion::mobilisation_id.eq(id.uuid()),
            mobilisation_opinion::agency_id.eq(who.agency().uuid()),
            mobilisation_opinion::cell_id.eq(head.cell_id),
            said,
        ))
        .on_conflict((mobilisation_opinion::mobilisation_id, mobilisation_opinion::agency_id))
        .do_update()
        .set(said)
        .execute(&mut conn)
        .await?;
    let spoken = organisations(session, id).await?;
    Ok((spent, Opined { mobilisation: id, agency: who.agency(), at: now, spoken }))
}

/// How many organisations have spoken.
pub(super) async fn organisations(session: &Session<'_, Acting>, id: MobilisationId) -> Result<i64, Refusal> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let count = mobilisation_opinion::table
        .filter(mobilisation_opinion::mobilisation_id.eq(id.uuid()))
        .count()
        .get_result(&mut conn)
        .await?;
    Ok(count)
}
