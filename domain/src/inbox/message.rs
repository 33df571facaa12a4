//! What a message is about.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::wording::{Lang, Wording};

/// A message, for whom it is addressed to.
pub struct Message;

static SENTENCES: LazyLock<BTreeMap<String, Wording>> = LazyLock::new(|| read().unwrap_or_default());

fn read() -> Result<BTreeMap<String, Wording>, serde_json::Error> {
    serde_json::from_str(include_str!("../../data/messages.json"))
}

/// The sentence of a kind of message. It never holds anything of a case.
pub(super) fn sentence(kind: &str, lang: Lang) -> String {
    SENTENCES.get(kind).map_or(kind, |wording| wording.get(lang)).to_owned()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use std::{fs, path::Path};

    use super::*;

    /// Every literal that names a message in the sources of this crate.
    fn kinds(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                kinds(&path, found);
            } else if let Ok(text) = fs::read_to_string(&path) {
                for call in ["tell_agencies(", "tell_coordination(", "tell(", "outbox::kind.eq("] {
                    for (at, _) in text.match_indices(call) {
                        let rest = text.get(at..).unwrap().lines().next().unwrap();
                        found.extend(rest.split('"').nth(1).map(str::to_owned));
                    }
                }
            }
        }
    }

    #[test]
    fn every_kind_of_message_that_is_sent_has_its_sentence() {
        let sentences = read().unwrap();
        let mut found = Vec::new();
        kinds(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        found.retain(|kind| kind.contains('.'));
        assert!(found.len() >= 8, "{found:?}");
        for kind in found {
            assert!(sentences.contains_key(&kind), "{kind} has no sentence");
        }
    }
}
