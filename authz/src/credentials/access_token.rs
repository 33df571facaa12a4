//! Access tokens: JWT of five minutes, `EdDSA` only, every claim required. A verified token is kept by its
//! hash until it expires or its key is dropped; whether its session still counts is asked of the database at
//! each request.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use lru::LruCache;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    id::{SessionId, UserId},
    keys::{Keystore, OUTLIVES, SigningSeed},
    standing::Actor,
};

/// How long an access token serves, in seconds.
pub const ACCESS_SECONDS: i64 = 300;
/// How far two clocks may differ, in seconds.
const LEEWAY: i64 = 5;
const AUDIENCE: &str = "filet-api";
const TYPE: &str = "at+jwt";
const KEPT: usize = 10_000;
/// Ours are under 600 bytes; what is longer is not worth a hash.
const MOST_BYTES: usize = 2_048;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    sub: Uuid,
    sid: Uuid,
    jti: Uuid,
    iat: i64,
    nbf: i64,
    exp: i64,
}

/// A token could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the access-token key cannot be used")]
pub struct TokenError;

/// Makes access tokens.
#[derive(Clone)]
pub struct TokenIssuer(Arc<Tokens>);

/// Reads access tokens.
#[derive(Clone)]
pub struct TokenVerifier(Arc<Tokens>);

/// What making and reading share: the keystore is looked at once a second, so a key made by command serves
/// without a restart.
struct Tokens {
    keys: Arc<dyn Keystore>,
    issuer: String,
    validation: Validation,
    held: Mutex<Held>,
}

struct Held {
    looked: i64,
    ring: Arc<Ring>,
    kept: LruCache<[u8; 32], Known>,
}

/// The signing keys of this moment, in the order in which they sign.
struct Ring {
    found: Vec<SigningSeed>,
    keys: Vec<RingKey>,
}

struct RingKey {
    kid: String,
    signs: EncodingKey,
    reads: DecodingKey,
    from: i64,
    /// When the next one signs.
    until: Option<i64>,
}

impl Ring {
    fn of(found: Vec<SigningSeed>) -> Result<Self, TokenError> {
        let mut keys = Vec::with_capacity(found.len());
        for (place, SigningSeed { signs_from, seed }) in found.iter().enumerate() {
            let signing = SigningKey::from_bytes(seed);
            let der = signing.to_pkcs8_der().map_err(|_| TokenError)?;
            let public = signing.verifying_key().to_bytes();
            let digest = Sha256::digest(public);
            keys.push(RingKey {
                kid: HEXLOWER.encode(digest.get(..8).unwrap_or(&[])),
                signs: EncodingKey::from_ed_der(der.as_bytes()),
                reads: DecodingKey::from_ed_components(&BASE64URL_NOPAD.encode(&public))
                    .map_err(|_| TokenError)?,
                from: *signs_from,
                until: found.get(place + 1).map(|next| next.signs_from),
            });
        }
        Ok(Self { found, keys })
    }

    /// Whose turn it is to sign.
    fn signer(&self, now: i64) -> Option<&RingKey> {
        self.keys.iter().rev().find(|key| key.from <= now).or_else(|| self.keys.first())
    }

    /// The key of this name, while something it signed may be believed.
    fn reader(&self, kid: &str, now: i64) -> Option<&RingKey> {
        let key = self.keys.iter().find(|key| key.kid == kid)?;
        key.until.is_none_or(|until| now < until.saturating_add(OUTLIVES)).then_some(key)
    }
}

impl Tokens {
    fn held(&self, now: i64) -> MutexGuard<'_, Held> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.looked != now {
            held.looked = now;
            match self.keys.signing().map_err(|_| TokenError) {
                Ok(found) if found == held.ring.found => {}
                found => match found.and_then(Ring::of) {
                    Ok(ring) => {
                        held.ring = Arc::new(ring);
                        // What a key signed that was dropped is not remembered either.
                        held.kept.clear();
                    }
                    // The keys read last go on for as long as they would have.
                    Err(TokenError) => tracing::error!("the access-token keys cannot be looked at"),
                },
            }
        }
        held
    }
}

