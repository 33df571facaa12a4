//! What the pages say: Fluent catalogues in `api/i18n`, complete in both languages (a test holds them to it).

use std::{borrow::Cow, cell::RefCell, collections::HashMap};

use domain::wording::Lang;
use fluent_templates::{LanguageIdentifier, Loader, fluent_bundle::FluentValue, langid, static_loader};

static_loader! {
    static CATALOGUES = {
        locales: "./i18n",
        fallback_language: "fr",
        // Isolating marks would be read aloud, and copied with what they surround.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// Most sentences a thread keeps of a language: more than there are.
const MOST: usize = 8_192;

thread_local! {
    // A page says hundreds of sentences that never change; each put together anew, they cost more than all the rest of it.
    static KNOWN: RefCell<[HashMap<String, String>; 2]> = RefCell::default();
}

static FR: LanguageIdentifier = langid!("fr");
static EN: LanguageIdentifier = langid!("en");

/// The sentences of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrases(Lang);

impl Phrases {
    /// Those of a language.
    #[must_use]
    pub const fn of(lang: Lang) -> Self {
        Self(lang)
    }

    /// Which language.
    #[must_use]
    pub const fn lang(self) -> Lang {
        self.0
    }

    fn id(self) -> &'static LanguageIdentifier {
        match self.0 {
            Lang::Fr => &FR,
            Lang::En => &EN,
        }
    }

    /// A sentence.
    #[must_use]
    pub fn t(self, key: &str) -> String {
        let place = usize::from(self.0 == Lang::En);
        let known = KNOWN.with_borrow(|known| known.get(place).and_then(|known| known.get(key)).cloned());
        known.unwrap_or_else(|| {
            let text = CATALOGUES.lookup(self.id(), key);
            KNOWN.with_borrow_mut(|known| {
                if let Some(known) = known.get_mut(place).filter(|known| known.len() < MOST) {
                    known.insert(key.to_owned(), text.clone());
                }
            });
            text
        })
    }

    /// A sentence that depends on a count `$n`.
    #[must_use]
    pub fn n(self, key: &str, n: usize) -> String {
        self.with(key, "n", FluentValue::from(n))
    }

    /// A sentence around one word or date, `$x`.
    #[must_use]
    pub fn x(self, key: &str, x: &str) -> String {
        self.with(key, "x", FluentValue::from(x.to_owned()))
    }

    /// A sentence around several words.
    #[must_use]
    pub fn s(self, key: &str, words: &[(&'static str, &str)]) -> String {
        let words =
            words.iter().map(|(name, word)| (Cow::Borrowed(*name), FluentValue::from((*word).to_owned())));
        CATALOGUES.lookup_with_args(self.id(), key, &words.collect())
    }

    /// A sentence if there is one under this key.
    #[must_use]
    pub fn maybe(self, key: &str) -> Option<String> {
        CATALOGUES.try_lookup(self.id(), key)
    }

    fn with(self, key: &str, name: &'static str, value: FluentValue<'static>) -> String {
        CATALOGUES.lookup_with_args(self.id(), key, &HashMap::from([(Cow::Borrowed(name), value)]))
    }
}
