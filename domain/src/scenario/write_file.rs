//! Writes one file of a scenario: its circle, its persons, their facts, consents and disclosures.

use authz::{
    desk::birth_place,
    fault::Fault,
    id::{FileId, PersonId, UserId},
    keys::{FileKey, Place},
    vocabulary::{Category, Purpose},
};
use diesel::{ExpressionMethods, insert_into};
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;

use super::{
    format::{Consent, Disclosure, Fact, File, Form, Item, Placed, Provision},
    ids::{find, find_all},
    write::{LoadError, Writer},
};
use crate::{
    catalogue::Field,
    file::rows::ANY,
    schema::{circle, consent, disclosure, fact, person, provision, recusal, risk_file},
    search::{index_of, write_tokens},
    value::Value,
};

impl Writer<'_> {
    pub(super) async fn file(&mut self, file: &File, key: &FileKey) -> Result<(), LoadError> {
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
