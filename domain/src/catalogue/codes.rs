//! Lists of codes with their labels: what a code field may hold, and how the closed words of the
//! gate read on a page.

use super::{Catalogue, CatalogueError, tsv};
use crate::wording::{Lang, Wording};

/// One list as loaded.
#[derive(Debug)]
pub(super) struct CodeListDef {
    name: &'static str,
    codes: Vec<Code>,
}

/// One code of a list. Codes are never reused for another meaning.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    code: &'static str,
    label: Wording,
}

impl Code {
    /// The word on the wire and at rest.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// How it reads to a person.
    pub fn label(&self, lang: Lang) -> &str {
        self.label.get(lang)
    }
}

/// A list of codes (*liste de codes*), by reference: cheap to copy.
#[derive(Clone, Copy)]
pub struct CodeList(&'static CodeListDef);

impl CodeList {
    /// Every list, in the order of publication.
    pub fn all() -> impl Iterator<Item = Self> {
        Catalogue::loaded().into_iter().flat_map(|catalogue| catalogue.lists.iter().map(Self))
    }

    /// The list of that name, if there is one.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|list| list.name() == name)
    }

    /// The list's name, e.g. `language`.
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// The codes, in the order in which a form should offer them.
    pub fn codes(self) -> &'static [Code] {
        &self.0.codes
    }

    /// The code spelt so, if the list knows it.
    pub fn find(self, word: &str) -> Option<&'static Code> {
        self.codes().iter().find(|code| code.code == word)
    }

    pub(super) const fn of(def: &'static CodeListDef) -> Self {
        Self(def)
    }
}

impl std::fmt::Debug for CodeList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CodeList({})", self.name())
    }
}

impl PartialEq for CodeList {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for CodeList {}

macro_rules! lists {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../data/codes/", $name, ".tsv")))),+]
    };
}

/// Languages follow ISO 639-3, regions the seventeen of D-11, r. 1, relationships the groups of
/// Statistics Canada with the project's additions; the others are the project's own.
const FILES: &[(&str, &str)] = lists![
    "gender",
    "language",
    "relationship",
    "risk_level",
    "custody_status",
    "dependence_level",
    "capacity",
    "category",
    "subject_role",
    "agency_kind",
    "regime",
    "role",
    "purpose",
    "basis",
    "reason",
    "effect",
    "grantor",
    "expires",
    "region",
    "age_band",
    "consultation_factor",
    "service",
    "mobilisation_reason",
    "action_kind",
    "action_fallback",
    "action_must_not",
    "action_reason",
    "safe_channel",
    "lesson_theme",
    "lesson_helped",
    "lesson_hindered",
    "agenda_item",
    "withheld_reason",
];

/// Reads every list.
pub(super) fn load() -> Result<Vec<CodeListDef>, CatalogueError> {
    FILES.iter().map(|(name, text)| load_one(name, text)).collect()
}

fn load_one(name: &'static str, text: &'static str) -> Result<CodeListDef, CatalogueError> {
    let mut codes: Vec<Code> = Vec::new();
    for (line, [code, fr, en]) in tsv::rows(name, text, ["code", "fr", "en"])? {
        if codes.iter().any(|known| known.code == code) {
            return Err(CatalogueError::Twice { file: name, line });
        }
        let label = Wording::new(fr, en).map_err(|_| CatalogueError::Wording { file: name, line })?;
        codes.push(Code { code, label });
    }
    Ok(CodeListDef { name, codes })
}

impl CodeListDef {
    pub(super) const fn name(&self) -> &'static str {
        self.name
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn a_code_given_twice_is_refused() {
        let found = load_one("gender", "code\tfr\ten\nman\tHomme\tMan\nman\tHomme\tMan\n");
        assert!(matches!(found, Err(CatalogueError::Twice { line: 3, .. })));
    }

    #[test]
    fn languages_are_three_letters_and_speak_for_first_peoples_and_sign() {
        let list = CodeList::named("language").unwrap();
        assert!(
            list.codes()
                .iter()
                .all(|c| c.code().len() == 3 && c.code().chars().all(|l| l.is_ascii_lowercase()))
        );
        for code in
            ["fra", "eng", "spa", "ara", "moe", "atj", "iku", "moh", "mic", "alq", "abe", "fcs", "ase", "iks"]
        {
            assert!(list.find(code).is_some(), "{code} is missing");
        }
    }

    #[test]
    fn risk_levels_go_from_watch_to_immediate() {
        let levels: Vec<_> = CodeList::named("risk_level").unwrap().codes().iter().map(Code::code).collect();
        assert_eq!(levels, ["watch", "moderate", "aggravated", "imminent", "immediate"]);
    }

    #[test]
    fn there_are_seventeen_regions_numbered_in_order() {
        let list = CodeList::named("region").unwrap();
        let numbers: Vec<_> = list.codes().iter().map(|c| c.code().parse::<usize>().unwrap()).collect();
        assert_eq!(numbers, (1..=17).collect::<Vec<_>>());
        assert_eq!(list.find("05").unwrap().label(Lang::Fr), "Estrie");
    }

    #[test]
    fn an_unknown_word_belongs_to_no_list() {
        assert!(CodeList::named("colour").is_none());
        assert!(CodeList::named("gender").unwrap().find("").is_none());
    }
}
