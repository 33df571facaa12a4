//! Who asks, why, and in which request.

use crate::{id::RequestId, standing::Actor, vocabulary::Purpose};

/// A key under which a repeated creation changes nothing, with the hash of the request it came with.
#[derive(Debug, Clone)]
pub struct IdempotencyKey {
    pub(crate) key: String,
    pub(crate) request_hash: [u8; 32],
}

impl IdempotencyKey {
    /// Longest accepted key.
    pub const MAX: usize = 200;

    /// Binds a client's key to the hash of method, path and body.
    #[must_use]
    pub const fn new(key: String, request_hash: [u8; 32]) -> Self {
        Self { key, request_hash }
    }
}

/// The caller of one unit.
#[derive(Debug, Clone)]
pub struct Caller {
    pub(crate) actor: Option<Actor>,
    pub(crate) purpose: Option<Purpose>,
    pub(crate) request: RequestId,
    pub(crate) idempotency: Option<IdempotencyKey>,
}

impl Caller {
    /// Somebody signed in.
    #[must_use]
    pub const fn signed_in(actor: Actor, purpose: Option<Purpose>, request: RequestId) -> Self {
        Self { actor: Some(actor), purpose, request, idempotency: None }
    }

    /// Nobody yet: signing in, enrolling.
    #[must_use]
    pub const fn nobody(request: RequestId) -> Self {
        Self { actor: None, purpose: None, request, idempotency: None }
    }

    /// With a key that makes a repetition harmless.
    #[must_use]
    pub fn with_idempotency(mut self, key: Option<IdempotencyKey>) -> Self {
        self.idempotency = key;
        self
    }
}
