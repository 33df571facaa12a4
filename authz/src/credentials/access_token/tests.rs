//! What a token must be to be believed.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;

const URL: &str = "https://filet.example";

fn noon() -> DateTime<Utc> {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

fn after(seconds: i64) -> DateTime<Utc> {
    noon() + TimeDelta::seconds(seconds)
}

fn who() -> (UserId, SessionId) {
    (UserId::from_uuid(Uuid::from_u128(7)), SessionId::from_uuid(Uuid::from_u128(9)))
}

fn issuer() -> TokenIssuer {
    TokenIssuer::new(&[5; 32], URL).unwrap()
}

fn verifier() -> TokenVerifier {
    issuer().verifier().unwrap()
}

fn token() -> String {
    issuer().issue(who().0, who().1, noon()).unwrap()
}

fn good() -> Value {
    let at = noon().timestamp();
    json!({
        "iss": URL, "aud": AUDIENCE, "sub": who().0, "sid": who().1,
        "iat": at, "nbf": at, "exp": at + ACCESS_SECONDS, "jti": Uuid::from_u128(11),
    })
}

fn header() -> Header {
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some(TYPE.to_owned());
    header.kid = Some(issuer().0.kid.clone());
    header
}

/// Signs whatever is asked with the true key.
fn signed(header: &Header, claims: &Value) -> String {
    encode(header, claims, &issuer().0.key).unwrap()
}

fn refused(token: &str) -> bool {
    verifier().verify(token, noon()).is_none()
}

#[test]
fn a_token_says_who_and_in_which_session_for_five_minutes() {
    let actor = verifier().verify(&token(), after(299)).unwrap();
    assert_eq!((actor.user(), actor.session()), who());
    assert!(token().len() < 600, "{} bytes", token().len());
}

#[test]
fn before_and_after_its_time_it_is_refused_whether_remembered_or_not() {
    for seconds in [-6, 305, 86_400] {
        assert!(verifier().verify(&token(), after(seconds)).is_none(), "{seconds}");
        let (remembering, token) = (verifier(), token());
        assert!(remembering.verify(&token, noon()).is_some());
        assert!(remembering.verify(&token, after(seconds)).is_none(), "{seconds}, remembered");
    }
    for seconds in [-5, 304] {
        assert!(verifier().verify(&token(), after(seconds)).is_some(), "{seconds}");
    }
}

#[test]
fn another_key_or_another_issuer_is_not_believed() {
    for (seed, url) in [([6; 32], URL), ([5; 32], "https://ailleurs.example")] {
        let theirs = TokenIssuer::new(&seed, url).unwrap().issue(who().0, who().1, noon()).unwrap();
        assert!(refused(&theirs));
    }
}

#[test]
fn a_letter_altered_anywhere_and_it_is_refused() {
    let token = token();
    for place in 0..token.len() {
        let other = if token.as_bytes().get(place) == Some(&b'A') { "B" } else { "A" };
        let mut altered = token.clone();
        altered.replace_range(place..=place, other);
        assert!(refused(&altered), "letter {place}");
    }
}

#[test]
fn every_claim_is_required() {
    assert!(!refused(&signed(&header(), &good())), "whole, it is believed");
    for claim in ["iss", "aud", "sub", "sid", "iat", "nbf", "exp", "jti"] {
        let mut claims = good();
        claims.as_object_mut().unwrap().remove(claim);
        assert!(refused(&signed(&header(), &claims)), "without {claim}");
    }
}

#[test]
fn a_claim_of_another_value_is_refused() {
    let at = noon().timestamp();
    for (claim, value) in [
        ("iss", json!("https://ailleurs.example")),
        ("aud", json!("filet")),
        ("aud", json!([AUDIENCE, "ailleurs"])),
        ("sub", json!("somebody")),
        ("sid", json!(null)),
        ("exp", json!(at + ACCESS_SECONDS + 1)),
        ("exp", json!(at)),
        ("exp", json!(i64::MAX)),
        ("nbf", json!(at - 1)),
        ("nbf", json!(at + 6)),
        ("iat", json!(i64::MIN)),
        ("role", json!("liaison")),
    ] {
        let mut claims = good();
        claims.as_object_mut().unwrap().insert(claim.to_owned(), value);
        assert!(refused(&signed(&header(), &claims)), "{claim}");
    }
}

#[test]
fn another_type_or_key_name_is_refused() {
    for kind in [None, Some("JWT".to_owned()), Some("rt+jwt".to_owned())] {
        assert!(refused(&signed(&Header { typ: kind, ..header() }, &good())));
    }
    for kid in [None, Some(String::new()), Some("0000000000000000".to_owned())] {
        assert!(refused(&signed(&Header { kid, ..header() }, &good())));
    }
}

#[test]
fn the_algorithm_is_ours_to_choose() {
    let public = SigningKey::from_bytes(&[5; 32]).verifying_key().to_bytes();
    let hmac = Header { alg: Algorithm::HS256, ..header() };
    let forged = encode(&hmac, &good(), &EncodingKey::from_secret(&public)).unwrap();
    assert!(refused(&forged), "signed with the public key as a shared secret");

    let claims = forged.split('.').nth(1).unwrap();
    let none = json!({"alg": "none", "typ": TYPE, "kid": issuer().0.kid}).to_string();
    assert!(refused(&format!("{}.{claims}.", BASE64URL_NOPAD.encode(none.as_bytes()))), "not signed");
}

#[test]
fn what_is_no_token_at_all_is_refused() {
    for text in ["", ".", "..", "...", "a.b.c", "Bearer x", &"x".repeat(1_000_000)] {
        assert!(refused(text));
    }
}

#[test]
fn no_two_tokens_are_the_same() {
    assert_ne!(token(), token());
}
