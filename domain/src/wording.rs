//! Sentences that people read, always in French and in English together.
//!
//! INVARIANT: a [`Wording`] is complete in both languages and its French is typographically right;
//! data that is not so does not load.

use serde::{Deserialize, Serialize};

/// The language a person is answered in. French is the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Lang {
    /// Français.
    #[default]
    #[serde(rename = "fr")]
    Fr,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// Both, the default first.
    pub const ALL: &'static [Self] = &[Self::Fr, Self::En];

    /// The tag used in `Accept-Language`, `lang="…"` and data.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }
}

/// One text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Draft")]
pub struct Wording {
    fr: String,
    en: String,
}

/// The text as it stands in a data file, not yet checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    fr: String,
    en: String,
}

/// Why a text may not be shown to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WordingError {
    /// One of the two languages is missing.
    #[error("a text is blank in one of its languages")]
    Blank,
    /// A French mark of punctuation lacks its no-break space.
    #[error("a French text lacks a no-break space beside its punctuation")]
    Typography,
}

impl Wording {
    /// Accepts a text that is complete and, in French, typographically right.
    pub fn new(fr: impl Into<String>, en: impl Into<String>) -> Result<Self, WordingError> {
        let (fr, en) = (fr.into(), en.into());
        if fr.trim().is_empty() || en.trim().is_empty() {
            return Err(WordingError::Blank);
        }
        if french_is_well_set(&fr) { Ok(Self { fr, en }) } else { Err(WordingError::Typography) }
    }

    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

impl TryFrom<Draft> for Wording {
    type Error = WordingError;
    fn try_from(draft: Draft) -> Result<Self, WordingError> {
        Self::new(draft.fr, draft.en)
    }
}

/// Is every `; : ! ? »` preceded, and every `«` followed, by a no-break space (U+00A0 or U+202F)?
///
/// A colon with no space after it is no punctuation: it stands in a time or an address.
pub fn french_is_well_set(text: &str) -> bool {
    let is_no_break = |c: Option<char>| matches!(c, Some('\u{a0}' | '\u{202f}'));
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let right = match c {
            ':' if chars.peek().is_some_and(|next| !next.is_whitespace()) => true,
            ';' | ':' | '!' | '?' | '»' => is_no_break(before),
            '«' => is_no_break(chars.peek().copied()),
            _ => true,
        };
        if !right {
            return false;
        }
        before = Some(c);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_missing_in_one_language_is_refused() {
        assert_eq!(Wording::new("Bonjour", " "), Err(WordingError::Blank));
        assert_eq!(Wording::new("", "Hello"), Err(WordingError::Blank));
    }

    #[test]
    fn french_punctuation_needs_its_no_break_space() {
        assert_eq!(Wording::new("Prêt ?", "Ready?"), Err(WordingError::Typography));
        assert_eq!(Wording::new("«\u{a0}Oui »", "Yes"), Err(WordingError::Typography));
        assert_eq!(Wording::new("Prêt:", "Ready:"), Err(WordingError::Typography));
        assert!(Wording::new("«\u{a0}Prêt\u{202f}?\u{a0}»", "Ready?").is_ok());
        assert!(Wording::new("À 15:30\u{a0}: départ", "At 15:30: leave").is_ok());
    }

    #[test]
    fn each_language_gives_its_own_text() {
        let hello = Wording::new("Bonjour", "Hello").map(|w| (w.get(Lang::Fr).len(), w.get(Lang::En).len()));
        assert_eq!(hello, Ok((7, 5)));
    }
}
