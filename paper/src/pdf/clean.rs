//! Text as the typefaces can print it. What is replaced here is whole in HTML and JSON.

use std::cell::Cell;

use super::world::printable;

/// How much of the text is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// Everything a typeface has a glyph for.
    Whole,
    /// Only what needs no shaping.
    Plain,
}

/// What a character becomes that cannot be printed.
const UNKNOWN: char = '\u{FFFD}';

/// How long a word may be before a line may be broken inside it, on a whole line.
pub const WIDE: usize = 24;
/// The same in a column among many.
pub const NARROW: usize = 16;

/// After these a line may be broken anyway.
const BREAKS: [char; 6] = ['\u{200B}', '-', '\u{2010}', '–', '—', '/'];

/// Makes texts printable, and counts what was lost.
pub struct Cleaner {
    care: Care,
    lost: Cell<i64>,
}

impl Cleaner {
    pub const fn new(care: Care) -> Self {
        Self { care, lost: Cell::new(0) }
    }

    /// How many characters could not be printed so far.
    pub const fn lost(&self) -> i64 {
        self.lost.get()
    }

    /// One line, safe to set.
    pub fn line(&self, text: &str, longest_word: usize) -> String {
        let mut out = String::with_capacity(text.len() + 8);
        let mut run = 0;
        for character in text.chars().filter_map(|character| self.character(character)) {
            run = if character.is_whitespace() || BREAKS.contains(&character) { 0 } else { run + 1 };
            if run > longest_word {
                out.push('\u{200B}');
                run = 1;
            }
            out.push(character);
        }
        out
    }

    fn character(&self, character: char) -> Option<char> {
        match character {
            '\t' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => return Some(' '),
            ' ' | '\u{A0}' | '\u{200B}' => return Some(character),
            '\u{202F}' if !printable(character) => return Some('\u{A0}'),
            _ => {}
        }
        // What only steers other characters: controls, direction overrides, joiners, selectors.
        let steers = character.is_control()
            || matches!(character, '\u{200C}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
            || matches!(character, '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{AD}')
            || matches!(character, '\u{E0000}'..='\u{E0FFF}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}');
        if steers {
            return None;
        }
        let known = match self.care {
            Care::Whole => printable(character),
            Care::Plain => printable(character) && plain(character),
        };
        if !known {
            self.lost.set(self.lost.get().saturating_add(1));
        }
        Some(if known { character } else { UNKNOWN })
    }
}

/// Latin, Greek, Cyrillic, syllabics and usual signs: no cluster is formed with a neighbour.
const fn plain(character: char) -> bool {
    matches!(character, '\u{20}'..='\u{2FF}' | '\u{370}'..='\u{482}' | '\u{48A}'..='\u{52F}' | '\u{1400}'..='\u{167F}')
        || matches!(character, '\u{1E00}'..='\u{1FFF}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{20A0}'..='\u{20BF}')
}
