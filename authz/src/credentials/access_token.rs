//! Access tokens for API clients: a JWT of five minutes (RFC 9068 in form), signed with Ed25519. It
//! says who and in which session; what they may do is read from the database at every request.

use std::{
    collections::HashMap,
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::SigningKey;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use lru::LruCache;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{
    id::{SessionId, UserId},
    standing::Actor,
};

/// Lifetime in seconds.
const LIFETIME: i64 = 300;
/// Seconds by which two machines' clocks may disagree.
const LEEWAY: i64 = 5;
/// Most verified tokens remembered.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(8_192).unwrap();
/// Ours are under 600 bytes; what is longer is not worth a hash.
const MOST_BYTES: usize = 2_048;
const TYPE: &str = "at+jwt";
const REQUIRED: [&str; 5] = ["exp", "nbf", "iss", "aud", "sub"];
/// RFC 8410: what stands before the seed of an Ed25519 key in PKCS #8.
const PKCS8: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// Why a token was not made or not believed. Carries no content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not one of ours, altered, for somebody else, or of another kind.
    #[error("not a token of ours")]
    Invalid,
    /// It was ours; its time is over, or not yet come.
    #[error("token out of its time")]
    Expired,
    /// It could not be signed.
    #[error("token could not be signed")]
    Unsigned,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    sub: UserId,
    sid: SessionId,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: String,
}

/// A token just made.
pub struct AccessToken {
    /// What the client sends back.
    pub token: Zeroizing<String>,
    /// Seconds it is good for.
    pub expires_in: i64,
}

/// Makes access tokens.
#[derive(Clone)]
pub struct TokenIssuer {
    key: Arc<EncodingKey>,
    kid: String,
    issuer: String,
    audience: String,
    verifier: TokenVerifier,
}

impl TokenIssuer {
    /// Takes the seed of the signing key, from the keystore, and the address at which the platform is
    /// reached, which is the issuer.
    ///
    /// # Errors
    /// When no key can be made of it.
    pub fn new(seed: &[u8; 32], public_url: &str) -> Result<Self, TokenError> {
        let public = SigningKey::from_bytes(seed).verifying_key().to_bytes();
        let digest: [u8; 32] = Sha256::digest(public).into();
        let kid = HEXLOWER.encode(digest.first_chunk::<8>().ok_or(TokenError::Unsigned)?);
        let mut pkcs8 = Zeroizing::new([0u8; 48]);
        let (before, after) = pkcs8.split_at_mut(PKCS8.len());
        before.copy_from_slice(&PKCS8);
        after.copy_from_slice(seed);
        let issuer = public_url.trim_end_matches('/').to_owned();
        let audience = format!("{issuer}/api/v1");

        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_required_spec_claims(&REQUIRED);
        validation.set_issuer(&[&issuer]);
        validation.set_audience(&[&audience]);
        // Checked by us, against the moment we are given and not the library's.
        validation.validate_exp = false;
        validation.validate_nbf = false;

        let verifier = TokenVerifier(Arc::new(Verifier {
            keys: HashMap::from([(kid.clone(), DecodingKey::from_ed_der(&public))]),
            validation,
            believed: Mutex::new(LruCache::new(REMEMBERED)),
        }));
        let key = Arc::new(EncodingKey::from_ed_der(pkcs8.as_slice()));
        Ok(Self { key, kid, issuer, audience, verifier })
    }

    /// What verifies the tokens made here.
    #[must_use]
    pub fn verifier(&self) -> TokenVerifier {
        self.verifier.clone()
    }

    /// Makes a token for a session that was just opened or refreshed.
    ///
    /// # Errors
    /// When there is no randomness, or it could not be signed.
    pub fn issue(
        &self,
        user: UserId,
        session: SessionId,
        now: DateTime<Utc>,
    ) -> Result<AccessToken, TokenError> {
        let mut unique = [0u8; 16];
        getrandom::fill(&mut unique).map_err(|_| TokenError::Unsigned)?;
        let at = now.timestamp();
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
            sub: user,
            sid: session,
            iat: at,
            nbf: at,
            exp: at.saturating_add(LIFETIME),
            jti: BASE64URL_NOPAD.encode(&unique),
        };
        let token = sign(&claims, &self.kid, TYPE, &self.key)?;
        Ok(AccessToken { token, expires_in: LIFETIME })
    }
}

fn sign(claims: &Claims, kid: &str, kind: &str, key: &EncodingKey) -> Result<Zeroizing<String>, TokenError> {
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some(kind.to_owned());
    header.kid = Some(kid.to_owned());
    jsonwebtoken::encode(&header, claims, key).map(Zeroizing::new).map_err(|_| TokenError::Unsigned)
}

/// Believes access tokens. Clones share what they have verified.
#[derive(Clone)]
pub struct TokenVerifier(Arc<Verifier>);

struct Verifier {
    keys: HashMap<String, DecodingKey>,
    validation: Validation,
    believed: Mutex<LruCache<[u8; 32], Believed>>,
}

#[derive(Clone, Copy)]
struct Believed {
    actor: Actor,
    nbf: i64,
    exp: i64,
}

impl Believed {
    fn now(self, now: DateTime<Utc>) -> Result<Actor, TokenError> {
        let at = now.timestamp();
        if self.nbf.saturating_sub(LEEWAY) <= at && at < self.exp.saturating_add(LEEWAY) {
            Ok(self.actor)
        } else {
            Err(TokenError::Expired)
        }
    }
}

impl TokenVerifier {
    /// Who speaks. Whether the session still stands is the database's to say.
    ///
    /// # Errors
    /// When the token is not one of ours, or out of its time.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Actor, TokenError> {
        if token.len() > MOST_BYTES {
            return Err(TokenError::Invalid);
        }
        let digest: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        let known = self.believed(|cache| cache.get(&digest).copied());
        if let Some(believed) = known {
            let answer = believed.now(now);
            if answer.is_err() {
                self.believed(|cache| cache.pop(&digest));
            }
            return answer;
        }
        let believed = self.0.read(token)?;
        let actor = believed.now(now)?;
        self.believed(|cache| cache.put(digest, believed));
        Ok(actor)
    }

    fn believed<T>(&self, look: impl FnOnce(&mut LruCache<[u8; 32], Believed>) -> T) -> T {
        look(&mut self.0.believed.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Verifier {
    fn read(&self, token: &str) -> Result<Believed, TokenError> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| TokenError::Invalid)?;
        if header.typ.as_deref() != Some(TYPE) {
            return Err(TokenError::Invalid);
        }
        // The key is one of a fixed few; nothing in the token can name or bring another.
        let key = header.kid.and_then(|kid| self.keys.get(&kid)).ok_or(TokenError::Invalid)?;
        let data = jsonwebtoken::decode::<Claims>(token, key, &self.validation);
        let claims = data.map_err(|_| TokenError::Invalid)?.claims;
        let lifetime = claims.exp.saturating_sub(claims.iat);
        if !(1..=LIFETIME).contains(&lifetime) || claims.nbf < claims.iat || claims.nbf > claims.exp {
            return Err(TokenError::Invalid);
        }
        let actor = Actor { user: claims.sub, session: claims.sid };
        Ok(Believed { actor, nbf: claims.nbf, exp: claims.exp })
    }
}

#[cfg(test)]
mod tests;
