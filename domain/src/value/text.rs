//! Free text as people write it: kept as given, in Unicode's composed form, with nothing in it
//! that could deceive a reader or break a page.

use unicode_normalization::UnicodeNormalization;

use crate::validation::Rule;

/// The longest text a fact may hold, in characters.
pub const LONGEST: usize = 4_000;

/// Composes a text (NFC), reads Windows line ends as line ends, and refuses what may not be kept.
pub fn several_lines(given: &str, longest: usize) -> Result<String, Rule> {
    let text: String = given.replace("\r\n", "\n").nfc().collect();
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Rule::ControlCharacter);
    }
    if text.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
        return Err(Rule::Blank);
    }
    if text.chars().count() > longest {
        return Err(Rule::TooLong);
    }
    if directions_are_paired(&text) { Ok(text) } else { Err(Rule::UnpairedDirection) }
}

/// The same for a text that stands on one line.
pub fn one_line(given: &str, longest: usize) -> Result<String, Rule> {
    let text = several_lines(given, longest)?;
    let breaks = ['\n', '\t', '\u{2028}', '\u{2029}'];
    if text.contains(breaks) { Err(Rule::SeveralLines) } else { Ok(text) }
}

/// Characters that take no place: a text made of these alone says nothing.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}')
}

/// Is every mark that turns the direction of writing closed, in its order, within its paragraph?
///
/// Open marks make what follows on the page read in another order than it is stored.
fn directions_are_paired(text: &str) -> bool {
    const POP_EMBEDDING: char = '\u{202c}';
    const POP_ISOLATE: char = '\u{2069}';
    text.split(['\n', '\u{2029}']).all(|paragraph| {
        let mut open = Vec::new();
        let ordered = paragraph.chars().all(|c| match c {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => {
                open.push(POP_EMBEDDING);
                true
            }
            '\u{2066}'..='\u{2068}' => {
                open.push(POP_ISOLATE);
                true
            }
            POP_EMBEDDING | POP_ISOLATE => open.pop() == Some(c),
            _ => true,
        });
        ordered && open.is_empty()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(given: &str) -> Result<String, Rule> {
        several_lines(given, 20)
    }

    #[test]
    fn a_text_is_kept_as_given_in_its_composed_form() {
        assert_eq!(text(" Le\u{301}o\t!\n"), Ok(" L\u{e9}o\t!\n".to_owned()));
        assert_eq!(text("un\r\ndeux"), Ok("un\ndeux".to_owned()));
    }

    #[test]
    fn a_text_that_says_nothing_is_refused() {
        for nothing in ["", "  ", "\n\t", "\u{a0}", "\u{200b}\u{feff}", "\u{2066}\u{2069}"] {
            assert_eq!(text(nothing), Err(Rule::Blank), "{nothing:?}");
        }
    }

    #[test]
    fn control_characters_are_refused_save_line_ends_and_tabs() {
        for control in ["a\0", "\0", "a\rb", "a\u{7f}", "a\u{85}b", "\u{1b}[31m"] {
            assert_eq!(text(control), Err(Rule::ControlCharacter), "{control:?}");
        }
    }

    #[test]
    fn length_is_counted_in_characters_and_the_bound_belongs_to_it() {
        assert!(text(&"é".repeat(20)).is_ok());
        assert_eq!(text(&"é".repeat(21)), Err(Rule::TooLong));
    }

    #[test]
    fn a_direction_mark_must_be_closed_in_its_order_and_its_paragraph() {
        for paired in ["a\u{202e}b\u{202c}c", "\u{2067}a\u{202a}b\u{202c}\u{2069}", "a\u{200f}b"] {
            assert!(text(paired).is_ok(), "{paired:?}");
        }
        for open in [
            "a\u{202e}b",
            "a\u{202c}",
            "a\u{2069}",
            "\u{2066}a\u{202c}",
            "\u{2066}a\nb\u{2069}",
            "\u{2066}\u{202a}a\u{2069}\u{202c}",
        ] {
            assert_eq!(text(open), Err(Rule::UnpairedDirection), "{open:?}");
        }
    }

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(one_line("a\nb", 20), Err(Rule::SeveralLines));
        assert_eq!(one_line("a\u{2028}b", 20), Err(Rule::SeveralLines));
        assert!(one_line("a b", 20).is_ok());
    }
}
