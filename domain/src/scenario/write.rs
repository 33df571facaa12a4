//! Writes a scenario: identifiers in key order, times as told, values sealed, and a log row for every
//! act told, with the time it happened and the time it was loaded.

use std::collections::{BTreeMap, HashMap};

use authz::{
    desk::birth_place,
    fault::Fault,
    id::{AgencyId, CellId, FileId, HumanId, PersonId, UserId, from_parts},
    keys::{FileKey, KeyError, Keystore, Place},
    log::{Event, Outcome, insert_told},
    vocabulary::{Category, Purpose},
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, insert_into};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::format::{
    Consent, Disclosure, Fact, File, Form, Item, Placed, Provision, Scenario, ScenarioError,
};
use crate::{
    catalogue::Field,
    file::rows::ANY,
    schema::{agency, cell, circle, consent, disclosure, fact, person, provision, recusal, risk_file},
    search::{index_of, write_tokens},
    value::Value,
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

/// The identifiers given to the keys of a scenario.
#[derive(Debug, Serialize, Default)]
pub struct Loaded {
    /// Cells by key.
    pub cells: BTreeMap<String, Uuid>,
    /// Agencies by key.
    pub agencies: BTreeMap<String, Uuid>,
    /// Users by key.
    pub users: BTreeMap<String, Uuid>,
    /// Files by key.
    pub files: BTreeMap<String, LoadedFile>,
}

/// The identifiers of one file's parts.
#[derive(Debug, Serialize, Default, Clone)]
pub struct LoadedFile {
    /// The file.
    pub id: Uuid,
    /// Persons by key.
    pub persons: BTreeMap<String, Uuid>,
    /// Facts by key.
    pub facts: BTreeMap<String, Uuid>,
    /// Consents by key.
    pub consents: BTreeMap<String, Uuid>,
    /// Disclosure acts by key.
    pub disclosures: BTreeMap<String, Uuid>,
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
    let mut ids = Ids { at: loading.now, next: 0 };
    let loaded = ids.give(loading.ids_of.unwrap_or(scenario));
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
        insert_told(writer.conn, &writer.events).await?;
        Ok::<_, LoadError>(())
    })
    .await?;
    Ok(loaded)
}

/// Gives identifiers so that the order of keys is the order of ids.
struct Ids {
    at: DateTime<Utc>,
    next: u64,
}

impl Ids {
    fn one(&mut self) -> Uuid {
        self.next += 1;
        let mut random = [0u8; 10];
        // The counter leads so that the order holds; the rest keeps ids of two loads apart.
        for (place, byte) in random.iter_mut().skip(2).zip(self.next.to_be_bytes()) {
            *place = byte;
        }
        UserId::from(from_parts(self.at, random)).uuid()
    }

    fn keys<'k>(&mut self, keys: impl Iterator<Item = &'k String>) -> BTreeMap<String, Uuid> {
        let mut sorted: Vec<&String> = keys.collect();
        sorted.sort_unstable();
        sorted.into_iter().map(|key| (key.clone(), self.one())).collect()
    }

    fn give(&mut self, scenario: &Scenario) -> Loaded {
        let mut loaded = Loaded {
            cells: self.keys(scenario.cells.iter().map(|cell| &cell.it.key)),
            agencies: self.keys(scenario.agencies.iter().map(|agency| &agency.it.key)),
            users: self.keys(scenario.users.iter().map(|user| &user.it.key)),
            files: BTreeMap::new(),
        };
        for (key, id) in self.keys(scenario.files.iter().map(|file| &file.it.key)) {
            loaded.files.insert(key, LoadedFile { id, ..LoadedFile::default() });
        }
        for file in &scenario.files {
            let parts = LoadedFile {
                id: loaded.files.get(&file.it.key).map_or_else(Uuid::nil, |known| known.id),
                persons: self.keys(file.it.persons.iter().map(|person| &person.it.key)),
                facts: self.keys(file.it.facts.iter().map(|fact| &fact.it.key)),
                consents: self.keys(file.it.consents.iter().map(|consent| &consent.it.key)),
                disclosures: self.keys(file.it.disclosures.iter().map(|act| &act.it.key)),
            };
            loaded.files.insert(file.it.key.clone(), parts);
        }
        loaded
    }
}

