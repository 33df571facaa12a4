//! Does everything that is named exist, and once? Authority and legality are not asked: a scenario
//! tells what happened, mistakes included.

use std::collections::HashSet;

use authz::vocabulary::{Category, Purpose};

use super::{
    format::{File, Item, Placed, ScenarioError},
    read::Scenario,
};
use crate::{catalogue::Field, value::Value};

pub(super) struct Known<'s> {
    pub cells: HashSet<&'s str>,
    pub agencies: HashSet<&'s str>,
    pub users: HashSet<&'s str>,
}

pub(super) fn check(scenario: &Scenario) -> Result<(), ScenarioError> {
    let known = Known {
        cells: unique(&scenario.cells, "key", |cell| &cell.key)?,
        agencies: unique(&scenario.agencies, "key", |agency| &agency.key)?,
        users: unique(&scenario.users, "key", |user| &user.key)?,
    };
    unique(&scenario.users, "email", |user| &user.email)?;
    unique(&scenario.files, "key", |file| &file.key)?;
    for user in &scenario.users {
        need(user, &known.agencies, "agency", &user.it.agency)?;
        for cell in user.it.roles.keys() {
            need(user, &known.cells, "roles", cell)?;
        }
    }
    for file in &scenario.files {
        check_file(file, &known)?;
    }
    super::references_mobilisation::check(scenario, &known)
}

fn check_file(file: &Placed<File>, known: &Known<'_>) -> Result<(), ScenarioError> {
    let it = &file.it;
    need(file, &known.cells, "cell", &it.cell)?;
    need(file, &known.users, "opened_by", &it.opened_by)?;
    for user in &it.recused {
        need(file, &known.users, "recused", user)?;
    }
    let persons = unique(&it.persons, "key", |person| &person.key)?;
    let facts = unique(&it.facts, "key", |fact| &fact.key)?;
    unique(&it.consents, "key", |consent| &consent.key)?;
    unique(&it.disclosures, "key", |act| &act.key)?;
    for member in &it.circle {
        need(member, &known.agencies, "agency", &member.it.agency)?;
        if member.it.until.is_some_and(|until| until < member.it.from) {
            return Err(member.wrong("until", "is before from"));
        }
    }
    for person in &it.persons {
        for agency in person.it.vault.iter().flatten() {
            need(person, &known.agencies, "vault", agency)?;
        }
    }
    for fact in &it.facts {
        need(fact, &persons, "subject", &fact.it.subject)?;
        need(fact, &known.agencies, "source", &fact.it.source)?;
        need(fact, &known.users, "by", &fact.it.by)?;
        for agency in fact.it.vault.iter().flatten() {
            need(fact, &known.agencies, "vault", agency)?;
        }
        if let Some(older) = &fact.it.supersedes {
            need(fact, &facts, "supersedes", older)?;
        }
        let field =
            Field::named(&fact.it.field).map_err(|_| fact.wrong("field", "is not in the catalogue"))?;
        if Value::from_json(field.kind(), &fact.it.value).is_err() {
            return Err(fact.wrong("value", "is not a value of this field"));
        }
    }
    check_consents(it, &persons, known)?;
    check_disclosures(it, &persons, &facts, known)
}

fn check_consents(file: &File, persons: &HashSet<&str>, known: &Known<'_>) -> Result<(), ScenarioError> {
    for consent in &file.consents {
        need(consent, persons, "subject", &consent.it.subject)?;
        need(consent, &known.users, "recorded_by", &consent.it.recorded_by)?;
        if let Some(person) = &consent.it.grantor.person {
            need(consent, persons, "grantor.person", person)?;
        }
        for provision in &consent.it.provisions {
            for name in provision.recipients.iter().filter(|name| *name != "circle") {
                need(consent, &known.agencies, "provisions.recipients", name)?;
            }
            for name in provision.sources.iter().filter(|name| *name != "*") {
                need(consent, &known.agencies, "provisions.sources", name)?;
            }
            words::<Category>(consent, "provisions.categories", &provision.categories)?;
            words::<Purpose>(consent, "provisions.purposes", &provision.purposes)?;
        }
    }
    Ok(())
}

fn check_disclosures(
    file: &File,
    persons: &HashSet<&str>,
    facts: &HashSet<&str>,
    known: &Known<'_>,
) -> Result<(), ScenarioError> {
    for act in &file.disclosures {
        need(act, &known.agencies, "source", &act.it.source)?;
        need(act, &known.users, "by", &act.it.by)?;
        for recipient in &act.it.recipients {
            need(act, &known.agencies, "recipients.agency", &recipient.agency)?;
        }
        for item in &act.it.items {
            match item {
                Item::Fact(item) => need(act, facts, "items.fact", &item.fact)?,
                Item::Agreed(item) => need(act, persons, "items.subject", &item.subject)?,
            }
        }
        for person in act.it.record.iter().flat_map(|record| &record.exposed) {
            need(act, persons, "record.exposed", person)?;
        }
    }
    Ok(())
}

pub(super) fn unique<'s, T: 's>(
    all: impl IntoIterator<Item = &'s Placed<T>>,
    field: &str,
    key: impl Fn(&'s T) -> &'s String,
) -> Result<HashSet<&'s str>, ScenarioError> {
    let mut seen = HashSet::new();
    for one in all {
        if !seen.insert(key(&one.it).as_str()) {
            return Err(one.wrong(field, "is used twice"));
        }
    }
    Ok(seen)
}

pub(super) fn need<T>(
    of: &Placed<T>,
    known: &HashSet<&str>,
    field: &str,
    name: &str,
) -> Result<(), ScenarioError> {
    if known.contains(name) { Ok(()) } else { Err(of.wrong(field, "names nothing in this scenario")) }
}

fn words<W: std::str::FromStr>(
    of: &Placed<super::format::Consent>,
    field: &str,
    words: &[String],
) -> Result<(), ScenarioError> {
    for word in words.iter().filter(|word| *word != "*") {
        word.parse::<W>().map_err(|_| of.wrong(field, "is not a known word"))?;
    }
    Ok(())
}
