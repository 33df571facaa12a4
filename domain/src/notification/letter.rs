//! The words of every mail: the same for everybody and about everything.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::wording::{Lang, Wording};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    subject: Wording,
    before: Wording,
    after: Wording,
}

static TEXTS: LazyLock<Option<Texts>> = LazyLock::new(|| read().ok());

fn read() -> Result<Texts, serde_json::Error> {
    serde_json::from_str(include_str!("../../data/mail.json"))
}

/// A mail without its recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
}

/// The one mail there is, in a language, with the address of the inbox. It takes nothing else, so that nothing else
/// can stand in it.
#[must_use]
pub fn letter(lang: Lang, inbox: &str) -> Letter {
    let text = |part: fn(&Texts) -> &Wording| TEXTS.as_ref().map_or("Filet", |texts| part(texts).get(lang));
    Letter {
        subject: text(|texts| &texts.subject).to_owned(),
        body: format!("{}\n\n{inbox}\n\n{}\n", text(|texts| &texts.before), text(|texts| &texts.after)),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn the_words_are_there_in_both_languages() {
        let texts = read().unwrap();
        for lang in Lang::ALL {
            let letter = letter(*lang, "https://filet.example/inbox");
            assert_eq!(letter.subject, texts.subject.get(*lang));
            assert!(letter.body.contains("\nhttps://filet.example/inbox\n"));
        }
    }
}
