//! What one worker thread has of its own.

use actix_web::http::header::{self, HeaderMap};
use authz::{clock::real_now, desk::Desk, fault::Fault, standing::Actor};

use super::{Shared, limits::Limits};
use crate::problem::Problem;

/// One worker's desk and what it shares with the others.
pub struct Worker {
    /// Shared parts.
    pub shared: Shared,
    desk: Result<Desk, Fault>,
    limits: Limits,
}

impl Worker {
    pub(super) fn new(shared: Shared) -> Self {
        let desk = super::desk(&shared, shared.config.pool_size);
        let limits = Limits::new(shared.config.demo);
        Self { shared, desk, limits }
    }

    /// The desk.
    ///
    /// # Errors
    /// 503 when this worker could not set one up.
    pub fn desk(&self) -> Result<&Desk, Problem> {
        self.desk.as_ref().map_err(|_| Problem::unavailable())
    }

    /// Who sends this, if a token says so: a bearer token, or the browser's session.
    #[must_use]
    pub fn actor(&self, headers: &HeaderMap) -> Option<Actor> {
        let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        let (scheme, token) = value.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return None;
        }
        self.shared.verifier.verify(token.trim(), real_now())
    }

    /// Counts one request of a session.
    ///
    /// # Errors
    /// 429 when there are too many.
    pub fn limit(&self, actor: Actor) -> Result<(), Problem> {
        self.limits.session(actor)
    }

    /// Counts one attempt to sign in from an address.
    ///
    /// # Errors
    /// 429 when there are too many.
    pub fn limit_address(&self, address: Option<std::net::IpAddr>) -> Result<(), Problem> {
        self.limits.address(address)
    }
}
