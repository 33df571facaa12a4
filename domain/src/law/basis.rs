//! A legal basis (*fondement légal*) as dated data: who may invoke it, toward whom, about what, and
//! what must be attested. `domain/data/legal-bases/` holds them; nothing here is legal advice.

use std::collections::BTreeMap;

use authz::vocabulary::{AgencyKind, Capacity, Category, Expiry, SubjectRole};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize, Serializer};

use super::Regime;
use crate::wording::Wording;

/// One dated wording of one legal basis.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct BasisVersion {
    /// The stable code that acts name, e.g. `QC_A21_59_1`.
    pub code: String,
    /// The version of this code, from 1.
    pub version: i16,
    /// `QC` or `FR`.
    pub jurisdiction: String,
    /// The citation.
    pub statute: Wording,
    /// A short name for a list.
    pub title: Wording,
    /// The rule in the project's own words: always a summary, never the text of the statute.
    pub summary: Wording,
    /// When it has force.
    pub effective: Effective,
    /// Whether its substance was read in a trusted source.
    pub status: Status,
    /// Where it was read.
    pub source: String,
    /// The date of the text that was read, when one is known.
    pub consulted: Option<NaiveDate>,
    /// What remains to be verified, for the people who use it.
    pub note: Option<Wording>,
    /// Who may invoke it.
    pub invokers: Invokers,
    /// Toward whom.
    pub recipients: Recipients,
    /// About what.
    pub content: Content,
    /// The ids of the conditions to attest, each separately.
    pub conditions: Vec<String>,
    /// The register in which the act is entered.
    pub register: Register,
    /// How its reach ends.
    pub expires: Expiry,
    /// A directive of the agency should exist; its absence warns and never blocks.
    pub needs_directive: bool,
    /// An agreement or authorisation must be cited.
    pub needs_agreement: bool,
    /// An order or other authority must be cited.
    pub needs_order: bool,
    /// The conditions themselves, in order; filled at load from the shared list.
    #[serde(skip)]
    pub asks: Vec<Condition>,
}

/// From when until when a wording has force, in days of America/Toronto.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Effective {
    /// The first day.
    pub from: NaiveDate,
    /// The first day on which it no longer has force, if it ended.
    pub to: Option<NaiveDate>,
    /// How well the dates are known.
    pub precision: Precision,
}

/// How well a date of law is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// To the day.
    Day,
    /// To the year: shown as such, reckoned from 1 January.
    Year,
    /// In force at the latest on that day, and perhaps before.
    AtLatest,
}

/// Whether a rule was read in a source fit to be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Its substance was read in an official or professional source.
    Verified,
    /// Known second-hand or in an older text: shown as to be verified.
    ToVerify,
}

/// Any value, or these only. An empty list allows nothing.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "AnyOr<T>", bound = "T: serde::de::DeserializeOwned")]
pub enum Only<T> {
    /// No limit, written `*`.
    Any,
    /// These and no others.
    These(Vec<T>),
}

impl<T: PartialEq> Only<T> {
    /// Is this value allowed?
    pub fn allows(&self, value: &T) -> bool {
        match self {
            Self::Any => true,
            Self::These(values) => values.contains(value),
        }
    }
}

impl<T: Serialize> Serialize for Only<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Any => to.serialize_str("*"),
            Self::These(values) => values.serialize(to),
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum AnyOr<T> {
    List(Vec<T>),
    Word(String),
}

impl<T> TryFrom<AnyOr<T>> for Only<T> {
    type Error = &'static str;
    fn try_from(read: AnyOr<T>) -> Result<Self, &'static str> {
        match read {
            AnyOr::List(values) => Ok(Self::These(values)),
            AnyOr::Word(word) if word == "*" => Ok(Self::Any),
            AnyOr::Word(_) => Err("expected `*` or a list"),
        }
    }
}

/// Who may invoke a basis.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Invokers {
    /// Regimes of the disclosing agency.
    pub regimes: Only<Regime>,
    /// Kinds of the disclosing agency.
    pub kinds: Only<AgencyKind>,
    /// The professional acts personally; a condition then asks for the profession.
    pub personal: bool,
}

/// Who may receive under a basis.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Recipients {
    /// Kinds of the receiving agencies.
    pub kinds: Only<AgencyKind>,
    /// Capacities in which they may stand.
    pub capacities: Only<Capacity>,
}

/// What a basis may disclose. Notes are never among it, whatever stands here.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Content {
    /// The measure that the discloser attests.
    pub rule: ContentRule,
    /// Categories an item may have.
    pub categories: Only<Category>,
    /// Roles the person spoken of may have.
    pub subjects: Only<SubjectRole>,
    /// At least one item must have one of these categories.
    pub includes_category: Only<Category>,
    /// At least one item must be about a person in one of these roles.
    pub includes_subject: Only<SubjectRole>,
    /// All items must be about one and the same person.
    pub one_person: bool,
}

/// The measure of what may be disclosed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContentRule {
    /// Only what is necessary.
    NecessaryOnly,
    /// Only what the agreement or authorisation lists.
    AgreementListed,
    /// Only what the order or provision covers.
    OrderListed,
}

/// The register in which a statute wants the act entered (*registre des communications*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Register {
    /// s. 60: record of communications made on request.
    #[serde(rename = "R60")]
    R60,
    /// s. 60.1: register of emergency communications. Never the register of s. 67.3.
    #[serde(rename = "R60_1")]
    R60Dot1,
    /// s. 67.3: register of ss. 66 to 68.
    #[serde(rename = "R67_3")]
    R67Dot3,
    /// P-39.1: entry of the communication.
    #[serde(rename = "P391_ENTRY")]
    P391Entry,
    /// s. 265.
    #[serde(rename = "R221_265")]
    R221S265,
    /// s. 89.
    #[serde(rename = "R221_89")]
    R221S89,
    /// The professional's own file.
    #[serde(rename = "PRO_FILE")]
    ProFile,
    /// No register known; the seven-point record is kept all the same.
    #[serde(rename = "NONE")]
    None,
}

/// One thing the discloser attests, cites or chooses.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Condition {
    /// Its id among the attestations; filled at load.
    #[serde(skip)]
    pub id: String,
    /// What kind of answer it takes.
    pub kind: ConditionKind,
    /// What is asked.
    pub prompt: Wording,
    /// May the act be recorded without it?
    pub required: bool,
    /// The choices, for a choice.
    #[serde(default)]
    pub choices: Vec<Choice>,
}

/// What kind of answer a condition takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionKind {
    /// `true`, and nothing else will do.
    Attest,
    /// The code of one of the choices.
    Choice,
    /// Some words.
    Text,
    /// The reference of a document, on one line.
    Ref,
}

/// One choice of a condition.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Choice {
    /// What the attestation holds.
    pub code: String,
    /// What is shown.
    pub label: Wording,
}

/// The conditions shared by the bases, by id.
pub(super) type Conditions = BTreeMap<String, Condition>;

impl BasisVersion {
    /// Does this wording have force on that day?
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.effective.from <= day && self.effective.to.is_none_or(|end| day < end)
    }
}
