//! Browsers seen in the last minute: whose they are, so that not every page asks the database again.
//!
//! INVARIANT: nothing here lets anybody read anything. A session that was ended or locked is refused by the desk
//! in the very transaction that reads; what is kept here only says in whose name to ask.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
};

use authz::{accounts::Profile, standing::Actor};
use chrono::{DateTime, Duration, Utc};
use lru::LruCache;
use sha2::{Digest, Sha256};

/// As many browsers as one process is likely to serve within a minute.
const MANY: NonZeroUsize = NonZeroUsize::MIN.saturating_add(8_191);
/// For how long somebody need not be looked up again.
const FRESH_SECONDS: i64 = 60;

/// Somebody at a browser.
#[derive(Clone)]
pub struct Known {
    /// In whose name.
    pub actor: Actor,
    /// Name, agency and roles, for the frame of the pages.
    pub profile: Arc<Profile>,
    seen_at: DateTime<Utc>,
}

/// The browsers of a process.
#[derive(Clone)]
pub struct Visitors(Arc<Mutex<LruCache<[u8; 32], Known>>>);

impl Default for Visitors {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(LruCache::new(MANY))))
    }
}

fn key(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

impl Visitors {
    /// Who holds this token, if seen within the minute.
    #[must_use]
    pub fn known(&self, token: &str, now: DateTime<Utc>) -> Option<Known> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&key(token)).filter(|known| now - known.seen_at < Duration::seconds(FRESH_SECONDS)).cloned()
    }

    /// Notes who holds this token.
    pub fn note(&self, token: &str, actor: Actor, profile: Profile, now: DateTime<Utc>) -> Known {
        let found = Known { actor, profile: Arc::new(profile), seen_at: now };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.put(key(token), found.clone());
        found
    }

    /// Forgets a token: it was locked, ended, or what it stands for changed.
    pub fn forget(&self, token: &str) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.pop(&key(token));
    }
}
