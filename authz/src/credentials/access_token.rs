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

#[derive(Serialize, Deserialize)]
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
        let now = now.timestamp();
        let jti = crate::id::fresh(crate::clock::real_now()).map_err(|_| TokenError)?;
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
    kept: Mutex<LruCache<[u8; 32], (Actor, i64)>>,
}

impl TokenVerifier {
    /// Who speaks, if the token is ours and of this moment.
    #[must_use]
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Option<Actor> {
        let now = now.timestamp();
        let hash: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        let kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner).get(&hash).copied();
        let (actor, expires) = match kept {
            Some(known) => known,
            None => self.read(token, hash, now)?,
        };
        (now < expires + LEEWAY).then_some(actor)
    }

    fn read(&self, token: &str, hash: [u8; 32], now: i64) -> Option<(Actor, i64)> {
        let header = decode_header(token).ok()?;
        if header.typ.as_deref() != Some(TYPE) || header.kid.as_deref() != Some(self.0.kid.as_str()) {
            return None;
        }
        let claims = decode::<Claims>(token, &self.0.key, &self.0.validation).ok()?.claims;
        if claims.nbf > now + LEEWAY || claims.exp > claims.iat + ACCESS_SECONDS || claims.exp + LEEWAY <= now
        {
            return None;
        }
        let actor = Actor { user: UserId::from_uuid(claims.sub), session: SessionId::from_uuid(claims.sid) };
        self.0.kept.lock().unwrap_or_else(PoisonError::into_inner).put(hash, (actor, claims.exp));
        Some((actor, claims.exp))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn ids() -> (UserId, SessionId) {
        (UserId::from_uuid(Uuid::from_u128(1)), SessionId::from_uuid(Uuid::from_u128(2)))
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    #[test]
    fn a_token_says_who_speaks_until_it_ends() {
        let issuer = TokenIssuer::new(&[1; 32], "https://filet.example").unwrap();
        let token = issuer.issue(ids().0, ids().1, at(0)).unwrap();
        for verifier in [issuer.verifier().unwrap(), issuer.verifier().unwrap()] {
            assert!(verifier.verify(&token, at(0)).is_some_and(|actor| actor.user() == ids().0));
            assert!(verifier.verify(&token, at(ACCESS_SECONDS + LEEWAY - 1)).is_some());
            assert!(verifier.verify(&token, at(ACCESS_SECONDS + LEEWAY)).is_none());
        }
        let fresh = issuer.verifier().unwrap();
        assert!(fresh.verify(&token, at(ACCESS_SECONDS + LEEWAY)).is_none());
        assert!(fresh.verify(&token, at(-60)).is_none(), "not before its time");
    }

    #[test]
    fn another_key_or_another_issuer_is_not_believed() {
        let ours = TokenIssuer::new(&[1; 32], "https://filet.example").unwrap().verifier().unwrap();
        for (seed, issuer) in [([2; 32], "https://filet.example"), ([1; 32], "https://other.example")] {
            let token = TokenIssuer::new(&seed, issuer).unwrap().issue(ids().0, ids().1, at(0)).unwrap();
            assert!(ours.verify(&token, at(0)).is_none());
        }
    }

    #[test]
    fn an_altered_token_or_one_without_a_signature_is_not_believed() {
        let issuer = TokenIssuer::new(&[1; 32], "https://filet.example").unwrap();
        let verifier = issuer.verifier().unwrap();
        let token = issuer.issue(ids().0, ids().1, at(0)).unwrap();
        let mut parts = token.split('.');
        let (head, body, signature) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        let unsigned = BASE64URL_NOPAD.encode(br#"{"alg":"none","typ":"at+jwt"}"#);
        for forged in [
            format!("{head}.{body}."),
            format!("{unsigned}.{body}."),
            format!("{unsigned}.{body}.{signature}"),
            format!("{head}.{}.{signature}", body.replace('A', "B")),
            String::new(),
        ] {
            assert!(forged == token || verifier.verify(&forged, at(0)).is_none());
        }
    }
}