struct Writer<'w> {
    conn: &'w mut AsyncPgConnection,
    loaded: &'w Loaded,
    loading: &'w Loading<'w>,
    events: Vec<Event>,
}

fn find(map: &BTreeMap<String, Uuid>, key: &str) -> Result<Uuid, LoadError> {
    map.get(key).copied().ok_or(LoadError::Fault(Fault::Stored))
}

fn find_all(map: &BTreeMap<String, Uuid>, keys: &[String]) -> Result<Vec<Uuid>, LoadError> {
    keys.iter().map(|key| find(map, key)).collect()
}

impl<'w> Writer<'w> {
    fn key_of(&self, keys: &HashMap<FileId, FileKey>, file: &File) -> Result<FileKey, LoadError> {
        let parts = self.parts(file)?;
        keys.get(&FileId::from_uuid(parts.id)).cloned().ok_or(LoadError::Fault(Fault::Keys))
    }

    fn parts(&self, file: &File) -> Result<&'w LoadedFile, LoadError> {
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

    async fn file(&mut self, file: &File, key: &FileKey) -> Result<(), LoadError> {
        let id = self.parts(file)?.id;
        let cell_id = find(&self.loaded.cells, &file.cell)?;
        let opener = find(&self.loaded.users, &file.opened_by)?;
        // A file whose sunset has passed was closed.
        let closed = file.sunset_at.is_some_and(|at| at <= self.loading.now);
        insert_into(risk_file::table)
            .values((
                risk_file::id.eq(id),
                risk_file::cell_id.eq(cell_id),
                risk_file::reference.eq(&file.key),
                risk_file::status.eq(i16::from(closed)),
                risk_file::opened_by.eq(opener),
                risk_file::opened_at.eq(file.opened_at),
                risk_file::closed_at.eq(file.sunset_at.filter(|_| closed)),
                risk_file::sunset_at.eq(file.sunset_at),
            ))
            .execute(self.conn)
            .await?;
        for it in file.circle.iter().map(|member| &member.it) {
            insert_into(circle::table)
                .values((
                    circle::file_id.eq(id),
                    circle::cell_id.eq(cell_id),
                    circle::agency_id.eq(find(&self.loaded.agencies, &it.agency)?),
                    circle::from_at.eq(it.from),
                    circle::until_at.eq(it.until),
                ))
                .execute(self.conn)
                .await?;
        }
        for user in &file.recused {
            insert_into(recusal::table)
                .values((
                    recusal::file_id.eq(id),
                    recusal::human_id.eq(find(&self.loaded.users, user)?),
                    recusal::recused_by.eq(opener),
                    recusal::recused_at.eq(file.opened_at),
                ))
                .execute(self.conn)
                .await?;
        }
        self.persons(file, id, cell_id, opener, key).await?;
        for fact in facts_in_order(&file.facts) {
            self.fact(file, fact, id, cell_id, key).await?;
        }
        let index = index_of(self.loading.keys)?;
        for person in self.parts(file)?.persons.values() {
            let person = PersonId::from_uuid(*person);
            write_tokens(self.conn, &index, key, FileId::from_uuid(id), person).await?;
        }
        for consent in file.consents.iter().map(|consent| &consent.it) {
            self.consent(file, consent, id, cell_id).await?;
        }
        for act in file.disclosures.iter().map(|act| &act.it) {
            self.disclosure(file, act, id, cell_id, key).await?;
        }
        Ok(())
    }

    async fn persons(
        &mut self,
        file: &File,
        id: Uuid,
        cell_id: Uuid,
        opener: Uuid,
        key: &FileKey,
    ) -> Result<(), LoadError> {
        // A scenario does not say who added a person: the first circle agency stands for it.
        let first = file.circle.iter().min_by_key(|member| member.it.from);
        let source = match first {
            Some(member) => find(&self.loaded.agencies, &member.it.agency)?,
            None => return Ok(()),
        };
        for it in file.persons.iter().map(|person| &person.it) {
            let person_id = find(&self.parts(file)?.persons, &it.key)?;
            let birth =
                it.birth_date.map(|date| key.seal(&birth_place(person_id), date.to_string().as_bytes()));
            let vault = it.vault.as_ref().map(|keys| find_all(&self.loaded.agencies, keys)).transpose()?;
            insert_into(person::table)
                .values((
                    person::id.eq(person_id),
                    person::file_id.eq(id),
                    person::cell_id.eq(cell_id),
                    person::role.eq(it.role.number()),
                    person::birth_sealed.eq(birth.transpose()?),
                    person::vault.eq(vault),
                    person::added_by.eq(opener),
                    person::source_id.eq(source),
                    person::added_at.eq(file.opened_at),
                ))
                .execute(self.conn)
                .await?;
        }
        Ok(())
    }

