//! Opaque tokens — refresh, browser session, invitation, reset: thirty-two random bytes, of which only a
//! hash is stored.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

/// A token at the one moment it can be read.
pub struct OneTime {
    text: String,
    hash: Vec<u8>,
}

impl std::fmt::Debug for OneTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OneTime(•••)")
    }
}

impl OneTime {
    /// Makes a token with a prefix that says what it is for.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn new(prefix: &str) -> Result<Self, getrandom::Error> {
        let mut random = [0u8; 32];
        getrandom::fill(&mut random)?;
        let text = format!("{prefix}{}", BASE64URL_NOPAD.encode(&random));
        let hash = hash_of(&text);
        Ok(Self { text, hash })
    }

    /// What is stored.
    #[must_use]
    pub fn hash(&self) -> &[u8] {
        &self.hash
    }

    /// What the holder is given, once.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }
}

/// The hash under which a token is looked up.
#[must_use]
pub fn hash_of(token: &str) -> Vec<u8> {
    hash_of_bytes(token.as_bytes())
}

/// The hash under which an identifier in bytes is looked up.
#[must_use]
pub fn hash_of_bytes(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}
