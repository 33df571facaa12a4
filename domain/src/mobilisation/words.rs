//! Why a mobilisation moves on, in words: a document of its file, through the gate.

use authz::{
    desk::{Acting, Session},
    id::{DocumentId, PersonId},
    vocabulary::{Category, SubjectRole},
};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, NullableExpressionMethods, OptionalExtension,
    PgArrayExpressionMethods, QueryDsl,
};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use super::{advance::file_of, rows::MobilisationRow};
use crate::{
    document::{DocumentKind, NewDocument, store},
    person::known_role,
    refusal::Refusal,
    schema::person,
    validation::Rule,
    value::text,
};

/// Keeps the words, if there are any. They are about a person: the one said, or the first person at risk whom the
/// writer may know of. Their category is the most guarded one that fits: a safety plan.
///
/// INVARIANT: called in the course of an act on this very mobilisation, whose file is held.
pub(super) async fn keep(
    session: &Session<'_, Acting>,
    head: &MobilisationRow,
    said: Option<&str>,
    about: Option<PersonId>,
) -> Result<Option<DocumentId>, Refusal> {
    let Some(said) = said else { return Ok(None) };
    let body = text::several_lines(said, text::LONGEST).map_err(|rule| Refusal::invalid("/text", rule))?;
    let file = file_of(head)?;
    let person = match about {
        Some(person) => {
            known_role(session, file, person.uuid(), "/about").await?;
            person
        }
        None => at_risk(session, file.uuid()).await?,
    };
    let new = NewDocument {
        person,
        kind: DocumentKind::Reasons,
        category: Category::SafetyPlan,
        vault: None,
        supersedes: None,
    };
    store(session, file, new, &body).await.map(Some)
}

async fn at_risk(session: &Session<'_, Acting>, file: Uuid) -> Result<PersonId, Refusal> {
    let agency = session.standing()?.agency().uuid();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let found: Option<Uuid> = person::table
        .filter(person::file_id.eq(file))
        .filter(person::role.eq(SubjectRole::PersonAtRisk.number()))
        .filter(person::vault.is_null().or(person::vault.contains(vec![agency]).assume_not_null()))
        .order((person::added_at, person::id))
        .select(person::id)
        .first(&mut conn)
        .await
        .optional()?;
    found.map(PersonId::from_uuid).ok_or_else(|| Refusal::invalid("/about", Rule::Missing))
}