    async fn fact(
        &mut self,
        file: &File,
        it: &Fact,
        id: Uuid,
        cell_id: Uuid,
        key: &FileKey,
    ) -> Result<(), LoadError> {
        let parts = self.parts(file)?;
        let fact_id = find(&parts.facts, &it.key)?;
        let field = Field::named(&it.field).map_err(|_| Fault::Stored)?;
        let value = Value::from_json(field.kind(), &it.value).map_err(|_| Fault::Stored)?;
        let place = Place { table: "fact", column: "value_sealed", row: fact_id };
        let vault = it.vault.as_ref().map(|keys| find_all(&self.loaded.agencies, keys)).transpose()?;
        let supersedes = it.supersedes.as_ref().map(|older| find(&parts.facts, older)).transpose()?;
        insert_into(fact::table)
            .values((
                fact::id.eq(fact_id),
                fact::file_id.eq(id),
                fact::cell_id.eq(cell_id),
                fact::person_id.eq(find(&parts.persons, &it.subject)?),
                fact::field.eq(field.number()),
                fact::source_id.eq(find(&self.loaded.agencies, &it.source)?),
                fact::recorded_by.eq(find(&self.loaded.users, &it.by)?),
                fact::recorded_at.eq(it.at),
                fact::value_sealed.eq(key.seal(&place, &value.to_bytes())?),
                fact::vault.eq(vault),
                fact::supersedes.eq(supersedes),
            ))
            .execute(self.conn)
            .await?;
        Ok(())
    }

    async fn consent(&mut self, file: &File, it: &Consent, id: Uuid, cell_id: Uuid) -> Result<(), LoadError> {
        let parts = self.parts(file)?;
        let consent_id = find(&parts.consents, &it.key)?;
        let recorder = find(&self.loaded.users, &it.recorded_by)?;
        let person = it.grantor.person.as_ref().map(|key| find(&parts.persons, key)).transpose()?;
        let agency = authz::accounts::agency_of(self.conn, UserId::from_uuid(recorder)).await?;
        insert_into(consent::table)
            .values((
                consent::id.eq(consent_id),
                consent::file_id.eq(id),
                consent::cell_id.eq(cell_id),
                consent::subject_id.eq(find(&parts.persons, &it.subject)?),
                consent::grantor.eq(it.grantor.kind.number()),
                consent::grantor_person.eq(person),
                consent::given_at.eq(it.given_at),
                consent::valid_from.eq(it.valid_from),
                consent::valid_until.eq(it.valid_until),
                consent::withdrawn_at.eq(it.withdrawn_at),
                consent::form.eq(match it.form {
                    Form::Verbal => 0i16,
                    Form::Written => 1,
                }),
                consent::language.eq(&it.language),
                consent::limits_explained.eq(true),
                consent::recorded_by.eq(recorder),
                consent::recorded_agency.eq(agency.uuid()),
                consent::recorded_at.eq(it.given_at),
            ))
            .execute(self.conn)
            .await?;
        for (position, sentence) in it.provisions.iter().enumerate() {
            let position = i16::try_from(position).map_err(|_| Fault::Stored)?;
            self.provision(sentence, position, consent_id, id).await?;
        }
        Ok(())
    }

