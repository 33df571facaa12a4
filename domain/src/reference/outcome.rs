//! What answers to an instrument would amount to, before anybody sets a level. Nothing is kept of them.

use authz::desk::{Sealed, Session, seal};
use chrono_tz::America::Toronto;
use door::Key;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Common, common};
use crate::{
    agencies::own_key,
    appraisal::OutcomeView,
    instrument::{Answers, Library},
    refusal::Refusal,
    validation::{Invalid, Rule},
};

/// Answers to be reckoned with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenAnswers {
    /// The version of the instrument; the newest, if not said.
    #[serde(default)]
    pub version: Option<i16>,
    /// By item: `answer`, `source` if not the person, `known_on`. An item that is not there was not asked.
    #[schema(value_type = Object)]
    pub answers: Answers,
}

/// What these answers amount to.
///
/// # Errors
/// When the licence does not name the caller's agency, an answer is not one of its item, or the machine fails.
pub async fn find_outcome<'tx, M>(
    session: &mut Session<'tx, M>,
    code: &str,
    given: &GivenAnswers,
) -> Result<Sealed<'tx, Common<OutcomeView>>, Refusal> {
    session.identify().await?;
    let agency = own_key(session).await?;
    let Some(of) = Library::load(session).await?.find(code, given.version) else {
        return Ok(seal(Key::take(), session.tx(Key::take()), Uuid::nil(), None));
    };
    if !of.permits(&agency) {
        return Err(Refusal::invalid("/instrument", Rule::LicenceDoesNotReach));
    }
    let mut wrong: Vec<Invalid> = match of.check_answers(&given.answers) {
        Ok(()) => Vec::new(),
        Err(wrong) => wrong.into_iter().map(|one| one.under("/answers")).collect(),
    };
    let today = session.now().with_timezone(&Toronto).date_naive();
    let ahead = given
        .answers
        .iter()
        .filter(|(id, given)| of.item(id).is_some() && given.known_on.is_some_and(|day| day > today));
    wrong.extend(ahead.map(|(id, _)| Invalid::at(format!("/answers/{id}/known_on"), Rule::InTheFuture)));
    if !wrong.is_empty() {
        return Err(Refusal::Invalid(wrong));
    }
    Ok(common(session, OutcomeView::from(of.outcome(&given.answers))).await?)
}
