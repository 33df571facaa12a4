//! What the gate decides on: the file as stored, and who looks.
//!
//! Identifiers are generic: the server uses UUIDs, the `decide` command the words of its input. They
//! compare by bytes.

use chrono::{DateTime, NaiveDate, Utc};

use crate::vocabulary::{AgencyKind, Category, Effect, Expiry, GrantorKind, Purpose, RoleSet, SubjectRole};

/// An agency's time in the circle: `from <= now`, and no `until` or `now < until`.
#[derive(Debug, Clone)]
pub struct CircleRow<I> {
    /// The agency.
    pub agency: I,
    /// First instant inside.
    pub from: DateTime<Utc>,
    /// First instant outside again.
    pub until: Option<DateTime<Utc>>,
}

/// A person on the file.
#[derive(Debug, Clone)]
pub struct Person<I> {
    /// Handle.
    pub id: I,
    /// Role in the file.
    pub role: SubjectRole,
    /// For reckoning age; never shown.
    pub birth_date: Option<NaiveDate>,
}

/// What the gate needs to know of a fact, or of a document that carries the same label.
#[derive(Debug, Clone)]
pub struct Label<I> {
    /// Handle.
    pub id: I,
    /// The person it speaks of.
    pub subject: I,
    /// Its category.
    pub category: Category,
    /// The agency that states it.
    pub source: I,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The agencies that may receive it at all; none: no vault; empty: nobody.
    pub vault: Option<Vec<I>>,
}

/// A set of categories. Empty names nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CategorySet(pub(crate) u16);

impl CategorySet {
    /// `*`.
    pub const ANY: Self = Self(u16::MAX);

    /// With one category more.
    #[must_use]
    pub const fn with(self, category: Category) -> Self {
        Self(self.0 | (1 << category.index()))
    }

    /// Is the category named?
    #[must_use]
    pub const fn has(self, category: Category) -> bool {
        self.0 & (1 << category.index()) != 0
    }
}

impl FromIterator<Category> for CategorySet {
    fn from_iter<T: IntoIterator<Item = Category>>(categories: T) -> Self {
        categories.into_iter().fold(Self::default(), Self::with)
    }
}

/// A set of purposes. Empty names nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PurposeSet(u8);

impl PurposeSet {
    /// `*`.
    pub const ANY: Self = Self(u8::MAX);

    /// With one purpose more.
    #[must_use]
    pub const fn with(self, purpose: Purpose) -> Self {
        Self(self.0 | (1 << purpose.index()))
    }

    /// Is the purpose named?
    #[must_use]
    pub const fn has(self, purpose: Purpose) -> bool {
        self.0 & (1 << purpose.index()) != 0
    }
}

impl FromIterator<Purpose> for PurposeSet {
    fn from_iter<T: IntoIterator<Item = Purpose>>(purposes: T) -> Self {
        purposes.into_iter().fold(Self::default(), Self::with)
    }
}

/// The sources a provision speaks of.
#[derive(Debug, Clone)]
pub enum Sources<I> {
    /// `*`.
    Any,
    /// These agencies; empty names nobody.
    These(Vec<I>),
}

/// One sentence of a consent. It covers a fact when recipients, categories, purposes and sources all match.
#[derive(Debug, Clone)]
pub struct Provision<I> {
    /// Yes or no.
    pub effect: Effect,
    /// The agencies named.
    pub recipients: Vec<I>,
    /// `circle`: in a permission, who was in the circle when it was given; in a denial, everybody.
    pub to_circle: bool,
    /// Categories.
    pub categories: CategorySet,
    /// Purposes.
    pub purposes: PurposeSet,
    /// Sources.
    pub sources: Sources<I>,
}

/// What a person said yes and no to.
#[derive(Debug, Clone)]
pub struct Consent<I> {
    /// Handle; the smallest by bytes is the one named as basis.
    pub id: I,
    /// The person whose facts it speaks of.
    pub subject: I,
    /// The agency that recorded it.
    pub recorded_by: I,
    /// Who spoke.
    pub grantor: GrantorKind,
    /// The parent or tutor who spoke.
    pub grantor_person: Option<I>,
    /// When it was given.
    pub given_at: DateTime<Utc>,
    /// From when it holds.
    pub valid_from: DateTime<Utc>,
    /// First instant it no longer holds; a refusal usually has none.
    pub valid_until: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Its sentences.
    pub provisions: Vec<Provision<I>>,
}

/// What an act tells.
#[derive(Debug, Clone)]
pub enum Item<I> {
    /// One fact, chosen.
    Fact(I),
    /// What an agreement covers.
    Agreed {
        /// The person.
        subject: I,
        /// The category.
        category: Category,
    },
}

/// A disclosure act (*levée de confidentialité*): one agency's decision about its own facts.
#[derive(Debug, Clone)]
pub struct Act<I> {
    /// Handle; the smallest by bytes is the one named as basis.
    pub id: I,
    /// The agency that decided.
    pub source: I,
    /// When.
    pub at: DateTime<Utc>,
    /// First instant it no longer tells.
    pub until: DateTime<Utc>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// How far it reaches.
    pub expires: Expiry,
    /// The agencies told.
    pub recipients: Vec<I>,
    /// What they are told.
    pub items: Vec<Item<I>>,
}

/// A file as the gate sees it, without the viewer.
#[derive(Debug, Clone)]
pub struct Scope<I> {
    /// Past, present and future members.
    pub circle: Vec<CircleRow<I>>,
    /// The human beings for whom the file does not exist.
    pub recused: Vec<I>,
    /// From when only own facts remain.
    pub sunset_at: Option<DateTime<Utc>>,
    /// The persons.
    pub persons: Vec<Person<I>>,
    /// The label of every fact.
    pub facts: Vec<Label<I>>,
    /// The consents.
    pub consents: Vec<Consent<I>>,
    /// The disclosure acts.
    pub acts: Vec<Act<I>>,
}

/// Who looks.
#[derive(Debug, Clone)]
pub struct Viewer<I> {
    /// The human being: recusal is of the person.
    pub user: I,
    /// The agency spoken for.
    pub agency: I,
    /// What it does.
    pub agency_kind: AgencyKind,
    /// The roles held in the file's cell.
    pub roles: RoleSet,
}

impl<I: PartialEq> Scope<I> {
    /// Is, or was, the agency in the circle at this instant?
    #[must_use]
    pub fn in_circle(&self, agency: &I, at: DateTime<Utc>) -> bool {
        self.circle
            .iter()
            .any(|row| row.agency == *agency && row.from <= at && row.until.is_none_or(|until| at < until))
    }

    pub(super) fn person(&self, id: &I) -> Option<&Person<I>> {
        self.persons.iter().find(|person| person.id == *id)
    }
}
