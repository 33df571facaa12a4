//! How persons and values read: names where they show, labels for codes, dates as people write them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    catalogue::{Field, FieldType, Labelled},
    file::view::PersonView,
};
use serde_json::Value as Json;

use super::super::{moment, phrases::Phrases};

/// The person's name, as far as it shows.
pub fn name_of(person: &PersonView) -> Option<String> {
    let fact = |field: &str| {
        let fact = person.facts.iter().rev().find(|fact| fact.field == field)?;
        fact.value.value().as_str().map(str::to_owned)
    };
    match (fact("given_name"), fact("family_name")) {
        (Some(given), Some(family)) => Some(format!("{given} {family}")),
        (given, family) => given.or(family),
    }
}

/// `Mireille Boisvert — personne à risque`, or the role alone.
pub fn who_is(person: &PersonView, p: Phrases) -> String {
    let role = person.role.label(p.lang());
    match name_of(person) {
        Some(name) => format!("{name} — {}", lower(role)),
        None => role.to_owned(),
    }
}

/// The same words, beginning with a small letter.
pub fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A value as it reads, by the type of its field.
pub fn value(field: Option<Field>, value: &Json, p: Phrases) -> String {
    let lang = p.lang();
    match (field.map(Field::kind), value) {
        (Some(FieldType::Code(list)), Json::String(code)) => {
            list.find(code).map_or_else(|| code.clone(), |code| code.label(lang).to_owned())
        }
        (Some(FieldType::Date), Json::String(day)) => {
            day.parse::<NaiveDate>().map_or_else(|_| day.clone(), |day| moment::date(day, lang))
        }
        (Some(FieldType::Datetime), Json::String(at)) => {
            at.parse::<DateTime<Utc>>().map_or_else(|_| at.clone(), |at| moment::moment(at, lang))
        }
        (_, Json::Bool(true)) => p.t("yes"),
        (_, Json::Bool(false)) => p.t("no"),
        (_, Json::String(words)) => words.clone(),
        (_, Json::Object(_)) => {
            let part = |name: &str| value.get(name).and_then(Json::as_str);
            let parts = ["line1", "line2", "municipality", "postal_code"].into_iter().filter_map(part);
            parts.collect::<Vec<_>>().join(", ")
        }
        (_, other) => other.to_string(),
    }
}
