//! The form of a situation, read strictly: unknown members and words are refused.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Deserializer, de::Error};

use crate::{
    gate::{self, CategorySet, Item, PurposeSet, Sources},
    vocabulary::{AgencyKind, Capacity, Category, Effect, Expiry, GrantorKind, Purpose, Role, SubjectRole},
};

/// Text borrowed from the line where it needs no unescaping.
#[derive(Deserialize, Clone)]
#[serde(transparent)]
pub(super) struct Word<'l>(#[serde(borrow)] pub Cow<'l, str>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Situation<'l> {
    #[serde(borrow, rename = "id")]
    _id: Word<'l>,
    #[serde(deserialize_with = "instant")]
    pub now: DateTime<Utc>,
    pub purpose: Purpose,
    #[serde(borrow)]
    pub viewer: Viewer<'l>,
    #[serde(borrow)]
    pub file: File<'l>,
    #[serde(borrow)]
    pub facts: Vec<Fact<'l>>,
    #[serde(borrow)]
    pub consents: Vec<Consent<'l>>,
    #[serde(borrow)]
    pub disclosures: Vec<Disclosure<'l>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Viewer<'l> {
    #[serde(borrow)]
    pub user: Word<'l>,
    #[serde(borrow)]
    pub agency: Word<'l>,
    pub agency_kind: AgencyKind,
    pub roles: Vec<Role>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File<'l> {
    #[serde(borrow, rename = "id")]
    _id: Word<'l>,
    #[serde(borrow)]
    pub circle: Vec<Member<'l>>,
    #[serde(borrow)]
    pub recused: Vec<Word<'l>>,
    #[serde(deserialize_with = "maybe_instant")]
    pub sunset_at: Option<DateTime<Utc>>,
    #[serde(borrow)]
    pub persons: Vec<Person<'l>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Member<'l> {
    #[serde(borrow)]
    pub agency: Word<'l>,
    #[serde(deserialize_with = "instant")]
    pub from: DateTime<Utc>,
    #[serde(deserialize_with = "maybe_instant")]
    pub until: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person<'l> {
    #[serde(borrow)]
    pub id: Word<'l>,
    pub role: SubjectRole,
    #[serde(deserialize_with = "maybe_date")]
    pub birth_date: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fact<'l> {
    #[serde(borrow)]
    pub id: Word<'l>,
    #[serde(borrow)]
    pub subject: Word<'l>,
    pub category: Category,
    #[serde(borrow)]
    pub source: Word<'l>,
    #[serde(deserialize_with = "instant")]
    pub recorded_at: DateTime<Utc>,
    #[serde(borrow, deserialize_with = "required")]
    pub vault: Option<Vec<Word<'l>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Grantor<'l> {
    pub kind: GrantorKind,
    #[serde(borrow, deserialize_with = "required")]
    pub person: Option<Word<'l>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Consent<'l> {
    #[serde(borrow)]
    pub id: Word<'l>,
    #[serde(borrow)]
    pub subject: Word<'l>,
    #[serde(borrow)]
    pub recorded_by: Word<'l>,
    #[serde(borrow)]
    pub grantor: Grantor<'l>,
    #[serde(deserialize_with = "instant")]
    pub given_at: DateTime<Utc>,
    #[serde(deserialize_with = "instant")]
    pub valid_from: DateTime<Utc>,
    #[serde(deserialize_with = "maybe_instant")]
    pub valid_until: Option<DateTime<Utc>>,
    #[serde(deserialize_with = "maybe_instant")]
    pub withdrawn_at: Option<DateTime<Utc>>,
    #[serde(borrow)]
    pub provisions: Vec<Provision<'l>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Provision<'l> {
    pub effect: Effect,
    #[serde(borrow)]
    pub recipients: Vec<Word<'l>>,
    pub categories: Vec<AnyOr<Category>>,
    pub purposes: Vec<AnyOr<Purpose>>,
    #[serde(borrow)]
    pub sources: Vec<Word<'l>>,
}

/// A word of a closed set, or `*`.
pub(super) enum AnyOr<W> {
    Any,
    One(W),
}

impl<'de, W: std::str::FromStr> Deserialize<'de> for AnyOr<W> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        let word = Word::deserialize(json)?;
        match word.0.as_ref() {
            "*" => Ok(Self::Any),
            word => word.parse().map(Self::One).map_err(|_| D::Error::custom(UNKNOWN_WORD)),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recipient<'l> {
    #[serde(borrow)]
    pub agency: Word<'l>,
    #[serde(rename = "capacity")]
    _capacity: Capacity,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawItem<'l> {
    #[serde(borrow, default)]
    pub fact: Option<Word<'l>>,
    #[serde(borrow, default)]
    pub subject: Option<Word<'l>>,
    #[serde(default)]
    pub category: Option<Category>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Disclosure<'l> {
    #[serde(borrow)]
    pub id: Word<'l>,
    #[serde(borrow)]
    pub source: Word<'l>,
    #[serde(deserialize_with = "instant")]
    pub at: DateTime<Utc>,
    #[serde(borrow, rename = "basis_code")]
    _basis_code: Word<'l>,
    pub expires: Expiry,
    #[serde(deserialize_with = "instant")]
    pub until: DateTime<Utc>,
    #[serde(deserialize_with = "maybe_instant")]
    pub revoked_at: Option<DateTime<Utc>>,
    #[serde(borrow)]
    pub recipients: Vec<Recipient<'l>>,
    #[serde(borrow)]
    pub items: Vec<RawItem<'l>>,
}

const UNKNOWN_WORD: &str = "is not a known word";
const NO_INSTANT: &str = "is not an instant with its zone";
const NO_DATE: &str = "is not a date";

fn instant<'de, D: Deserializer<'de>>(json: D) -> Result<DateTime<Utc>, D::Error> {
    let word = Word::deserialize(json)?;
    DateTime::parse_from_rfc3339(&word.0).map(|at| at.to_utc()).map_err(|_| D::Error::custom(NO_INSTANT))
}

fn maybe_instant<'de, D: Deserializer<'de>>(json: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    let Some(word) = Option::<Word<'de>>::deserialize(json)? else { return Ok(None) };
    DateTime::parse_from_rfc3339(&word.0)
        .map(|at| Some(at.to_utc()))
        .map_err(|_| D::Error::custom(NO_INSTANT))
}

fn maybe_date<'de, D: Deserializer<'de>>(json: D) -> Result<Option<NaiveDate>, D::Error> {
    let Some(word) = Option::<Word<'de>>::deserialize(json)? else { return Ok(None) };
    NaiveDate::parse_from_str(&word.0, "%Y-%m-%d").map(Some).map_err(|_| D::Error::custom(NO_DATE))
}

/// An optional value whose member must be there all the same.
fn required<'de, D: Deserializer<'de>, T: Deserialize<'de>>(json: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(json)
}

/// Reads a line. The quick way first; only a wrong line is read again to say where it is wrong.
pub(super) fn read(line: &str) -> Result<Situation<'_>, String> {
    serde_json::from_str(line).map_err(|_| where_wrong(line))
}

fn where_wrong(line: &str) -> String {
    let mut json = serde_json::Deserializer::from_str(line);
    match serde_path_to_error::deserialize::<_, Situation<'_>>(&mut json) {
        Ok(_) => "text after the end of the situation".into(),
        Err(error) => {
            let path = error.path().to_string();
            let problem = problem_of(error.inner());
            if path == "." { problem } else { format!("{path}: {problem}") }
        }
    }
}

/// What is wrong, without what stands there.
fn problem_of(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let named = |prefix: &str| {
        let name = text.strip_prefix(prefix)?.split('`').next()?;
        let plain = name.len() <= 40
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        Some(if plain { name.to_owned() } else { "(not a plain name)".to_owned() })
    };
    if error.is_eof() || error.is_syntax() {
        return "is not JSON".into();
    }
    for known in [UNKNOWN_WORD, NO_INSTANT, NO_DATE] {
        if text.starts_with(known) {
            return known.into();
        }
    }
    if let Some(name) = named("unknown field `") {
        format!("unknown member {name}")
    } else if let Some(name) = named("missing field `") {
        format!("missing member {name}")
    } else if let Some(name) = named("duplicate field `") {
        format!("member {name} twice")
    } else if text.starts_with("unknown variant") {
        UNKNOWN_WORD.into()
    } else {
        "is not of the expected type".into()
    }
}

impl<'l> Situation<'l> {
    /// The parts the gate takes.
    pub fn parts(&self) -> (gate::Scope<&str>, gate::Viewer<&str>) {
        let scope = gate::Scope {
            circle: self
                .file
                .circle
                .iter()
                .map(|m| gate::CircleRow { agency: &*m.agency.0, from: m.from, until: m.until })
                .collect(),
            recused: self.file.recused.iter().map(|user| &*user.0).collect(),
            sunset_at: self.file.sunset_at,
            persons: self
                .file
                .persons
                .iter()
                .map(|p| gate::Person { id: &*p.id.0, role: p.role, birth_date: p.birth_date })
                .collect(),
            facts: self.facts.iter().map(Fact::label).collect(),
            consents: self.consents.iter().map(Consent::read).collect(),
            acts: self.disclosures.iter().map(Disclosure::read).collect(),
        };
        let viewer = gate::Viewer {
            user: &*self.viewer.user.0,
            agency: &*self.viewer.agency.0,
            agency_kind: self.viewer.agency_kind,
            roles: self.viewer.roles.iter().copied().collect(),
        };
        (scope, viewer)
    }
}

impl Fact<'_> {
    fn label(&self) -> gate::Label<&str> {
        gate::Label {
            id: &*self.id.0,
            subject: &*self.subject.0,
            category: self.category,
            source: &*self.source.0,
            recorded_at: self.recorded_at,
            vault: self.vault.as_ref().map(|named| named.iter().map(|agency| &*agency.0).collect()),
        }
    }
}

