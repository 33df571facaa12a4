//! How the closed words of the gate read to a person.

use authz::vocabulary::{
    AgencyKind, BasisKind, Capacity, Category, Effect, Expiry, GrantorKind, Purpose, Reason, Role,
    SubjectRole,
};

use super::codes::CodeList;
use crate::wording::Lang;

/// A word of a closed set that has a label in a code list.
pub trait Labelled: Copy {
    /// The list that holds its labels.
    const LIST: &'static str;

    /// The word on the wire.
    fn code(self) -> &'static str;

    /// How it reads to a person.
    fn label(self, lang: Lang) -> &'static str {
        // A word without a label would read as its wire name; a test proves that none is without.
        CodeList::named(Self::LIST)
            .and_then(|list| list.find(self.code()))
            .map_or(self.code(), |code| code.label(lang))
    }
}

macro_rules! labelled {
    ($($name:ty: $list:literal),+ $(,)?) => {
        $(impl Labelled for $name {
            const LIST: &'static str = $list;
            fn code(self) -> &'static str { self.wire() }
        })+

        #[cfg(test)]
        mod tests {
            use super::*;

            #[test]
            fn each_closed_set_and_its_list_hold_the_same_words_in_the_same_order() {
                $({
                    let words: Vec<_> = <$name>::ALL.iter().map(|word| word.wire()).collect();
                    let list: Vec<_> =
                        CodeList::named($list).map_or(&[][..], |list| list.codes()).iter().map(|code| code.code()).collect();
                    assert_eq!(words, list, "{}", $list);
                })+
            }

            #[test]
            fn a_word_reads_in_both_languages() {
                assert_eq!(Category::Weapons.label(Lang::Fr), "Armes");
                assert_eq!(Category::Weapons.label(Lang::En), "Weapons");
            }
        }
    };
}

labelled! {
    Category: "category",
    SubjectRole: "subject_role",
    AgencyKind: "agency_kind",
    Role: "role",
    Purpose: "purpose",
    BasisKind: "basis",
    Reason: "reason",
    Effect: "effect",
    GrantorKind: "grantor",
    Capacity: "capacity",
    Expiry: "expires",
}
