//! Imported instruments beside those the program ships with.

use authz::{
    accounts::Deployment,
    acts::ImportInstrument,
    desk::{Acting, Answer, Permit, Session, Spent},
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, insert_into, result::DatabaseErrorKind};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Definition, Instrument};
use crate::{refusal::Refusal, schema::instrument, validation::Rule};

/// Every instrument there is, by code and version.
pub(crate) struct Library(Vec<(String, i16, serde_json::Value)>);

impl Library {
    /// Reads the imported ones. The statement is the same whoever asks and for whatever.
    pub(crate) async fn load<M>(session: &Session<'_, M>) -> QueryResult<Self> {
        let mut conn = session.tx(Key::take()).conn(Key::take())?;
        let rows = instrument::table
            .order((instrument::code, instrument::version))
            .select((instrument::code, instrument::version, instrument::definition))
            .load(&mut conn)
            .await?;
        Ok(Self(rows))
    }

    /// The instrument of that code; its newest version, if none is said.
    pub(crate) fn find(&self, code: &str, version: Option<i16>) -> Option<Instrument> {
        let mut versions = self.0.iter().rev().filter(|(known, ..)| known == code);
        let imported = versions.find(|(_, known, _)| version.is_none_or(|version| version == *known));
        let built_in = Instrument::named(code, version);
        match (imported, built_in) {
            // A later program may ship what was imported before: what was appraised by a version stays with it.
            (Some((_, version, definition)), own) if own.is_none_or(|own| own.version <= *version) => {
                read(definition)
            }
            (_, own) => own.cloned(),
        }
    }

    /// The newest version of each, those the program ships with first.
    pub(crate) fn newest(&self) -> Vec<Instrument> {
        let mut codes: Vec<&str> = Instrument::all().iter().map(|built_in| built_in.code.as_str()).collect();
        codes.extend(self.0.iter().map(|(code, ..)| code.as_str()));
        let mut seen = std::collections::HashSet::new();
        codes.retain(|code| seen.insert(*code));
        codes.into_iter().filter_map(|code| self.find(code, None)).collect()
    }
}

/// It was checked when it was imported; a later rule makes no appraisal unreadable.
fn read(definition: &serde_json::Value) -> Option<Instrument> {
    Definition::deserialize(definition).ok().map(Instrument)
}

/// An instrument that was imported.
#[derive(Serialize, ToSchema)]
pub struct InstrumentImported {
    /// Its code.
    pub code: String,
    /// Its version.
    pub version: i16,
    /// When.
    pub imported_at: DateTime<Utc>,
}

impl Answer for InstrumentImported {
    const STATUS: u16 = 201;
    fn location(&self) -> Option<String> {
        Some(format!("/api/v1/instruments/{}", self.code))
    }
}

/// Imports a version of an instrument. A version that is there is never altered.
///
/// # Errors
/// When it is not sound, or this version of this code is there.
pub async fn import<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ImportInstrument, Deployment>,
    definition: Definition,
) -> Result<(Spent<'tx, ImportInstrument>, InstrumentImported), Refusal> {
    let (_, spent) = permit.spend(Key::take());
    let sound = Instrument::new(definition).map_err(Refusal::Invalid)?;
    if Instrument::all().iter().any(|built_in| built_in.code == sound.code) {
        return Err(Refusal::invalid("/code", Rule::Duplicate));
    }
    let json = serde_json::to_value(&*sound).map_err(|_| authz::fault::Fault::Stored)?;
    let (now, user) = (session.now(), session.standing()?.user());
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    insert_into(instrument::table)
        .values((
            instrument::code.eq(&sound.code),
            instrument::version.eq(sound.version),
            instrument::definition.eq(json),
            instrument::imported_by.eq(user.uuid()),
            instrument::imported_at.eq(now),
        ))
        .execute(&mut conn)
        .await
        .map_err(|error| match error {
            diesel::result::Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
                Refusal::invalid("/version", Rule::Duplicate)
            }
            other => other.into(),
        })?;
    Ok((spent, InstrumentImported { code: sound.code.clone(), version: sound.version, imported_at: now }))
}
