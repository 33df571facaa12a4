//! The keys that sign access tokens. A new one is there for some seconds before it signs, so that every
//! process knows it by then; the one before is believed until the last token it signed has expired.

use chrono::{DateTime, Utc};
use zeroize::Zeroizing;

use super::{DirectoryKeystore, KeyError, directory, storage};

/// The first one's name; those after it also carry the second from which they sign.
const NAME: &str = "access-token";
/// How many seconds a new key is there before it signs.
const AHEAD: i64 = 5;
/// For how many seconds a key is believed once its successor signs: a token's five minutes, and clocks that
/// differ.
pub(crate) const OUTLIVES: i64 = 310;

/// A signing key.
#[derive(PartialEq, Eq)]
pub struct SigningSeed {
    /// The second from which it signs, in real time.
    pub signs_from: i64,
    /// What it is made from.
    pub seed: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for SigningSeed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningSeed(from {}, •••)", self.signs_from)
    }
}

fn name_of(signs_from: i64) -> String {
    if signs_from == 0 { NAME.to_owned() } else { format!("{NAME}-{signs_from}") }
}

impl DirectoryKeystore {
    /// From when each signs, in order; none before the first was asked for.
    fn signing_moments(&self) -> Result<Vec<i64>, KeyError> {
        let mut moments = Vec::new();
        for path in storage::files(&self.root.join("secrets"), "key")? {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).ok_or(KeyError::Corrupt)?;
            match stem.strip_prefix(NAME) {
                None => {}
                Some("") => moments.push(0),
                Some(rest) => {
                    let moment = rest.strip_prefix('-').and_then(|moment| moment.parse().ok());
                    moments.push(moment.filter(|moment| *moment > 0).ok_or(KeyError::Corrupt)?);
                }
            }
        }
        moments.sort_unstable();
        Ok(moments)
    }

    pub(super) fn read_signing(&self) -> Result<Vec<SigningSeed>, KeyError> {
        let mut found = Vec::new();
        for signs_from in self.signing_moments()? {
            let name = name_of(signs_from);
            match self.read(&self.secret_path(&name), &name) {
                Ok(seed) => found.push(SigningSeed { signs_from, seed }),
                // Destroyed since the names were read: nobody believes it any more.
                Err(KeyError::Gone) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }

    pub(super) fn make_first_signing(&self) -> Result<(), KeyError> {
        let _lock = self.lock()?;
        if self.signing_moments()?.is_empty() { self.write_signing(0) } else { Ok(()) }
    }

    /// Only for who holds the lock.
    fn write_signing(&self, signs_from: i64) -> Result<(), KeyError> {
        let name = name_of(signs_from);
        let (version, wrapping) = self.newest()?;
        let wrapped = directory::wrap(version, &wrapping, &name, &*directory::random()?)?;
        storage::write(&self.secret_path(&name), &wrapped)
    }

    pub(super) fn make_signing(
        &self,
        now: DateTime<Utc>,
        compromised: bool,
    ) -> Result<DateTime<Utc>, KeyError> {
        let _lock = self.lock()?;
        let earlier = self.signing_moments()?;
        let wanted = if compromised { now.timestamp() } else { now.timestamp().saturating_add(AHEAD) };
        let signs_from = earlier.last().map_or(wanted, |last| wanted.max(last.saturating_add(1)));
        self.write_signing(signs_from)?;
        // The new one first: stopped here, a next rotation destroys what this one did not.
        for moment in earlier.into_iter().filter(|_| compromised) {
            storage::destroy(&self.secret_path(&name_of(moment)))?;
        }
        DateTime::from_timestamp(signs_from, 0).ok_or(KeyError::Corrupt)
    }

    pub(super) fn destroy_signing(&self, now: DateTime<Utc>) -> Result<(), KeyError> {
        let over = |moments: &[i64]| -> Vec<i64> {
            let pairs = moments.iter().zip(moments.iter().skip(1));
            pairs
                .filter(|(_, next)| **next <= now.timestamp() - OUTLIVES)
                .map(|(moment, _)| *moment)
                .collect()
        };
        if over(&self.signing_moments()?).is_empty() {
            return Ok(());
        }
        let _lock = self.lock()?;
        over(&self.signing_moments()?)
            .into_iter()
            .try_for_each(|moment| storage::destroy(&self.secret_path(&name_of(moment))))
    }
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        reason = "a test may stop at the first surprise"
    )]
    use chrono::TimeDelta;

    use super::*;
    use crate::keys::Keystore;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap() + TimeDelta::seconds(seconds)
    }

    fn store(dir: &tempfile::TempDir) -> DirectoryKeystore {
        DirectoryKeystore::open_or_create(&dir.path().join("keys")).unwrap()
    }

    #[test]
    fn the_first_signs_from_the_beginning_and_is_the_one_an_installation_already_has() {
        let dir = tempfile::tempdir().unwrap();
        let had = store(&dir).secret(NAME).unwrap();
        assert_eq!(store(&dir).signing().unwrap(), [SigningSeed { signs_from: 0, seed: had }]);
    }

    #[test]
    fn a_new_one_signs_some_seconds_later_and_the_one_before_goes_when_its_tokens_have_expired() {
        let dir = tempfile::tempdir().unwrap();
        let first = store(&dir).signing().unwrap().pop().unwrap();
        assert_eq!(store(&dir).rotate_signing(at(0), false).unwrap(), at(AHEAD));
        for seconds in [0, AHEAD, AHEAD + OUTLIVES - 1] {
            store(&dir).destroy_old_signing(at(seconds)).unwrap();
            assert_eq!(store(&dir).signing().unwrap()[0], first, "after {seconds} seconds");
        }
        store(&dir).destroy_old_signing(at(AHEAD + OUTLIVES)).unwrap();
        let left = store(&dir).signing().unwrap();
        assert!(left.len() == 1 && left[0].seed != first.seed);
        assert!(!dir.path().join("keys/secrets/access-token.key").exists());
        store(&dir).destroy_old_signing(at(1_000_000)).unwrap();
        assert_eq!(store(&dir).signing().unwrap(), left, "the last one is never destroyed");
    }

    #[test]
    fn rotated_twice_within_a_second_each_has_its_turn() {
        let dir = tempfile::tempdir().unwrap();
        store(&dir).signing().unwrap();
        let turns = [(); 2].map(|()| store(&dir).rotate_signing(at(0), false).unwrap());
        assert_eq!(turns, [at(AHEAD), at(AHEAD + 1)]);
        assert_eq!(store(&dir).signing().unwrap().len(), 3);
    }

    #[test]
    fn of_a_compromised_one_nothing_is_left() {
        let dir = tempfile::tempdir().unwrap();
        store(&dir).signing().unwrap();
        store(&dir).rotate_signing(at(0), false).unwrap();
        store(&dir).rotate_signing(at(1), true).unwrap();
        let left = store(&dir).signing().unwrap();
        assert_eq!(left.len(), 1);
        assert_eq!(std::fs::read_dir(dir.path().join("keys/secrets")).unwrap().count(), 1);
    }

    #[test]
    fn wrapping_keys_change_under_them_and_they_stay() {
        let dir = tempfile::tempdir().unwrap();
        store(&dir).signing().unwrap();
        store(&dir).rotate_signing(at(0), false).unwrap();
        let (keys, before) = (store(&dir), store(&dir).signing().unwrap());
        store(&dir).rotate().unwrap();
        assert_eq!(keys.signing().unwrap(), before);
    }

    #[test]
    fn nothing_of_it_shows() {
        let seed = SigningSeed { signs_from: 7, seed: Zeroizing::new([201; 32]) };
        assert!(!format!("{seed:?}").contains("201"));
    }
}
