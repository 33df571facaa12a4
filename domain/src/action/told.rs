//! Whom of those it protects an action was told to, by whom, and by which safe channel.

use authz::{
    acts::WorkOnAction,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::{ActionId, PersonId},
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{turn::held, view::SafetyAction};
use crate::{
    mobilisation::coded_one, person::known_role, refusal::Refusal, schema::safety_action_told,
    validation::Rule,
};

/// Somebody who was told.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTold {
    /// One of the persons the action protects.
    #[schema(value_type = Uuid)]
    pub person: PersonId,
    /// A code of `safe_channel`; never a number or an address.
    pub channel: String,
    /// When; now, if not said.
    #[serde(default)]
    pub at: Option<DateTime<Utc>>,
}

/// That somebody was told.
#[derive(Serialize, ToSchema)]
pub struct Told {
    /// The action.
    #[schema(value_type = Uuid)]
    pub action: ActionId,
    /// Who was told.
    #[schema(value_type = Uuid)]
    pub person: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

impl Answer for Told {
    const STATUS: u16 = 201;
}

/// Records that the caller told one of the persons the action protects.
///
/// # Errors
/// When it does not protect that person, the channel is unknown, or the moment has not come.
pub async fn tell_person<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, WorkOnAction, SafetyAction>,
    new: NewTold,
) -> Result<(Spent<'tx, WorkOnAction>, Told), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let (now, who) = (session.now(), session.standing()?.clone());
    coded_one("safe_channel", &new.channel, "/channel")?;
    let at = new.at.unwrap_or(now);
    if at > now {
        return Err(Refusal::invalid("/at", Rule::InTheFuture));
    }
    let row = held(session, id).await?;
    known_role(session, row.file(), new.person.uuid(), "/person").await?;
    if !row.protects.contains(&new.person.uuid()) {
        return Err(Refusal::invalid("/person", Rule::UnknownReference));
    }
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    insert_into(safety_action_told::table)
        .values((
            safety_action_told::action_id.eq(row.id),
            safety_action_told::person_id.eq(new.person.uuid()),
            safety_action_told::told_at.eq(at),
            safety_action_told::cell_id.eq(row.cell_id),
            safety_action_told::file_id.eq(row.file_id),
            safety_action_told::by_account.eq(who.user().uuid()),
            safety_action_told::by_agency.eq(who.agency().uuid()),
            safety_action_told::channel.eq(&new.channel),
        ))
        .on_conflict_do_nothing()
        .execute(&mut conn)
        .await?;
    Ok((spent, Told { action: id, person: new.person, at }))
}
