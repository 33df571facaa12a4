//! Passwords: Argon2id, a few at a time, and the same work whether or not the account exists.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Most that may wait for a place; more are told to come back.
const WAITING: usize = 64;
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

fn argon2() -> Result<Argon2<'static>, PasswordError> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|_| PasswordError::Hash)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a password as a PHC string. Takes tens of milliseconds: never on a worker.
///
/// # Errors
/// When it cannot be hashed.
pub fn hash_password(password: &str) -> Result<String, PasswordError> {
    let plain: Zeroizing<String> = Zeroizing::new(password.nfc().collect());
    argon2()?.hash_password(plain.as_bytes()).map(|hash| hash.to_string()).map_err(|_| PasswordError::Hash)
}

fn matches(stored: &str, password: &str) -> bool {
    let plain: Zeroizing<String> = Zeroizing::new(password.nfc().collect());
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
        let (known, password) = (stored.is_some(), Zeroizing::new(password));
        let stored = stored.unwrap_or_else(|| self.nobody.to_string());
        self.in_place(move || known & matches(&stored, &password)).await
    }

    /// Hashes a password.
    ///
    /// # Errors
    /// When too many wait already, or it cannot be hashed.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        let password = Zeroizing::new(password);
        self.in_place(move || hash_password(&password)).await?
    }

    /// INVARIANT: the place goes with the work. Were it given back when the caller leaves, whoever hangs up
    /// and calls again would fill the memory, 19 MiB a time.
    async fn in_place<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        let waiting = Arc::clone(&self.waiting).try_acquire_owned().map_err(|_| PasswordError::Busy)?;
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| PasswordError::Busy)?;
        let working = tokio::task::spawn_blocking(move || {
            let done = work();
            drop((place, waiting));
            done
        });
        working.await.map_err(|_| PasswordError::Hash)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[tokio::test]
    async fn a_password_opens_its_own_hash_however_its_accents_are_typed() {
        let passwords = Passwords::new(1).unwrap();
        let hash = passwords.hash("caf\u{e9} du matin".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.verify(Some(hash.clone()), "cafe\u{301} du matin".into()).await.unwrap());
        assert!(!passwords.verify(Some(hash), "cafe du matin".into()).await.unwrap());
        assert!(!passwords.verify(None, "nobody has this password".into()).await.unwrap());
    }

    #[test]
    fn a_stored_hash_that_is_none_opens_for_nobody() {
        for stored in ["", "caf\u{e9} du matin", "$argon2id$v=19$m=19456,t=2,p=1$", "$2b$12$abc"] {
            assert!(!matches(stored, stored));
            assert!(!matches(stored, ""));
        }
    }

    #[test]
    fn an_unknown_account_costs_the_work_of_a_known_one() {
        let (nobody, known) =
            (Passwords::new(1).unwrap().nobody, hash_password("une lampe au grenier").unwrap());
        let (nobody, known) = (PasswordHash::new(&nobody).unwrap(), PasswordHash::new(&known).unwrap());
        assert_eq!((nobody.algorithm, nobody.version), (known.algorithm, known.version));
        assert_eq!(nobody.params, known.params);
    }

    #[tokio::test]
    async fn a_caller_who_leaves_keeps_the_place_until_the_work_is_done() {
        let passwords = Passwords::new(1).unwrap();
        let (finish, finished) = std::sync::mpsc::channel::<()>();
        let mut leaving = Box::pin(passwords.in_place(move || finished.recv()));
        assert!(futures_util::poll!(&mut leaving).is_pending());
        drop(leaving);
        assert_eq!(passwords.places.available_permits(), 0);
        finish.send(()).unwrap();
        assert!(passwords.places.acquire().await.is_ok());
    }

    #[tokio::test]
    async fn past_the_queue_callers_are_told_to_come_back() {
        let passwords = Passwords::new(1).unwrap();
        let _queue = passwords.waiting.acquire_many(u32::try_from(WAITING).unwrap()).await.unwrap();
        let answer = passwords.verify(None, "une lampe au grenier".into()).await;
        assert_eq!(answer, Err(PasswordError::Busy));
    }
}
