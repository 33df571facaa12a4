//! Access tokens: JWT of five minutes, `EdDSA` only, every claim required. A verified token is kept by its
//! hash until it expires; whether its session still counts is asked of the database at each request.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
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
pub struct TokenIssuer(Arc<Issuing>);

struct Issuing {
    key: EncodingKey,
    kid: String,
    public: String,
    issuer: String,
}

impl TokenIssuer {
    /// Takes the installation's seed and the name it issues under.
    ///
    /// # Errors
    /// When the seed makes no key.
    pub fn new(seed: &[u8; 32], issuer: &str) -> Result<Self, TokenError> {
        let signing = SigningKey::from_bytes(seed);
        let der = signing.to_pkcs8_der().map_err(|_| TokenError)?;
        let public = signing.verifying_key().to_bytes();
        let digest = Sha256::digest(public);
        Ok(Self(Arc::new(Issuing {
            key: EncodingKey::from_ed_der(der.as_bytes()),
            kid: HEXLOWER.encode(digest.get(..8).unwrap_or(&[])),
            public: BASE64URL_NOPAD.encode(&public),
            issuer: issuer.to_owned(),
        })))
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
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(self.0.kid.clone());
        header.typ = Some(TYPE.into());
        encode(&header, &claims, &self.0.key).map_err(|_| TokenError)
    }

    /// Who reads these tokens.
    ///
    /// # Errors
    /// When the key cannot be read back.
    pub fn verifier(&self) -> Result<TokenVerifier, TokenError> {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[&self.0.issuer]);
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        // Times are judged by us against the moment we are given.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        let kept = NonZeroUsize::new(KEPT).ok_or(TokenError)?;
        Ok(TokenVerifier(Arc::new(Verifying {
            key: DecodingKey::from_ed_components(&self.0.public).map_err(|_| TokenError)?,
            kid: self.0.kid.clone(),
            validation,
            kept: Mutex::new(LruCache::new(kept)),
        })))
    }
}

/// Reads access tokens.
#[derive(Clone)]
pub struct TokenVerifier(Arc<Verifying>);

struct Verifying {
    key: DecodingKey,
    kid: String,
    validation: Validation,
    kept: Mutex<LruCache<[u8; 32], Known>>,
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
        let kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner).get(&hash).copied();
        if let Some(known) = kept {
            return known.at(now);
        }
        let known = self.read(token)?;
        let actor = known.at(now)?;
        self.0.kept.lock().unwrap_or_else(PoisonError::into_inner).put(hash, known);
        Some(actor)
    }

    fn read(&self, token: &str) -> Option<Known> {
        let header = decode_header(token).ok()?;
        if header.typ.as_deref() != Some(TYPE) || header.kid.as_deref() != Some(self.0.kid.as_str()) {
            return None;
        }
        let claims = decode::<Claims>(token, &self.0.key, &self.0.validation).ok()?.claims;
        let lifetime = claims.exp.saturating_sub(claims.iat);
        if !(1..=ACCESS_SECONDS).contains(&lifetime) || claims.nbf < claims.iat {
            return None;
        }
        let actor = Actor { user: UserId::from_uuid(claims.sub), session: SessionId::from_uuid(claims.sid) };
        Some(Known { actor, not_before: claims.nbf, expires: claims.exp })
    }
}

#[cfg(test)]
mod tests;
