//! What the form alone does not tell: ids used twice, ids that name nothing, time that runs backwards.

use std::collections::HashSet;

use super::format::{Situation, Word};

pub(super) fn check(situation: &Situation<'_>) -> Result<(), String> {
    let persons = unique(situation.file.persons.iter().map(|person| &person.id), "file.persons")?;
    let facts = unique(situation.facts.iter().map(|fact| &fact.id), "facts")?;
    unique(situation.consents.iter().map(|consent| &consent.id), "consents")?;
    unique(situation.disclosures.iter().map(|act| &act.id), "disclosures")?;
    for (n, row) in situation.file.circle.iter().enumerate() {
        if row.until.is_some_and(|until| until < row.from) {
            return Err(format!("file.circle[{n}].until: is before from"));
        }
    }
    for (n, fact) in situation.facts.iter().enumerate() {
        known(&persons, &fact.subject, || format!("facts[{n}].subject"))?;
    }
    for (n, consent) in situation.consents.iter().enumerate() {
        known(&persons, &consent.subject, || format!("consents[{n}].subject"))?;
    }
    for (n, act) in situation.disclosures.iter().enumerate() {
        for (m, item) in act.items.iter().enumerate() {
            match (&item.fact, &item.subject, item.category) {
                (Some(fact), None, None) => {
                    known(&facts, fact, || format!("disclosures[{n}].items[{m}].fact"))?;
                }
                (None, Some(subject), Some(_)) => {
                    known(&persons, subject, || format!("disclosures[{n}].items[{m}].subject"))?;
                }
                _ => {
                    return Err(format!(
                        "disclosures[{n}].items[{m}]: is neither a fact nor a subject with a category"
                    ));
                }
            }
        }
    }
    Ok(())
}

/// Few ids are compared faster one by one than hashed.
enum Known<'s> {
    Few(Vec<&'s str>),
    Many(HashSet<&'s str>),
}

impl Known<'_> {
    fn has(&self, id: &str) -> bool {
        match self {
            Self::Few(ids) => ids.contains(&id),
            Self::Many(ids) => ids.contains(id),
        }
    }
}

fn unique<'s>(ids: impl Iterator<Item = &'s Word<'s>>, list: &str) -> Result<Known<'s>, String> {
    let ids: Vec<&str> = ids.map(|id| &*id.0).collect();
    let twice = |n: usize| format!("{list}[{n}].id: is used twice");
    if ids.len() <= 32 {
        for (n, id) in ids.iter().enumerate() {
            if ids.iter().take(n).any(|other| other == id) {
                return Err(twice(n));
            }
        }
        return Ok(Known::Few(ids));
    }
    let mut seen = HashSet::with_capacity(ids.len());
    for (n, id) in ids.into_iter().enumerate() {
        if !seen.insert(id) {
            return Err(twice(n));
        }
    }
    Ok(Known::Many(seen))
}

fn known(ids: &Known<'_>, id: &Word<'_>, field: impl FnOnce() -> String) -> Result<(), String> {
    if ids.has(&id.0) { Ok(()) } else { Err(format!("{}: names nothing", field())) }
}
