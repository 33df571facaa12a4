//! Every type of problem an answer may carry: its address, its status and its texts.
//!
//! `/problems` publishes this list; `api/data/problems.json` holds the words. None of them names
//! a person, an agency or what a file holds.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::wording::{Lang, Wording};
use serde::Deserialize;

macro_rules! problems {
    ($($(#[$doc:meta])+ $name:ident = $slug:literal $status:literal),+ $(,)?) => {
        /// A type of problem. Its URI and status never change once published.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ProblemKind { $($(#[$doc])+ $name),+ }

        impl ProblemKind {
            /// Every type, in the order of publication.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The last segment of its URI.
            pub const fn slug(self) -> &'static str { match self { $(Self::$name => $slug),+ } }

            /// Its URI, the `type` member.
            pub const fn uri(self) -> &'static str {
                match self { $(Self::$name => concat!("/problems/", $slug)),+ }
            }

            /// The HTTP status it is answered with.
            pub const fn status(self) -> u16 { match self { $(Self::$name => $status),+ } }

            /// The type of that slug, for the page that explains it.
            pub fn named(slug: &str) -> Option<Self> {
                match slug { $($slug => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

problems! {
    /// No session, or one that no longer holds; also any failed sign-in, whatever the cause.
    Unauthenticated = "unauthenticated" 401,
    /// `Purpose-Of-Use` is missing or unknown.
    PurposeRequired = "purpose-required" 400,
    /// A query or path parameter is unknown or ill-formed.
    BadQuery = "bad-query" 400,
    /// The body is not JSON.
    MalformedBody = "malformed-body" 400,
    /// Absent, or not for this viewer: the two are the same answer.
    NotFound = "not-found" 404,
    /// The viewer may know of the file, but holds no role that opens content.
    NoContentRole = "no-content-role" 403,
    /// A password must be changed or a second factor set up before anything else.
    SetUpFirst = "set-up-first" 403,
    /// The act is not for this viewer's role.
    NotPermitted = "not-permitted" 403,
    /// Well-formed, but breaking rules named in `errors`.
    Invalid = "invalid" 422,
    /// The idempotency key was used with another body.
    IdempotencyConflict = "idempotency-conflict" 422,
    /// `If-Match` is missing.
    PreconditionRequired = "precondition-required" 428,
    /// `If-Match` names a version that is no longer current.
    PreconditionFailed = "precondition-failed" 412,
    /// A document is too long to be typeset; it can be read as a page.
    PaperTooLong = "paper-too-long" 406,
    /// The body is over its limit.
    PayloadTooLarge = "payload-too-large" 413,
    /// The body is announced as something else than JSON.
    UnsupportedMediaType = "unsupported-media-type" 415,
    /// The route exists, not for this method.
    MethodNotAllowed = "method-not-allowed" 405,
    /// The state of the thing does not allow the change.
    Conflict = "conflict" 409,
    /// Rate limited; `Retry-After` says for how long.
    TooManyRequests = "too-many-requests" 429,
    /// The log, the database or the keys do not answer: nothing may be shown.
    Unavailable = "unavailable" 503,
    /// A fault of ours.
    Internal = "internal" 500,
}

/// The words of one problem.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    title: Wording,
    detail: Wording,
    remedy: Wording,
    /// What a program has to know besides.
    #[serde(default)]
    program: Option<Wording>,
}

static TEXTS: LazyLock<BTreeMap<String, Texts>> = LazyLock::new(|| read().unwrap_or_default());

fn read() -> Result<BTreeMap<String, Texts>, serde_json::Error> {
    serde_json::from_str(include_str!("../../data/problems.json"))
}

impl ProblemKind {
    /// What it is called.
    pub fn title(self, lang: Lang) -> &'static str {
        self.text(lang, |texts| &texts.title)
    }

    /// What happened.
    pub fn detail(self, lang: Lang) -> &'static str {
        self.text(lang, |texts| &texts.detail)
    }

    /// What the person can do about it.
    pub fn remedy(self, lang: Lang) -> &'static str {
        self.text(lang, |texts| &texts.remedy)
    }

    /// What whoever writes a program has to know besides: headers, members, formats.
    pub fn program(self, lang: Lang) -> Option<&'static str> {
        TEXTS.get(self.slug())?.program.as_ref().map(|words| words.get(lang))
    }

    fn text(self, lang: Lang, part: fn(&Texts) -> &Wording) -> &'static str {
        // Without its words a problem would still be answered, by its slug; a test proves that
        // none is without.
        TEXTS.get(self.slug()).map_or(self.slug(), |texts| part(texts).get(lang))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn every_problem_has_its_words_and_all_words_have_their_problem() {
        let mut slugs: Vec<_> = ProblemKind::ALL.iter().map(|kind| kind.slug()).collect();
        slugs.sort_unstable();
        assert_eq!(read().unwrap().keys().map(String::as_str).collect::<Vec<_>>(), slugs);
    }

    #[test]
    fn every_problem_says_what_happened_and_what_to_do_in_both_languages() {
        for kind in ProblemKind::ALL {
            for part in [ProblemKind::title, ProblemKind::detail, ProblemKind::remedy] {
                assert_ne!(part(*kind, Lang::Fr), part(*kind, Lang::En), "{}", kind.slug());
            }
            for lang in Lang::ALL {
                let (title, detail, remedy) = (kind.title(*lang), kind.detail(*lang), kind.remedy(*lang));
                assert!(!title.ends_with('.'), "{title}");
                assert!(detail.ends_with('.') && remedy.ends_with('.'), "{detail} {remedy}");
                assert_ne!(detail, remedy);
                // What a person reads speaks of no header.
                for word in ["en-tête", "header", "JSON", "ETag", "errors"] {
                    assert!(!detail.contains(word) && !remedy.contains(word), "{detail} {remedy}");
                }
            }
        }
    }

    #[test]
    fn french_text_is_typographically_right() {
        for kind in ProblemKind::ALL {
            let program = kind.program(Lang::Fr).unwrap_or_default();
            for text in [kind.title(Lang::Fr), kind.detail(Lang::Fr), kind.remedy(Lang::Fr), program] {
                assert!(domain::wording::french_is_well_set(text), "{text}");
                assert!(!text.contains(['\'', '"']), "straight quotation marks in: {text}");
            }
        }
    }

    #[test]
    fn a_problem_is_found_again_by_its_slug() {
        for kind in ProblemKind::ALL {
            assert_eq!(ProblemKind::named(kind.slug()), Some(*kind));
            assert_eq!(kind.uri(), format!("/problems/{}", kind.slug()));
        }
        assert_eq!(ProblemKind::named("teapot"), None);
    }

    #[test]
    fn statuses_are_those_promised() {
        let promised = [
            ("unauthenticated", 401),
            ("purpose-required", 400),
            ("bad-query", 400),
            ("malformed-body", 400),
            ("not-found", 404),
            ("no-content-role", 403),
            ("set-up-first", 403),
            ("not-permitted", 403),
            ("invalid", 422),
            ("idempotency-conflict", 422),
            ("precondition-required", 428),
            ("precondition-failed", 412),
            ("paper-too-long", 406),
            ("payload-too-large", 413),
            ("unsupported-media-type", 415),
            ("method-not-allowed", 405),
            ("conflict", 409),
            ("too-many-requests", 429),
            ("unavailable", 503),
            ("internal", 500),
        ];
        let published: Vec<_> = ProblemKind::ALL.iter().map(|kind| (kind.slug(), kind.status())).collect();
        assert_eq!(published, promised);
    }
}
