//! Passwords: Argon2id, a few at a time, and the same work whether or not the account exists.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// Most that may wait for a place; more are told to come back.
const WAITING: usize = 64;
/// Shortest and longest accepted, in characters. No composition rule, no periodic change
/// (NIST SP 800-63B-4).
const SHORTEST: usize = 12;
const LONGEST: usize = 256;

/// A password could not be hashed or compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Too many at once.
    #[error("too many password checks at once")]
    Busy,
    /// The hash could not be made.
    #[error("the password could not be hashed")]
    Hash,
}

/// Why a password is refused when it is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    /// Under twelve characters.
    Short,
    /// Over 256 characters.
    Long,
    /// On everybody's list, or the person's own address.
    Guessable,
}

/// What everybody tries first, long enough to pass the length rule.
const COMMON: &[&str] = &[
    "123456789012",
    "1234567890123",
    "12345678901234",
    "motdepasse123",
    "motdepasse1234",
    "motdepassemotdepasse",
    "password1234",
    "passwordpassword",
    "administrateur",
    "administrator1",
    "qwertyuiop123",
    "azertyuiop123",
    "qwertyuiopasdfgh",
    "azertyuiopqsdfgh",
    "bienvenue2026",
    "bienvenue1234",
    "welcome12345",
    "letmeinletmein",
    "iloveyou1234",
    "jetaimejetaime",
    "changemechangeme",
    "changezmoi1234",
    "aaaaaaaaaaaa",
    "000000000000",
    "111111111111",
    "abcdefghijkl",
    "abcd1234abcd",
    "filet-de-securite",
    "filetdesecurite",
];

/// What is weak about a chosen password, if anything.
#[must_use]
pub fn weakness_of(password: &str, email: &str) -> Option<Weakness> {
    let plain: String = password.nfc().collect();
    let length = plain.chars().count();
    let folded = plain.to_lowercase();
    let local = email.split('@').next().unwrap_or_default().to_lowercase();
    if length < SHORTEST {
        Some(Weakness::Short)
    } else if length > LONGEST {
        Some(Weakness::Long)
    } else if COMMON.contains(&folded.as_str()) || folded == email.to_lowercase() || folded == local {
        Some(Weakness::Guessable)
    } else {
        None
    }
}

fn argon2() -> Result<Argon2<'static>, PasswordError> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|_| PasswordError::Hash)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a password as a PHC string. Takes tens of milliseconds: never on a worker.
///
/// # Errors
/// When it cannot be hashed.
pub fn hash_password(password: &str) -> Result<String, PasswordError> {
    let plain: String = password.nfc().collect();
    argon2()?.hash_password(plain.as_bytes()).map(|hash| hash.to_string()).map_err(|_| PasswordError::Hash)
}

fn matches(stored: &str, password: &str) -> bool {
    let plain: String = password.nfc().collect();
    let Ok(argon2) = argon2() else { return false };
    PasswordHash::new(stored).is_ok_and(|hash| argon2.verify_password(plain.as_bytes(), &hash).is_ok())
}

/// A few places where passwords are hashed and compared.
#[derive(Clone)]
pub struct Passwords {
    places: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    nobody: Arc<str>,
}

impl Passwords {
    /// Makes `places` of them.
    ///
    /// # Errors
    /// When not even nobody's password can be hashed.
    pub fn new(places: usize) -> Result<Self, PasswordError> {
        Ok(Self {
            places: Arc::new(Semaphore::new(places)),
            waiting: Arc::new(Semaphore::new(WAITING)),
            nobody: hash_password("nobody has this password")?.into(),
        })
    }

    /// Compares a password with a stored hash. Without one the same work is done, and the answer is no.
    ///
    /// # Errors
    /// When too many wait already.
    pub async fn verify(&self, stored: Option<String>, password: String) -> Result<bool, PasswordError> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.nobody.to_string());
        self.in_place(move || known & matches(&stored, &password)).await
    }

    /// Hashes a password.
    ///
    /// # Errors
    /// When too many wait already, or it cannot be hashed.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        self.in_place(move || hash_password(&password)).await?
    }

    async fn in_place<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        let _waiting = self.waiting.try_acquire().map_err(|_| PasswordError::Busy)?;
        let _place = self.places.acquire().await.map_err(|_| PasswordError::Busy)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| PasswordError::Hash)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn short_long_common_and_own_address_are_refused() {
        assert_eq!(weakness_of("onze lettre", "a@b.example"), Some(Weakness::Short));
        assert_eq!(weakness_of(&"é".repeat(257), "a@b.example"), Some(Weakness::Long));
        assert_eq!(weakness_of("MotDePasse1234", "a@b.example"), Some(Weakness::Guessable));
        assert_eq!(
            weakness_of("amina.haddad@maison.example", "Amina.Haddad@maison.example"),
            Some(Weakness::Guessable)
        );
        assert_eq!(weakness_of("trois chats sur le toit", "a@b.example"), None);
    }

    #[tokio::test]
    async fn a_password_opens_its_own_hash_however_its_accents_are_typed() {
        let passwords = Passwords::new(1).unwrap();
        let hash = passwords.hash("caf\u{e9} du matin".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.verify(Some(hash.clone()), "cafe\u{301} du matin".into()).await.unwrap());
        assert!(!passwords.verify(Some(hash), "cafe du matin".into()).await.unwrap());
        assert!(!passwords.verify(None, "nobody has this password".into()).await.unwrap());
    }
}
