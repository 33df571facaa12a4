//! Writes a scenario: identifiers in key order, times as told, values sealed, and a log row for every
//! act told, with the time it happened and the time it was loaded.

use std::collections::HashMap;

use authz::{
    desk::Act,
    fault::Fault,
    id::{AgencyId, CellId, FileId, HumanId, UserId},
    keys::{FileKey, KeyError, Keystore},
    log::{Event, Outcome, insert_told},
    vocabulary::Category,
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, insert_into};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use serde::Serialize;
use uuid::Uuid;

use super::{
    format::{File, ScenarioError},
    ids::{Loaded, LoadedFile, find, give},
    read::Scenario,
};
use crate::{
    document::{DocumentKind, Written, insert, seal_body},
    schema::{agency, cell},
};

/// What a load needs besides the scenario.
pub struct Loading<'l> {
    /// Where keys are made.
    pub keys: &'l dyn Keystore,
    /// The hash of the password every user gets.
    pub password_hash: &'l str,
    /// The version of the policy in force, for the log.
    pub policy: std::sync::Arc<str>,
    /// The moment of the load; identifiers carry it.
    pub now: DateTime<Utc>,
    /// The scenario whose keys are given identifiers, when it is not the one loaded: a part of it may be
    /// loaded with the identifiers of the whole.
    pub ids_of: Option<&'l Scenario>,
}

/// Why nothing was loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The scenario is wrong.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// The machine failed.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// Something of that name is already there.
    #[error("a cell, an agency, a user or a file of this scenario is already in the database")]
    Twice,
    /// The database failed.
    #[error("the database refused")]
    Db,
}

impl From<diesel::result::Error> for LoadError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind, Error};
        match error {
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::Twice,
            _ => Self::Db,
        }
    }
}

impl From<KeyError> for LoadError {
    fn from(error: KeyError) -> Self {
        Self::Fault(error.into())
    }
}

/// Writes the scenario in one transaction.
///
/// # Errors
/// When the database or the keystore refuses; then nothing was loaded.
pub async fn write(
    conn: &mut AsyncPgConnection,
    scenario: &Scenario,
    loading: &Loading<'_>,
) -> Result<Loaded, LoadError> {
    let loaded = give(loading.ids_of.unwrap_or(scenario), loading.now);
    let files: Vec<FileId> = loaded.files.values().map(|file| FileId::from_uuid(file.id)).collect();
    let keys = loading.keys.create_many(&files)?;
    let keys: HashMap<FileId, FileKey> = files.into_iter().zip(keys).collect();
    conn.transaction(async |conn| {
        let mut writer = Writer { conn, loaded: &loaded, loading, events: Vec::new() };
        writer.frame(scenario).await?;
        for file in &scenario.files {
            let key = writer.key_of(&keys, &file.it)?;
            writer.file(&file.it, &key).await?;
        }
        for one in &scenario.mobilisations {
            writer.mobilisation(&one.it).await?;
            let Some(file) = one.it.file.as_ref() else { continue };
            let file = scenario.files.iter().find(|known| known.it.key == *file);
            let file = file.ok_or(LoadError::Fault(Fault::Stored))?;
            let place = Place { file: &file.it, key: writer.key_of(&keys, &file.it)? };
            let cell = scenario.cells.iter().find(|cell| cell.it.key == one.it.cell);
            for meeting in &one.it.meetings {
                let cell = cell.ok_or(LoadError::Fault(Fault::Stored))?;
                writer.meeting(&one.it, &meeting.it, &cell.it, &place).await?;
            }
            for action in &one.it.actions {
                writer.action(&one.it, &action.it, &place).await?;
            }
        }
        insert_told(writer.conn, &writer.events).await?;
        Ok::<_, LoadError>(())
    })
    .await?;
    Ok(loaded)
}

/// The label of a document to write, its part named as in the scenario.
pub(super) struct Paper<'p> {
    pub name: String,
    pub kind: DocumentKind,
    pub category: Category,
    pub person: &'p str,
    pub by: &'p str,
    pub at: DateTime<Utc>,
}

/// A file in which something of a mobilisation is told, with its key.
pub(super) struct Place<'p> {
    pub file: &'p File,
    pub key: FileKey,
}

pub(super) struct Writer<'w> {
    pub(super) conn: &'w mut AsyncPgConnection,
    pub(super) loaded: &'w Loaded,
    pub(super) loading: &'w Loading<'w>,
    events: Vec<Event>,
}

impl<'w> Writer<'w> {
    fn key_of(&self, keys: &HashMap<FileId, FileKey>, file: &File) -> Result<FileKey, LoadError> {
        let parts = self.parts(file)?;
        keys.get(&FileId::from_uuid(parts.id)).cloned().ok_or(LoadError::Fault(Fault::Keys))
    }

