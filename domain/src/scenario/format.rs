//! The scenario format, read strictly. Every element remembers on which line it stands.

use authz::vocabulary::{AgencyKind, Capacity, Category, Effect, Expiry, GrantorKind, Role, SubjectRole};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

use super::format_mobilisation::Mobilisation;

/// What is wrong, where. It names the field and never repeats what stands there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {field}: {problem}")]
pub struct ScenarioError {
    /// Line of the element, from 1.
    pub line: usize,
    /// Path of the field.
    pub field: String,
    /// What is wrong.
    pub problem: String,
}

/// An element with the place it stands at.
pub(super) struct Placed<T> {
    pub line: usize,
    pub path: String,
    pub it: T,
}

impl<T> Placed<T> {
    pub fn wrong(&self, field: &str, problem: &str) -> ScenarioError {
        ScenarioError { line: self.line, field: format!("{}.{field}", self.path), problem: problem.into() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<'a> {
    #[serde(rename = "name")]
    _name: String,
    #[serde(rename = "language")]
    _language: String,
    #[serde(rename = "about", default)]
    _about: Option<String>,
    #[serde(borrow)]
    cells: Vec<&'a RawValue>,
    #[serde(borrow)]
    agencies: Vec<&'a RawValue>,
    #[serde(borrow)]
    users: Vec<&'a RawValue>,
    #[serde(borrow)]
    files: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    mobilisations: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileDocument<'a> {
    key: String,
    cell: String,
    opened_by: String,
    opened_at: DateTime<Utc>,
    sunset_at: Option<DateTime<Utc>>,
    #[serde(default)]
    recused: Vec<String>,
    #[serde(borrow)]
    circle: Vec<&'a RawValue>,
    #[serde(borrow)]
    persons: Vec<&'a RawValue>,
    #[serde(borrow)]
    facts: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    consents: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    disclosures: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cell {
    pub key: String,
    pub name: String,
    pub region: String,
    pub meeting_within_hours: i32,
    pub quorum: i16,
    pub sunset_days: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Agency {
    pub key: String,
    pub name: String,
    pub kind: AgencyKind,
    pub regime: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct User {
    pub key: String,
    pub name: String,
    pub email: String,
    pub agency: String,
    pub roles: BTreeMap<String, Vec<Role>>,
}

pub(super) struct File {
    pub key: String,
    pub cell: String,
    pub opened_by: String,
    pub opened_at: DateTime<Utc>,
    pub sunset_at: Option<DateTime<Utc>>,
    pub recused: Vec<String>,
    pub circle: Vec<Placed<Member>>,
    pub persons: Vec<Placed<Person>>,
    pub facts: Vec<Placed<Fact>>,
    pub consents: Vec<Placed<Consent>>,
    pub disclosures: Vec<Placed<Disclosure>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Member {
    pub agency: String,
    pub from: DateTime<Utc>,
    pub until: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    pub key: String,
    pub role: SubjectRole,
    pub birth_date: Option<NaiveDate>,
    #[serde(default)]
    pub vault: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fact {
    pub key: String,
    pub subject: String,
    pub field: String,
    pub value: serde_json::Value,
    pub source: String,
    pub by: String,
    pub at: DateTime<Utc>,
    #[serde(default)]
    pub vault: Option<Vec<String>>,
    #[serde(default)]
    pub supersedes: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Grantor {
    pub kind: GrantorKind,
    pub person: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Provision {
    pub effect: Effect,
    pub recipients: Vec<String>,
    pub categories: Vec<String>,
    pub purposes: Vec<String>,
    pub sources: Vec<String>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub(super) enum Form {
    Verbal,
    Written,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Consent {
    pub key: String,
    pub subject: String,
    pub grantor: Grantor,
    pub given_at: DateTime<Utc>,
    pub valid_from: DateTime<Utc>,
    pub valid_until: Option<DateTime<Utc>>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub form: Form,
    pub language: String,
    pub recorded_by: String,
    pub provisions: Vec<Provision>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recipient {
    pub agency: String,
    pub capacity: Capacity,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Item {
    Fact(FactItem),
    Agreed(AgreedItem),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactItem {
    pub fact: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AgreedItem {
    pub subject: String,
    pub category: Category,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    pub exposed: Vec<String>,
    pub act_feared: String,
    pub danger: String,
    pub urgency: String,
    pub information: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Disclosure {
    pub key: String,
    pub source: String,
    pub by: String,
    pub at: DateTime<Utc>,
    pub basis_code: String,
    pub expires: Expiry,
    pub until: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub recipients: Vec<Recipient>,
    pub items: Vec<Item>,
    pub record: Option<Record>,
}

/// A whole scenario, its form known to be right and its references not yet.
pub struct Scenario {
    pub(super) cells: Vec<Placed<Cell>>,
    pub(super) agencies: Vec<Placed<Agency>>,
    pub(super) users: Vec<Placed<User>>,
    pub(super) files: Vec<Placed<File>>,
    pub(super) mobilisations: Vec<Placed<Mobilisation>>,
}

impl Scenario {
    /// Reads a scenario's form and references; nothing is written.
    ///
    /// # Errors
    /// The first thing that is wrong, with its line and field.
    pub fn read(text: &str) -> Result<Self, ScenarioError> {
        let reader = Reader { text };
        let document: Document<'_> = parse(text, 1, "")?;
        let mut files = Vec::with_capacity(document.files.len());
        for (n, raw) in document.files.iter().enumerate() {
            files.push(reader.file(raw, &format!("files[{n}]"))?);
        }
        let scenario = Self {
            cells: reader.all(&document.cells, "cells")?,
            agencies: reader.all(&document.agencies, "agencies")?,
            users: reader.all(&document.users, "users")?,
            files,
            mobilisations: reader.mobilisations(&document.mobilisations)?,
        };
        super::references::check(&scenario)?;
        Ok(scenario)
    }
}

pub(super) struct Reader<'t> {
    text: &'t str,
}

impl<'t> Reader<'t> {
    fn line_of(&self, raw: &RawValue) -> usize {
        let offset = raw.get().as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        self.text.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count() + 1
    }

    pub fn one<'a, T: Deserialize<'a>>(
        &self,
        raw: &'a RawValue,
        path: String,
    ) -> Result<Placed<T>, ScenarioError> {
        let line = self.line_of(raw);
        Ok(Placed { it: parse(raw.get(), line, &path)?, line, path })
    }

    pub fn all<'a, T: Deserialize<'a>>(
        &self,
        raws: &[&'a RawValue],
        path: &str,
    ) -> Result<Vec<Placed<T>>, ScenarioError> {
        raws.iter().enumerate().map(|(n, raw)| self.one(raw, format!("{path}[{n}]"))).collect()
    }

    fn file(&self, raw: &'t RawValue, path: &str) -> Result<Placed<File>, ScenarioError> {
        let Placed { line, path, it: d } = self.one::<FileDocument<'_>>(raw, path.to_owned())?;
        let file = File {
            circle: self.all(&d.circle, &format!("{path}.circle"))?,
            persons: self.all(&d.persons, &format!("{path}.persons"))?,
            facts: self.all(&d.facts, &format!("{path}.facts"))?,
            consents: self.all(&d.consents, &format!("{path}.consents"))?,
            disclosures: self.all(&d.disclosures, &format!("{path}.disclosures"))?,
            key: d.key,
            cell: d.cell,
            opened_by: d.opened_by,
            opened_at: d.opened_at,
            sunset_at: d.sunset_at,
            recused: d.recused,
        };
        Ok(Placed { line, path, it: file })
    }
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str, line: usize, path: &str) -> Result<T, ScenarioError> {
    let mut json = serde_json::Deserializer::from_str(text);
    let parsed = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let at = error.path().to_string();
        let field = if path.is_empty() { at } else { format!("{path}.{at}") };
        ScenarioError {
            line: line + error.inner().line().saturating_sub(1),
            field,
            problem: crate::validation::shape_of(error.inner()),
        }
    })?;
    json.end().map_err(|error| ScenarioError {
        line: line + error.line().saturating_sub(1),
        field: path.to_owned(),
        problem: "text after the end".into(),
    })?;
    Ok(parsed)
}