impl TokenIssuer {
    /// Takes the installation's keys and the name it issues under.
    ///
    /// # Errors
    /// When there is no usable key.
    pub fn new(keys: Arc<dyn Keystore>, issuer: &str) -> Result<Self, TokenError> {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[issuer]);
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        // Times are judged by us against the moment we are given.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        let ring = Arc::new(Ring::of(keys.signing().map_err(|_| TokenError)?)?);
        let kept = LruCache::new(NonZeroUsize::new(KEPT).ok_or(TokenError)?);
        let held = Mutex::new(Held { looked: 0, ring, kept });
        Ok(Self(Arc::new(Tokens { keys, issuer: issuer.to_owned(), validation, held })))
    }

    /// Makes a token for a session; `now` is real time.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn issue(&self, user: UserId, session: SessionId, now: DateTime<Utc>) -> Result<String, TokenError> {
        let jti = crate::id::fresh(now).map_err(|_| TokenError)?;
        let now = now.timestamp();
        let claims = Claims {
            iss: self.0.issuer.clone(),
            aud: AUDIENCE.into(),
            sub: user.uuid(),
            sid: session.uuid(),
            jti: crate::id::RequestId::from(jti).uuid(),
            iat: now,
            nbf: now,
            exp: now + ACCESS_SECONDS,
        };
        let ring = Arc::clone(&self.0.held(now).ring);
        let key = ring.signer(now).ok_or(TokenError)?;
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(key.kid.clone());
        header.typ = Some(TYPE.into());
        encode(&header, &claims, &key.signs).map_err(|_| TokenError)
    }

    /// Who reads these tokens.
    #[must_use]
    pub fn verifier(&self) -> TokenVerifier {
        TokenVerifier(Arc::clone(&self.0))
    }
}

/// What a believed token said.
#[derive(Clone, Copy)]
struct Known {
    actor: Actor,
    not_before: i64,
    expires: i64,
}

impl Known {
    /// The actor, when this is the token's time.
    fn at(self, now: i64) -> Option<Actor> {
        let in_time =
            now >= self.not_before.saturating_sub(LEEWAY) && now < self.expires.saturating_add(LEEWAY);
        in_time.then_some(self.actor)
    }
}

impl TokenVerifier {
    /// Who speaks, if the token is ours and of this moment.
    #[must_use]
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Option<Actor> {
        if token.len() > MOST_BYTES {
            return None;
        }
        let now = now.timestamp();
        let hash: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        let mut held = self.0.held(now);
        if let Some(known) = held.kept.get(&hash).copied() {
            return known.at(now);
        }
        let ring = Arc::clone(&held.ring);
        drop(held);
        let known = self.read(token, &ring, now)?;
        let actor = known.at(now)?;
        let mut held = self.0.held(now);
        // INVARIANT: only what the keys of this moment signed is remembered.
        if Arc::ptr_eq(&held.ring, &ring) {
            held.kept.put(hash, known);
        }
        Some(actor)
    }

    fn read(&self, token: &str, ring: &Ring, now: i64) -> Option<Known> {
        let header = decode_header(token).ok()?;
        if header.typ.as_deref() != Some(TYPE) {
            return None;
        }
        let key = ring.reader(header.kid.as_deref()?, now)?;
        let claims = decode::<Claims>(token, &key.reads, &self.0.validation).ok()?.claims;
        let lifetime = claims.exp.saturating_sub(claims.iat);
        if !(1..=ACCESS_SECONDS).contains(&lifetime) || claims.nbf < claims.iat {
            return None;
        }
        // Nobody signs with a key whose turn is over.
        if key.until.is_some_and(|until| claims.iat >= until.saturating_add(LEEWAY)) {
            return None;
        }
        let actor = Actor { user: UserId::from_uuid(claims.sub), session: SessionId::from_uuid(claims.sid) };
        Some(Known { actor, not_before: claims.nbf, expires: claims.exp })
    }
}

#[cfg(test)]
mod tests;