    pub(super) fn parts(&self, file: &File) -> Result<&'w LoadedFile, LoadError> {
        self.loaded.files.get(&file.key).ok_or(LoadError::Fault(Fault::Stored))
    }

    fn agency_of(&self, scenario_user: &str, scenario: &Scenario) -> Result<Uuid, LoadError> {
        let user = scenario.users.iter().find(|user| user.it.key == scenario_user);
        find(&self.loaded.agencies, user.map_or("", |user| user.it.agency.as_str()))
    }

    async fn frame(&mut self, scenario: &Scenario) -> Result<(), LoadError> {
        let now = self.loading.now;
        for it in scenario.cells.iter().map(|cell| &cell.it) {
            insert_into(cell::table)
                .values((
                    cell::id.eq(find(&self.loaded.cells, &it.key)?),
                    cell::key.eq(&it.key),
                    cell::name.eq(&it.name),
                    cell::region.eq(&it.region),
                    cell::meeting_within_hours.eq(it.meeting_within_hours),
                    cell::quorum.eq(it.quorum),
                    cell::sunset_days.eq(it.sunset_days),
                    cell::created_at.eq(now),
                ))
                .execute(self.conn)
                .await?;
        }
        for it in scenario.agencies.iter().map(|agency| &agency.it) {
            insert_into(agency::table)
                .values((
                    agency::id.eq(find(&self.loaded.agencies, &it.key)?),
                    agency::key.eq(&it.key),
                    agency::name.eq(&it.name),
                    agency::kind.eq(it.kind.number()),
                    agency::regime.eq(&it.regime),
                    agency::created_at.eq(now),
                ))
                .execute(self.conn)
                .await?;
        }
        for it in scenario.users.iter().map(|user| &user.it) {
            let id = find(&self.loaded.users, &it.key)?;
            let account = authz::accounts::Told {
                id: UserId::from_uuid(id),
                human: HumanId::from_uuid(id),
                agency: AgencyId::from_uuid(find(&self.loaded.agencies, &it.agency)?),
                email: &it.email,
                name: &it.name,
                password_hash: self.loading.password_hash,
            };
            authz::accounts::insert_told(self.conn, &account, now).await?;
            for (cell, roles) in &it.roles {
                let cell = CellId::from_uuid(find(&self.loaded.cells, cell)?);
                for role in roles {
                    authz::accounts::grant_told(self.conn, account.id, cell, *role, now).await?;
                }
            }
        }
        self.openings(scenario)
    }

    fn openings(&mut self, scenario: &Scenario) -> Result<(), LoadError> {
        for file in scenario.files.iter().map(|file| &file.it) {
            let agency = self.agency_of(&file.opened_by, scenario)?;
            self.tell("file.open", file, &file.opened_by, agency, file.opened_at)?;
            for one in file.facts.iter().map(|fact| &fact.it) {
                let agency = find(&self.loaded.agencies, &one.source)?;
                self.tell("fact.record", file, &one.by, agency, one.at)?;
            }
            for one in file.consents.iter().map(|consent| &consent.it) {
                let agency = self.agency_of(&one.recorded_by, scenario)?;
                self.tell("consent.record", file, &one.recorded_by, agency, one.given_at)?;
            }
            for one in file.disclosures.iter().map(|act| &act.it) {
                let agency = find(&self.loaded.agencies, &one.source)?;
                self.tell("disclosure.make", file, &one.by, agency, one.at)?;
            }
        }
        Ok(())
    }

    /// A document told in a mobilisation, under the file's key; the words of an operation's own document.
    pub(super) async fn paper(
        &mut self,
        place: &Place<'_>,
        paper: Paper<'_>,
        body: &impl Serialize,
    ) -> Result<Uuid, LoadError> {
        let parts = self.parts(place.file)?;
        let id = find(&self.loaded.parts, &paper.name)?;
        let by = find(&self.loaded.users, paper.by)?;
        let row = Written {
            id,
            file: parts.id,
            cell: find(&self.loaded.cells, &place.file.cell)?,
            person: find(&parts.persons, paper.person)?,
            kind: paper.kind,
            category: paper.category,
            source: self.agency_now(by).await?,
            by,
            at: paper.at,
            vault: None,
            supersedes: None,
        };
        let sealed = seal_body(&place.key, id, body)?;
        insert(self.conn, row, sealed).await?;
        Ok(id)
    }

    /// The agency an account is of.
    pub(super) async fn agency_now(&mut self, user: Uuid) -> Result<Uuid, LoadError> {
        Ok(authz::accounts::agency_of(self.conn, UserId::from_uuid(user)).await?.uuid())
    }

    /// An act of somebody for the own agency, for the log.
    pub(super) async fn tell_act<A: Act>(
        &mut self,
        file: &File,
        by: &str,
        at: DateTime<Utc>,
    ) -> Result<(), LoadError> {
        let agency = self.agency_now(find(&self.loaded.users, by)?).await?;
        self.tell(A::NAME, file, by, agency, at)
    }

    fn tell(
        &mut self,
        act: &'static str,
        file: &File,
        by: &str,
        agency: Uuid,
        at: DateTime<Utc>,
    ) -> Result<(), LoadError> {
        let object = self.parts(file)?.id;
        self.events.push(Event {
            occurred_at: at,
            actor: Some(UserId::from_uuid(find(&self.loaded.users, by)?)),
            agency: Some(AgencyId::from_uuid(agency)),
            session: None,
            purpose: None,
            act,
            object_kind: "file",
            object: Some(object),
            file: Some(authz::id::FileId::from_uuid(object)),
            cell: Some(CellId::from_uuid(find(&self.loaded.cells, &file.cell)?)),
            outcome: Outcome::Allowed,
            disclosed: Vec::new(),
            policy: std::sync::Arc::clone(&self.loading.policy),
            request: authz::id::RequestId::from_uuid(object),
        });
        Ok(())
    }
}
