//! How much one session or one address may ask. Real time, always: a frozen demo clock does not count.

use std::{net::IpAddr, num::NonZeroU32, time::Duration};

use authz::{id::SessionId, standing::Actor};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    state::keyed::DefaultKeyedStateStore,
};

use crate::problem::{Problem, ProblemKind};

type Limiter<K> = RateLimiter<K, DefaultKeyedStateStore<K>, DefaultClock>;

/// The limits of one worker.
pub struct Limits {
    sessions: Limiter<SessionId>,
    addresses: Limiter<IpAddr>,
}

const fn per_second(count: u32) -> Quota {
    match NonZeroU32::new(count) {
        Some(count) => Quota::per_second(count),
        None => Quota::per_second(NonZeroU32::MIN),
    }
}

impl Limits {
    pub(super) fn new(demo: bool) -> Self {
        // A worker's day is a few requests a second; a demonstration is measured and tested.
        let (session, address) = if demo { (100_000, 10_000) } else { (50, 5) };
        Self {
            sessions: RateLimiter::keyed(per_second(session)),
            addresses: RateLimiter::keyed(per_second(address)),
        }
    }

    pub(super) fn session(&self, actor: Actor) -> Result<(), Problem> {
        check(&self.sessions, &actor.session())
    }

    pub(super) fn address(&self, address: Option<IpAddr>) -> Result<(), Problem> {
        address.map_or(Ok(()), |address| check(&self.addresses, &address))
    }
}

fn check<K: std::hash::Hash + Eq + Clone>(limiter: &Limiter<K>, key: &K) -> Result<(), Problem> {
    limiter.check_key(key).map_err(|refused| {
        let wait: Duration = refused.wait_time_from(DefaultClock::default().now());
        let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1);
        Problem { retry_after: Some(seconds), ..Problem::new(ProblemKind::TooManyRequests) }
    })
}
