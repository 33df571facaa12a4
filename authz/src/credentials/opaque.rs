//! Tokens that mean nothing in themselves: 32 random bytes, of which only the SHA-256 is stored.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// What a token is for. Its prefix says so, so that one found in the wild is known for what it is and
/// one kind is never taken for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Renews an API client's session; serves once.
    Refresh,
    /// A browser's session.
    WebSession,
    /// An invitation to enrol; serves once.
    Invitation,
    /// Leave to set a new password; serves once.
    Reset,
}

impl TokenKind {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Refresh => "filet_r_",
            Self::WebSession => "filet_w_",
            Self::Invitation => "filet_i_",
            Self::Reset => "filet_p_",
        }
    }
}

/// There was no randomness to make a secret of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no randomness")]
pub struct NoRandomness;

/// A token just made, to be given once to its holder.
pub struct OpaqueToken(Zeroizing<String>);

impl OpaqueToken {
    /// Makes one.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn mint(kind: TokenKind) -> Result<Self, NoRandomness> {
        let mut random = Zeroizing::new([0u8; 32]);
        getrandom::fill(random.as_mut_slice()).map_err(|_| NoRandomness)?;
        let mut text = Zeroizing::new(String::with_capacity(64));
        text.push_str(kind.prefix());
        BASE64URL_NOPAD.encode_append(random.as_slice(), &mut text);
        Ok(Self(text))
    }

    /// What its holder is given.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash::of_text(&self.0)
    }
}

impl std::fmt::Debug for OpaqueToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OpaqueToken(•••)")
    }
}

/// The stored form of a token: its SHA-256, by which it is looked up.
#[derive(Clone, Copy)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// Reads what a client presents; none when it cannot be a token of this kind.
    #[must_use]
    pub fn of(kind: TokenKind, presented: &str) -> Option<Self> {
        let encoded = presented.strip_prefix(kind.prefix())?;
        let mut bytes = Zeroizing::new([0u8; 32]);
        // 43 characters are 32 bytes and two bits that must be nought.
        let whole = encoded.len() == 43
            && BASE64URL_NOPAD.decode_mut(encoded.as_bytes(), bytes.as_mut_slice()).is_ok();
        whole.then(|| Self::of_text(presented))
    }

    pub(super) const fn from_digest(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    fn of_text(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }

    /// The bytes, for a column.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl PartialEq for TokenHash {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for TokenHash {}

impl std::fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenHash(•••)")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    const KINDS: [TokenKind; 4] =
        [TokenKind::Refresh, TokenKind::WebSession, TokenKind::Invitation, TokenKind::Reset];

    #[test]
    fn a_token_is_known_again_by_its_hash_and_by_no_other_kind() {
        for kind in KINDS {
            let token = OpaqueToken::mint(kind).unwrap();
            assert_eq!(TokenHash::of(kind, token.reveal()), Some(token.hash()));
            for other in KINDS.into_iter().filter(|other| *other != kind) {
                assert_eq!(TokenHash::of(other, token.reveal()), None);
            }
        }
    }

    #[test]
    fn no_two_tokens_are_the_same() {
        let mint = || OpaqueToken::mint(TokenKind::Refresh).unwrap();
        assert_ne!(mint().reveal(), mint().reveal());
        assert_ne!(mint().hash(), mint().hash());
    }

    #[test]
    fn what_is_not_in_the_form_of_a_token_is_not_looked_up() {
        let token = OpaqueToken::mint(TokenKind::Refresh).unwrap();
        let text = token.reveal();
        for altered in [
            String::new(),
            "filet_r_".to_owned(),
            format!("{text}A"),
            format!("{text}="),
            format!(" {text}"),
            text.chars().take(text.len() - 1).collect(),
            text.replace("filet_r_", ""),
            format!("filet_r_{}", "é".repeat(21)),
            format!("filet_r_{}", "B".repeat(43)),
        ] {
            assert_eq!(TokenHash::of(TokenKind::Refresh, &altered), None, "{} characters", altered.len());
        }
    }

    #[test]
    fn nothing_of_it_is_printed() {
        let token = OpaqueToken::mint(TokenKind::Reset).unwrap();
        assert_eq!(format!("{token:?} {:?}", token.hash()), "OpaqueToken(•••) TokenHash(•••)");
    }
}
