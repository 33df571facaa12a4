//! Recording a fact, or the correction of one.

use authz::{
    acts::RecordFact,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::{AgencyId, FactId, FileId, PersonId},
    vocabulary::Category,
};
use chrono::{DateTime, Utc};
use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, insert_into, result::DatabaseErrorKind, result::Error,
};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    agencies,
    catalogue::Field,
    file::{
        lookup::cell_of,
        merged::not_merged,
        view::{RiskFile, value_place},
    },
    mobilisation,
    person::known_role,
    refusal::Refusal,
    schema::fact,
    search,
    validation::Rule,
    value::Value,
};

/// A fact to record. Its source is the recorder's agency: no member says so.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFact {
    /// The person it speaks of.
    #[schema(value_type = Uuid)]
    pub person: PersonId,
    /// Catalogue field.
    pub field: String,
    /// A value of the field's type.
    #[schema(value_type = Object)]
    pub value: serde_json::Value,
    /// The agencies that may receive it at all; absent: no vault, or that of what it corrects; empty: nobody else.
    #[serde(default)]
    #[schema(value_type = Option<Vec<Uuid>>)]
    pub vault: Option<Vec<AgencyId>>,
    /// The fact of one's own agency that this one corrects.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub supersedes: Option<FactId>,
}

/// A fact that was recorded.
#[derive(Serialize, ToSchema)]
pub struct FactRecorded {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: FactId,
    /// When.
    pub recorded_at: DateTime<Utc>,
    #[serde(skip)]
    file: Option<FileId>,
}

impl Answer for FactRecorded {
    const STATUS: u16 = 201;
    fn location(&self) -> Option<String> {
        self.file.map(|file| format!("/api/v1/files/{file}/facts/{}", self.id))
    }
}

/// Records a fact under the file's key.
///
/// # Errors
/// When the person, field, value or what it corrects is not right, or the machine fails.
pub async fn record<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, RecordFact, RiskFile>,
    new: NewFact,
) -> Result<(Spent<'tx, RecordFact>, FactRecorded), Refusal> {
    let (file, spent) = permit.spend(Key::take());
    let (now, who) = (session.now(), session.standing()?.clone());
    not_merged(session, file).await?;
    known_role(session, file, new.person.uuid(), "/person").await?;
    let field = Field::named(&new.field).map_err(|_| Refusal::invalid("/field", Rule::UnknownField))?;
    let value = Value::from_json(field.kind(), &new.value)
        .map_err(|wrong| Refusal::Invalid(wrong.into_iter().map(|wrong| wrong.under("/value")).collect()))?;
    let vault = match &new.vault {
        None => None,
        Some(named) => {
            agencies::known(session, named, |n| format!("/vault/{n}")).await?;
            Some(named.iter().map(|agency| agency.uuid()).collect::<Vec<Uuid>>())
        }
    };
    // INVARIANT: a correction that names no vault stays in that of what it corrects, so that none opens unsaid.
    let vault = match new.supersedes {
        None => vault,
        Some(older) => vault.or(correctable(session, file, older, who.agency(), new.person, field).await?),
    };
    let id: FactId = session.fresh()?.into();
    let key = session.keys(Key::take()).open(file)?;
    let sealed = key.seal(&value_place(id.uuid()), &value.to_bytes())?;
    let cell = cell_of(session, file).await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    insert_into(fact::table)
        .values((
            fact::id.eq(id.uuid()),
            fact::file_id.eq(file.uuid()),
            fact::cell_id.eq(cell),
            fact::person_id.eq(new.person.uuid()),
            fact::field.eq(field.number()),
            fact::source_id.eq(who.agency().uuid()),
            fact::recorded_by.eq(who.user().uuid()),
            fact::recorded_at.eq(now),
            fact::value_sealed.eq(sealed),
            fact::vault.eq(vault),
            fact::supersedes.eq(new.supersedes.map(FactId::uuid)),
        ))
        .execute(&mut conn)
        .await
        .map_err(|error| match error {
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
                Refusal::invalid("/supersedes", Rule::AlreadyCorrected)
            }
            error => error.into(),
        })?;
    if search::is_indexed(field) {
        search::reindex(session, file, new.person).await?;
    }
    if field.category() == Category::ViolenceHistory {
        mobilisation::ask_reappraisal(session, file).await?;
    }
    Ok((spent, FactRecorded { id, recorded_at: now, file: Some(file) }))
}

/// When it was taken back, and its vault.
type Corrected = (Option<DateTime<Utc>>, Option<Vec<Uuid>>);

/// A correction is of one's own fact, about the same person and field, and of its newest version: whose vault this is.
async fn correctable(
    session: &Session<'_, Acting>,
    file: FileId,
    older: FactId,
    agency: AgencyId,
    person: PersonId,
    field: Field,
) -> Result<Option<Vec<Uuid>>, Refusal> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let found: Option<Corrected> = fact::table
        .filter(fact::id.eq(older.uuid()))
        .filter(fact::file_id.eq(file.uuid()))
        .filter(fact::source_id.eq(agency.uuid()))
        .filter(fact::person_id.eq(person.uuid()))
        .filter(fact::field.eq(field.number()))
        .select((fact::retracted_at, fact::vault))
        .first(&mut conn)
        .await
        .optional()?;
    match found {
        None => Err(Refusal::invalid("/supersedes", Rule::UnknownReference)),
        Some((Some(_), _)) => Err(Refusal::invalid("/supersedes", Rule::AlreadyCorrected)),
        Some((None, vault)) => Ok(vault),
    }
}
