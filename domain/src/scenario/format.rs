//! The elements of a scenario. Each remembers on which line it stands.

use authz::vocabulary::{AgencyKind, Capacity, Category, Effect, Expiry, GrantorKind, Role, SubjectRole};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use std::collections::BTreeMap;

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
