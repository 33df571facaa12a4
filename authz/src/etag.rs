//! The tag of a view: what two people who edit the same thing compare.

use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The tags named by an `If-Match` header.
#[derive(Debug, Clone)]
pub struct IfMatch(Vec<String>);

impl IfMatch {
    /// Reads the header. `*` names no view in particular, so it matches nothing.
    #[must_use]
    pub fn parse(header: &str) -> Self {
        Self(header.split(',').map(|tag| tag.trim().to_owned()).collect())
    }

    pub(crate) fn matches(&self, tag: &str) -> bool {
        self.0.iter().any(|seen| seen == tag)
    }
}

/// The strong tag of a view, quoted, and the view's JSON that it was made from.
///
/// # Errors
/// When the view cannot be serialised.
pub fn of<V: Serialize>(view: &V) -> serde_json::Result<(String, Vec<u8>)> {
    let body = serde_json::to_vec(view)?;
    let digest = Sha256::digest(&body);
    let head = digest.get(..16).unwrap_or(&[]);
    Ok((format!("\"{}\"", BASE64URL_NOPAD.encode(head)), body))
}