    async fn provision(
        &mut self,
        it: &Provision,
        position: i16,
        consent_id: Uuid,
        id: Uuid,
    ) -> Result<(), LoadError> {
        let named = |keys: &[String], word: &str| -> Result<Vec<Uuid>, LoadError> {
            keys.iter().filter(|key| *key != word).map(|key| find(&self.loaded.agencies, key)).collect()
        };
        insert_into(provision::table)
            .values((
                provision::consent_id.eq(consent_id),
                provision::file_id.eq(id),
                provision::position.eq(position),
                provision::effect.eq(it.effect.number()),
                provision::recipients.eq(named(&it.recipients, "circle")?),
                provision::to_circle.eq(it.recipients.iter().any(|name| name == "circle")),
                provision::categories.eq(bits(&it.categories, Category::number)?),
                provision::purposes.eq(bits(&it.purposes, Purpose::number)?),
                provision::sources.eq(named(&it.sources, "*")?),
                provision::any_source.eq(it.sources.iter().any(|name| name == "*")),
            ))
            .execute(self.conn)
            .await?;
        Ok(())
    }

    async fn disclosure(
        &mut self,
        file: &File,
        it: &Disclosure,
        id: Uuid,
        cell_id: Uuid,
        key: &FileKey,
    ) -> Result<(), LoadError> {
        let parts = self.parts(file)?;
        let act_id = find(&parts.disclosures, &it.key)?;
        let recipients = it.recipients.iter().map(|r| find(&self.loaded.agencies, &r.agency));
        let mut facts = Vec::new();
        let (mut subjects, mut categories) = (Vec::new(), Vec::new());
        for item in &it.items {
            match item {
                Item::Fact(item) => facts.push(find(&parts.facts, &item.fact)?),
                Item::Agreed(item) => {
                    subjects.push(find(&parts.persons, &item.subject)?);
                    categories.push(item.category.number());
                }
            }
        }
        let record = match &it.record {
            None => None,
            Some(record) => {
                let text = json!({
                    "exposed": find_all(&parts.persons, &record.exposed)?, "act_feared": record.act_feared,
                    "danger": record.danger, "urgency": record.urgency, "information": record.information,
                });
                let place = Place { table: "disclosure", column: "record_sealed", row: act_id };
                Some(key.seal(&place, text.to_string().as_bytes())?)
            }
        };
        insert_into(disclosure::table)
            .values((
                disclosure::id.eq(act_id),
                disclosure::file_id.eq(id),
                disclosure::cell_id.eq(cell_id),
                disclosure::source_id.eq(find(&self.loaded.agencies, &it.source)?),
                disclosure::made_by.eq(find(&self.loaded.users, &it.by)?),
                disclosure::made_at.eq(it.at),
                disclosure::basis_code.eq(&it.basis_code),
                disclosure::expires.eq(it.expires.number()),
                disclosure::until_at.eq(it.until),
                disclosure::revoked_at.eq(it.revoked_at),
                disclosure::recipient_agencies.eq(recipients.collect::<Result<Vec<_>, _>>()?),
                disclosure::recipient_capacities.eq(it
                    .recipients
                    .iter()
                    .map(|r| r.capacity.number())
                    .collect::<Vec<_>>()),
                disclosure::item_facts.eq(facts),
                disclosure::item_subjects.eq(subjects),
                disclosure::item_categories.eq(categories),
                disclosure::attested.eq(Vec::<String>::new()),
                disclosure::record_completed_at.eq(record.as_ref().map(|_| it.at)),
                disclosure::record_sealed.eq(record),
            ))
            .execute(self.conn)
            .await?;
        Ok(())
    }
}

fn bits<W: std::str::FromStr>(words: &[String], number: impl Fn(W) -> i16) -> Result<i32, LoadError> {
    if words.iter().any(|word| word == "*") {
        return Ok(ANY);
    }
    words.iter().try_fold(0, |mask, word| {
        let word = word.parse::<W>().map_err(|_| Fault::Stored)?;
        Ok(mask | 1 << number(word))
    })
}

/// A correction after what it corrects, so that each row finds the one it names.
fn facts_in_order(facts: &[Placed<Fact>]) -> Vec<&Fact> {
    let mut waiting: Vec<&Fact> = facts.iter().map(|fact| &fact.it).collect();
    let mut written: Vec<&Fact> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let before = waiting.len();
        waiting.retain(|fact| {
            let ready =
                fact.supersedes.as_ref().is_none_or(|older| written.iter().any(|done| done.key == *older));
            if ready {
                written.push(fact);
            }
            !ready
        });
        if waiting.len() == before {
            // A circle of corrections: the database will refuse it by its foreign key.
            written.append(&mut waiting);
        }
    }
    written
}
