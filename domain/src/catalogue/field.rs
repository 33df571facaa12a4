//! A field (*champ*) of the catalogue: what one fact states.

use authz::vocabulary::Category;
use serde::{Deserialize, Serialize};

use super::codes::{CodeList, CodeListDef};
use super::{Catalogue, CatalogueError, tsv};
use crate::wording::{Lang, Wording};

/// What a field's value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// Free text.
    Text,
    /// A calendar day.
    Date,
    /// An instant.
    Datetime,
    /// Yes or no.
    Bool,
    /// One code of a list.
    Code(CodeList),
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A civic address.
    Address,
}

impl FieldType {
    /// The word `/catalogue` publishes.
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Date => "date",
            Self::Datetime => "datetime",
            Self::Bool => "bool",
            Self::Code(_) => "code",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Address => "address",
        }
    }
}

/// One line of the catalogue as loaded. A code field's list bears the field's own name.
#[derive(Debug)]
pub(super) struct FieldDef {
    number: i16,
    name: &'static str,
    category: Category,
    kind: Kind,
    label: Wording,
}

/// The type column, before the list of a code field is looked up.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Plain(FieldType),
    Code(usize),
}

/// A field of the catalogue, by reference: cheap to copy, ordered as the catalogue is.
///
/// Holding one proves that the field exists, so that nothing asked of it can fail.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub struct Field(&'static FieldDef);

/// A name or number that is no field's. The word is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown field")]
pub struct UnknownField;

impl Field {
    /// Every field, in catalogue order. Empty only where [`Catalogue::built_in`] refused to load.
    pub fn all() -> impl Iterator<Item = Self> + Clone {
        Catalogue::loaded().into_iter().flat_map(|catalogue| catalogue.fields.iter().map(Self))
    }

    /// The fields of one category, in catalogue order.
    pub fn of(category: Category) -> impl Iterator<Item = Self> + Clone {
        Self::all().filter(move |field| field.category() == category)
    }

    /// The field of that wire name.
    pub fn named(name: &str) -> Result<Self, UnknownField> {
        Self::all().find(|field| field.name() == name).ok_or(UnknownField)
    }

    /// The field of that stored number.
    pub fn numbered(number: i16) -> Result<Self, UnknownField> {
        let at = usize::try_from(number).map_err(|_| UnknownField)?;
        Catalogue::loaded().and_then(|catalogue| catalogue.fields.get(at)).map(Self).ok_or(UnknownField)
    }

    /// The number the database holds: the line's place in the catalogue, from 0, never reused.
    pub const fn number(self) -> i16 {
        self.0.number
    }

    /// The name on the wire and in the log.
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// The one category it belongs to.
    pub const fn category(self) -> Category {
        self.0.category
    }

    /// What its values look like.
    pub fn kind(self) -> FieldType {
        match self.0.kind {
            Kind::Plain(kind) => kind,
            // INVARIANT: `load` checked that the place exists; were it not so, the field would
            // take text, and no code would be understood in it.
            Kind::Code(at) => Catalogue::loaded()
                .and_then(|catalogue| catalogue.lists.get(at))
                .map_or(FieldType::Text, |list| FieldType::Code(CodeList::of(list))),
        }
    }

    /// How it reads to a person.
    pub fn label(self, lang: Lang) -> &'static str {
        self.0.label.get(lang)
    }
}

impl std::str::FromStr for Field {
    type Err = UnknownField;
    fn from_str(name: &str) -> Result<Self, UnknownField> {
        Self::named(name)
    }
}

impl TryFrom<String> for Field {
    type Error = UnknownField;
    fn try_from(name: String) -> Result<Self, UnknownField> {
        Self::named(&name)
    }
}

impl From<Field> for &'static str {
    fn from(field: Field) -> Self {
        field.name()
    }
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl std::fmt::Debug for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Field({})", self.name())
    }
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.number() == other.number()
    }
}

impl Eq for Field {}

impl PartialOrd for Field {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Field {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.number().cmp(&other.number())
    }
}

impl std::hash::Hash for Field {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.number().hash(state);
    }
}

const FILE: &str = "catalogue";

