//! What *may* exist about a person and is not shown: the longest part of a file's answer, and the same few
//! hundred phrases each time, so their JSON is made once.

use std::sync::LazyLock;

use authz::{
    desk::{Grant, Resource},
    vocabulary::{Category, Reason},
};
use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::catalogue::Field;

/// A field that is withheld, whether or not it holds anything.
#[derive(ToSchema, Clone, Copy)]
pub struct WithheldView {
    /// Catalogue field.
    pub field: &'static str,
    /// Its category.
    #[schema(value_type = String)]
    pub category: Category,
    /// The strongest reason.
    #[schema(value_type = String)]
    pub reason: Reason,
    #[schema(ignore)]
    phrase: &'static RawValue,
}

#[derive(Serialize)]
struct Phrase {
    field: &'static str,
    category: Category,
    reason: Reason,
}

impl Serialize for WithheldView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.phrase.serialize(serializer)
    }
}

/// Every phrase there can be: for each category and each reason, the fields in catalogue order.
static PHRASES: LazyLock<Vec<WithheldView>> = LazyLock::new(|| {
    Field::all()
        .flat_map(|field| Reason::ALL.iter().map(move |reason| (field, *reason)))
        .filter_map(|(field, reason)| {
            let (name, category) = (field.name(), field.category());
            let phrase = Box::leak(to_raw_value(&Phrase { field: name, category, reason }).ok()?);
            Some(WithheldView { field: name, category, reason, phrase })
        })
        .collect()
});

/// The constant-shape list of one person, in catalogue order.
pub(super) fn withheld<R: Resource>(grant: &Grant<'_, R>, person: Uuid) -> Vec<WithheldView> {
    let mut reasons = [None; Category::ALL.len()];
    for (category, reason) in grant.withheld(person) {
        if let Some(slot) = reasons.get_mut(category.index()) {
            *slot = Some(reason);
        }
    }
    let listed =
        PHRASES.iter().filter(|phrase| reasons.get(phrase.category.index()) == Some(&Some(phrase.reason)));
    listed.copied().collect()
}
