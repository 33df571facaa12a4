//! A mobilisation is closed (*fermeture*): the cell stops, the agencies named go on. Its file stays as it is unless
//! its closing was asked for too.

use authz::{
    acts::CloseMobilisation,
    desk::{Acting, Permit, Sealed, Session, Spent},
    id::{AgencyId, MobilisationId, PersonId},
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Mobilisation, Move, Moved, State,
    advance::{Step, advance, coded, coded_one, file_of, lock},
    people::tell_around,
    words,
};
use crate::{
    action::Status,
    agencies,
    file::{lifecycle::find_to_close, lookup::circle_now, view::RiskFile},
    inbox::MessageKind,
    refusal::Refusal,
    schema::{mobilisation, safety_action},
    validation::{Invalid, Rule},
};

/// A closure to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewClosure {
    /// Why; codes of `mobilisation_reason`. Statistics count it under the first.
    pub reasons: Vec<String>,
    /// The level that remains, set by a person; a code of `risk_level`.
    pub residual_level: String,
    /// The agencies that keep following; an action of theirs may go on.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    pub following: Vec<AgencyId>,
    /// In words, through the gate.
    #[serde(default)]
    pub text: Option<String>,
    /// The person the words are about; the first person at risk, if not said.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub about: Option<PersonId>,
    /// Close the file too, which starts its sunset.
    #[serde(default)]
    pub close_file: bool,
}

/// The file behind a mobilisation, to be closed with it.
///
/// # Errors
/// When identity is not open, or another mobilisation is under way on the file.
pub async fn find_file_to_close<'tx>(
    session: &mut Session<'tx, Acting>,
    id: MobilisationId,
) -> Result<Sealed<'tx, RiskFile>, Refusal> {
    let head = lock(session, id).await?.ok_or(authz::fault::Fault::Stored)?;
    let file = file_of(&head)?;
    let open: Vec<i16> =
        State::ALL.iter().filter(|state| state.is_open()).map(|state| state.number()).collect();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let others: i64 = mobilisation::table
        .filter(mobilisation::file_id.eq(file.uuid()))
        .filter(mobilisation::id.ne(id.uuid()))
        .filter(mobilisation::state.eq_any(open))
        .count()
        .get_result(&mut conn)
        .await?;
    if others > 0 {
        return Err(Refusal::Blocked(Rule::OtherMobilisationOpen));
    }
    Ok(find_to_close(session, file).await?)
}

/// Closes a mobilisation.
///
/// # Errors
/// When an action is still to be done by nobody who goes on, a code is unknown, or the cell is not at work.
pub async fn close<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, CloseMobilisation, Mobilisation>,
    new: &NewClosure,
) -> Result<(Spent<'tx, CloseMobilisation>, Moved), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let now = session.now();
    coded("mobilisation_reason", &new.reasons, "/reasons", true)?;
    coded_one("risk_level", &new.residual_level, "/residual_level")?;
    let head = lock(session, id).await?.ok_or(authz::fault::Fault::Stored)?;
    let following = following(session, &head, &new.following).await?;
    let document = words::keep(session, &head, new.text.as_deref(), new.about).await?;
    let state = advance(session, &head, Step { by: Move::Close, reasons: &new.reasons, document }).await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let dropped: i64 = safety_action::table
        .filter(safety_action::mobilisation_id.eq(id.uuid()))
        .filter(safety_action::status.eq_any(Status::OPEN))
        .filter(safety_action::owner_agency.ne_all(&following))
        .count()
        .get_result(&mut conn)
        .await?;
    if dropped > 0 {
        return Err(Refusal::Blocked(Rule::ActionsOpen));
    }
    diesel::update(mobilisation::table.filter(mobilisation::id.eq(id.uuid())))
        .set((
            mobilisation::state.eq(state.number()),
            mobilisation::closed_at.eq(now),
            mobilisation::residual_level.eq(&new.residual_level),
            mobilisation::following.eq(following),
            mobilisation::review_at.eq(None::<DateTime<Utc>>),
            mobilisation::due_at.eq(None::<DateTime<Utc>>),
            mobilisation::reappraisal_due_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(&mut conn)
        .await?;
    tell_around(session, &head, MessageKind::MobilisationClosed).await?;
    Ok((spent, Moved { id, state, at: now, due_at: None }))
}

/// The agencies that go on: in the circle, once identity is open.
async fn following(
    session: &Session<'_, Acting>,
    head: &super::rows::MobilisationRow,
    named: &[AgencyId],
) -> Result<Vec<Uuid>, Refusal> {
    agencies::known(session, named, |n| format!("/following/{n}")).await?;
    let around = match head.file() {
        Some(file) => Some(circle_now(session, file).await?),
        None => None,
    };
    let mut wrong = Vec::new();
    for (n, agency) in named.iter().enumerate() {
        if around.as_ref().is_some_and(|around| !around.contains(&agency.uuid())) {
            wrong.push(Invalid::at(format!("/following/{n}"), Rule::UnknownReference));
        } else if named.iter().take(n).any(|other| other == agency) {
            wrong.push(Invalid::at(format!("/following/{n}"), Rule::Duplicate));
        }
    }
    if wrong.is_empty() {
        Ok(named.iter().map(|agency| agency.uuid()).collect())
    } else {
        Err(Refusal::Invalid(wrong))
    }
}