/// Reads the catalogue's lines.
pub(super) fn load(text: &'static str, lists: &[CodeListDef]) -> Result<Vec<FieldDef>, CatalogueError> {
    let mut fields: Vec<FieldDef> = Vec::new();
    for (line, [name, category, kind, fr, en]) in
        tsv::rows(FILE, text, ["field", "category", "type", "fr", "en"])?
    {
        let unknown = || CatalogueError::Word { file: FILE, line };
        if fields.iter().any(|known| known.name == name) {
            return Err(CatalogueError::Twice { file: FILE, line });
        }
        fields.push(FieldDef {
            number: i16::try_from(fields.len()).map_err(|_| unknown())?,
            name,
            category: category.parse().map_err(|_| unknown())?,
            kind: kind_of(kind, name, lists).ok_or_else(unknown)?,
            label: Wording::new(fr, en).map_err(|_| CatalogueError::Wording { file: FILE, line })?,
        });
    }
    Ok(fields)
}

fn kind_of(word: &str, field: &str, lists: &[CodeListDef]) -> Option<Kind> {
    let plain = match word {
        "text" => FieldType::Text,
        "date" => FieldType::Date,
        "datetime" => FieldType::Datetime,
        "bool" => FieldType::Bool,
        "phone" => FieldType::Phone,
        "email" => FieldType::Email,
        "address" => FieldType::Address,
        "code" => return lists.iter().position(|list| list.name() == field).map(Kind::Code),
        _ => return None,
    };
    Some(Kind::Plain(plain))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    const HEADER: &str = "field\tcategory\ttype\tfr\ten\n";

    fn loaded(rows: &str) -> Result<Vec<FieldDef>, CatalogueError> {
        load(Box::leak(format!("{HEADER}{rows}").into_boxed_str()), &[])
    }

    #[test]
    fn the_catalogue_has_seventy_one_fields_numbered_in_order() {
        let numbers: Vec<_> = Field::all().map(Field::number).collect();
        assert_eq!(numbers, (0..71).collect::<Vec<i16>>());
    }

    #[test]
    fn stored_numbers_never_move() {
        for (number, name) in [
            (0, "given_name"),
            (8, "safe_phone"),
            (14, "address"),
            (35, "risk_level"),
            (70, "professional_note"),
        ] {
            assert_eq!(Field::named(name).unwrap().number(), number, "{name}");
        }
    }

    #[test]
    fn a_field_is_found_again_by_its_name_and_by_its_number() {
        for field in Field::all() {
            assert_eq!(Field::named(field.name()), Ok(field));
            assert_eq!(Field::numbered(field.number()), Ok(field));
        }
    }

    #[test]
    fn what_is_no_field_is_found_by_nothing() {
        assert_eq!(Field::named("Given_name"), Err(UnknownField));
        assert_eq!(Field::numbered(71), Err(UnknownField));
        assert_eq!(Field::numbered(-1), Err(UnknownField));
        assert!(serde_json::from_str::<Field>("\"nothing\"").is_err());
    }

    #[test]
    fn every_category_has_fields_and_every_field_one_category() {
        let counted: usize = Category::ALL.iter().map(|category| Field::of(*category).count()).sum();
        assert_eq!(counted, 71);
        assert!(Category::ALL.iter().all(|category| Field::of(*category).next().is_some()));
    }

    #[test]
    fn a_code_field_takes_the_list_of_its_own_name() {
        let coded: Vec<_> = Field::all()
            .filter_map(|field| match field.kind() {
                FieldType::Code(list) => Some((field.name(), list.name())),
                _ => None,
            })
            .collect();
        assert_eq!(coded.len(), 6);
        assert!(coded.iter().all(|(field, list)| field == list));
    }

    #[test]
    fn a_line_with_an_unknown_word_does_not_load() {
        for row in ["a\tsecrets\ttext\tA\tA\n", "a\tidentity\tcolour\tA\tA\n", "a\tidentity\tcode\tA\tA\n"] {
            assert!(matches!(loaded(row), Err(CatalogueError::Word { line: 2, .. })), "{row}");
        }
        let twice = "a\tidentity\ttext\tA\tA\na\tidentity\ttext\tA\tA\n";
        assert!(matches!(loaded(twice), Err(CatalogueError::Twice { line: 3, .. })));
    }
}