impl Consent<'_> {
    fn read(&self) -> gate::Consent<&str> {
        gate::Consent {
            id: &*self.id.0,
            subject: &*self.subject.0,
            recorded_by: &*self.recorded_by.0,
            grantor: self.grantor.kind,
            grantor_person: self.grantor.person.as_ref().map(|person| &*person.0),
            given_at: self.given_at,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
            withdrawn_at: self.withdrawn_at,
            provisions: self.provisions.iter().map(Provision::read).collect(),
        }
    }
}

impl Provision<'_> {
    fn read(&self) -> gate::Provision<&str> {
        let any = self.categories.iter().any(|word| matches!(word, AnyOr::Any));
        let one =
            |word: &AnyOr<Category>| if let AnyOr::One(category) = word { Some(*category) } else { None };
        let categories =
            if any { CategorySet::ANY } else { self.categories.iter().filter_map(one).collect() };
        let any = self.purposes.iter().any(|word| matches!(word, AnyOr::Any));
        let one = |word: &AnyOr<Purpose>| if let AnyOr::One(purpose) = word { Some(*purpose) } else { None };
        let purposes = if any { PurposeSet::ANY } else { self.purposes.iter().filter_map(one).collect() };
        let sources = if self.sources.iter().any(|source| source.0 == "*") {
            Sources::Any
        } else {
            Sources::These(self.sources.iter().map(|source| &*source.0).collect())
        };
        gate::Provision {
            effect: self.effect,
            to_circle: self.recipients.iter().any(|name| name.0 == "circle"),
            recipients: self.recipients.iter().map(|name| &*name.0).collect(),
            categories,
            purposes,
            sources,
        }
    }
}

impl Disclosure<'_> {
    fn read(&self) -> gate::Act<&str> {
        gate::Act {
            id: &*self.id.0,
            source: &*self.source.0,
            at: self.at,
            until: self.until,
            revoked_at: self.revoked_at,
            expires: self.expires,
            recipients: self.recipients.iter().map(|recipient| &*recipient.agency.0).collect(),
            items: self.items.iter().filter_map(RawItem::read).collect(),
        }
    }
}

impl RawItem<'_> {
    fn read(&self) -> Option<Item<&str>> {
        match (&self.fact, &self.subject, self.category) {
            (Some(fact), None, None) => Some(Item::Fact(&*fact.0)),
            (None, Some(subject), Some(category)) => Some(Item::Agreed { subject: &*subject.0, category }),
            _ => None,
        }
    }
}
