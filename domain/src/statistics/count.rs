//! A count that cannot be read below five.

use serde::{Serialize, Serializer};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::SchemaType, schema::Type},
};

/// The smallest count that may be published (`docs/decisions/0009-counts-that-name-nobody.md`).
pub(super) const SMALLEST: u32 = 5;

/// A count as it may be published: a number of at least five, or nothing.
///
/// INVARIANT: a raw count has no way out of this module's parent; only [`super::tables`] makes one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count(Option<u32>);

impl Count {
    /// Withheld, whatever it is.
    pub(super) const WITHHELD: Self = Self(None);

    /// Published where it is large enough.
    pub(super) const fn publish(raw: u32) -> Self {
        if raw < SMALLEST { Self::WITHHELD } else { Self(Some(raw)) }
    }

    /// The number, where it is published.
    #[must_use]
    pub const fn published(self) -> Option<u32> {
        self.0
    }

    /// Is there no number to read?
    #[must_use]
    pub const fn is_withheld(self) -> bool {
        self.0.is_none()
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl PartialSchema for Count {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::Integer, Type::Null]))
            .description(Some("At least 5; null when it is smaller, or when it would tell a smaller one"))
            .into()
    }
}

impl ToSchema for Count {}
