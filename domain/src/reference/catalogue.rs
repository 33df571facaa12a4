//! The catalogue: every field with its category and type, every code with its labels.

use authz::{
    desk::{Sealed, Session},
    fault::Stop,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Common, common};
use crate::{
    catalogue::{CodeList, Field, FieldType},
    wording::Lang,
};

/// The catalogue.
#[derive(Serialize, ToSchema)]
pub struct CatalogueView {
    /// The fields, in their order.
    pub fields: Vec<FieldEntry>,
    /// The lists of codes.
    pub codes: Vec<CodesEntry>,
}

/// A label in both languages.
#[derive(Serialize, ToSchema)]
pub struct LabelView {
    /// French.
    pub fr: String,
    /// English.
    pub en: String,
}

/// A field.
#[derive(Serialize, ToSchema)]
pub struct FieldEntry {
    /// Its name on the wire.
    pub field: &'static str,
    /// Its category.
    pub category: &'static str,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The list its codes are of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codes: Option<&'static str>,
    /// What people read.
    pub label: LabelView,
}

/// A list of codes.
#[derive(Serialize, ToSchema)]
pub struct CodesEntry {
    /// Its name.
    pub name: &'static str,
    /// Its codes.
    pub codes: Vec<CodeEntry>,
}

/// A code.
#[derive(Serialize, ToSchema)]
pub struct CodeEntry {
    /// On the wire.
    pub code: &'static str,
    /// What people read.
    pub label: LabelView,
}

/// The catalogue.
///
/// # Errors
/// When the caller is not signed in any more.
pub async fn find_catalogue<'tx, M>(
    session: &mut Session<'tx, M>,
) -> Result<Sealed<'tx, Common<CatalogueView>>, Stop> {
    let fields = Field::all().map(|field| FieldEntry {
        field: field.name(),
        category: field.category().wire(),
        kind: field.kind().wire(),
        codes: match field.kind() {
            FieldType::Code(list) => Some(list.name()),
            _ => None,
        },
        label: LabelView { fr: field.label(Lang::Fr).into(), en: field.label(Lang::En).into() },
    });
    let codes = CodeList::all().map(|list| CodesEntry {
        name: list.name(),
        codes: list
            .codes()
            .iter()
            .map(|code| CodeEntry {
                code: code.code(),
                label: LabelView { fr: code.label(Lang::Fr).into(), en: code.label(Lang::En).into() },
            })
            .collect(),
    });
    let view = CatalogueView { fields: fields.collect(), codes: codes.collect() };
    common(session, view).await
}
