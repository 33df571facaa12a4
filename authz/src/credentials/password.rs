//! Passwords: Argon2id, a few at a time, and the same work whether or not the account exists.

use std::{sync::Arc, time::Duration};

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// 19 MiB, two passes, one lane: OWASP's floor for Argon2id, 29 ms here.
const MEMORY_KIB: u32 = 19 * 1_024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// What no accepted password reaches; more is not worth hashing.
const MOST_BYTES: usize = 2_048;
/// How long a sign-in may wait for its turn before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(5);
/// A hash of nothing anybody knows: verified for unknown accounts, so that they cost what known ones do.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdA$\
                      Tm8gcGFzc3dvcmQgaGFzaGVzIHRvIHRoZXNlIGJ5dGU";

/// Why a password could not be hashed or checked. Carries no content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Too many sign-ins at once.
    #[error("too many passwords at once")]
    Busy,
    /// The password is longer than any that may be set.
    #[error("password too long")]
    Long,
    /// The stored hash is not one of ours.
    #[error("stored password hash unreadable")]
    Stored,
    /// There was no memory or no randomness for it.
    #[error("password hashing failed")]
    Failed,
}

/// Hashes and checks passwords off the workers' threads, a bounded number at a time: each takes 19 MiB.
#[derive(Debug, Clone)]
pub struct Passwords(Arc<Semaphore>);

impl Passwords {
    /// At most `permits` passwords at once.
    #[must_use]
    pub fn new(permits: usize) -> Self {
        Self(Arc::new(Semaphore::new(permits)))
    }

    /// Hashes a password for storage, as a PHC string.
    ///
    /// # Errors
    /// When it is too long, the machine too busy, or without memory or randomness.
    pub async fn hash(&self, password: &str) -> Result<String, PasswordError> {
        let password = Zeroizing::new(password.to_owned());
        self.apart(move || hash_password(&password)).await
    }

    /// Is this the account's password? For an unknown account, or one without a password, `stored` is
    /// none; the work is the same and the answer no.
    ///
    /// # Errors
    /// When the machine is too busy or the stored hash is unreadable.
    pub async fn verify(&self, stored: Option<&str>, given: &str) -> Result<bool, PasswordError> {
        let stored = stored.map(str::to_owned);
        let given = Zeroizing::new(given.to_owned());
        self.apart(move || verify_password(stored.as_deref(), &given)).await
    }

    /// The permit goes along, so that a caller who leaves does not make room while the work goes on.
    async fn apart<T, F>(&self, work: F) -> Result<T, PasswordError>
    where
        F: FnOnce() -> Result<T, PasswordError> + Send + 'static,
        T: Send + 'static,
    {
        let permit = self.permit().await?;
        let working = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(permit);
            result
        });
        working.await.map_err(|_| PasswordError::Failed)?
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, PasswordError> {
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.0).acquire_owned());
        turn.await.ok().and_then(Result::ok).ok_or(PasswordError::Busy)
    }
}

/// Hashes a password here and now: for commands, which have no workers to spare.
///
/// # Errors
/// When it is too long, or there is no memory or randomness.
pub fn hash_password(password: &str) -> Result<String, PasswordError> {
    let typed = composed(password).ok_or(PasswordError::Long)?;
    let hash = hasher()?.hash_password(typed.as_bytes()).map_err(|_| PasswordError::Failed)?;
    Ok(hash.to_string())
}

fn verify_password(stored: Option<&str>, given: &str) -> Result<bool, PasswordError> {
    let hash = stored.map(PasswordHash::new).and_then(Result::ok);
    let nobody = PasswordHash::new(NOBODY).map_err(|_| PasswordError::Failed)?;
    let typed = composed(given);
    let empty = Zeroizing::new(String::new());
    let same = hasher()?
        .verify_password(typed.as_ref().unwrap_or(&empty).as_bytes(), hash.as_ref().unwrap_or(&nobody))
        .is_ok();
    if stored.is_some() && hash.is_none() {
        return Err(PasswordError::Stored);
    }
    // INVARIANT: yes needs a stored hash and a whole password, whatever the dummy says.
    Ok(same && hash.is_some() && typed.is_some())
}

fn hasher() -> Result<Argon2<'static>, PasswordError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_| PasswordError::Failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// One spelling of each letter: some keyboards write « é » as one character, some as two.
fn composed(password: &str) -> Option<Zeroizing<String>> {
    (password.len() <= MOST_BYTES).then(|| Zeroizing::new(password.nfc().collect()))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[tokio::test]
    async fn the_password_that_was_set_opens_and_another_does_not() {
        let passwords = Passwords::new(1);
        let stored = passwords.hash("une lampe au grenier").await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert_eq!(passwords.verify(Some(&stored), "une lampe au grenier").await, Ok(true));
        assert_eq!(passwords.verify(Some(&stored), "une lampe au greniers").await, Ok(false));
        assert_eq!(passwords.verify(Some(&stored), "").await, Ok(false));
    }

    #[test]
    fn two_hashes_of_one_password_differ() {
        assert_ne!(hash_password("une lampe au grenier"), hash_password("une lampe au grenier"));
    }

    #[test]
    fn an_accent_typed_as_one_character_or_two_is_the_same_password() {
        let stored = hash_password("caf\u{e9} noisette 12").unwrap();
        assert_eq!(verify_password(Some(&stored), "cafe\u{301} noisette 12"), Ok(true));
    }

    #[test]
    fn an_unknown_account_costs_the_same_work_and_never_opens() {
        let (nobody, real) =
            (PasswordHash::new(NOBODY).unwrap(), hash_password("une lampe au grenier").unwrap());
        let real = PasswordHash::new(&real).unwrap();
        assert_eq!(nobody.algorithm, real.algorithm);
        assert_eq!(nobody.version, real.version);
        assert_eq!(nobody.params, real.params);
        assert_eq!(nobody.hash.unwrap().len(), real.hash.unwrap().len());
        assert_eq!(verify_password(None, "une lampe au grenier"), Ok(false));
        assert_eq!(verify_password(None, ""), Ok(false));
    }

    #[test]
    fn a_stored_hash_of_another_making_is_an_error_and_not_a_yes() {
        assert_eq!(verify_password(Some("plain text"), "plain text"), Err(PasswordError::Stored));
        assert_eq!(verify_password(Some(""), ""), Err(PasswordError::Stored));
    }

    #[tokio::test]
    async fn a_password_too_long_is_never_hashed_whole_nor_cut_to_fit() {
        let passwords = Passwords::new(1);
        let long = "x".repeat(MOST_BYTES);
        let stored = passwords.hash(&long).await.unwrap();
        let longer = format!("{long}x");
        assert_eq!(passwords.verify(Some(&stored), &longer).await, Ok(false));
        assert_eq!(passwords.hash(&longer).await, Err(PasswordError::Long));
    }

    #[tokio::test]
    async fn no_more_passwords_at_once_than_permitted() {
        let passwords = Passwords::new(1);
        let held = passwords.permit().await.unwrap();
        let mut waiting = Box::pin(passwords.hash("une lampe au grenier"));
        assert!(futures_util::poll!(&mut waiting).is_pending());
        assert_eq!(passwords.0.available_permits(), 0);
        drop(held);
        assert!(waiting.await.is_ok());
        assert_eq!(passwords.0.available_permits(), 1);
    }
}
