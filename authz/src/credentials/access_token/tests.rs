//! What a token must be to be believed.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]
use std::sync::LazyLock;

use chrono::TimeDelta;
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::keys::DirectoryKeystore;

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

/// A keystore of its own.
fn keystore() -> (TempDir, Arc<DirectoryKeystore>) {
    let dir = tempfile::tempdir().unwrap();
    let keys = DirectoryKeystore::open_or_create(&dir.path().join("keys")).unwrap();
    (dir, Arc::new(keys))
}

/// The keystore of most tests.
static KEYS: LazyLock<(TempDir, Arc<DirectoryKeystore>)> = LazyLock::new(keystore);

fn issuer() -> TokenIssuer {
    TokenIssuer::new(KEYS.1.clone(), URL).unwrap()
}

fn verifier() -> TokenVerifier {
    issuer().verifier()
}

fn kid() -> String {
    let ring = Arc::clone(&issuer().0.held(0).ring);
    ring.signer(0).unwrap().kid.clone()
}

fn kid_of(token: &str) -> String {
    decode_header(token).unwrap().kid.unwrap()
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
    header.kid = Some(kid());
    header
}

/// Signs whatever is asked with the true key.
fn signed(header: &Header, claims: &Value) -> String {
    let ring = Arc::clone(&issuer().0.held(0).ring);
    encode(header, claims, &ring.signer(0).unwrap().signs).unwrap()
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
    let other = keystore();
    for (keys, url) in [(&other.1, URL), (&KEYS.1, "https://ailleurs.example")] {
        let theirs = TokenIssuer::new(keys.clone(), url).unwrap();
        let theirs = theirs.issue(who().0, who().1, noon()).unwrap();
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
    let public =
        SigningKey::from_bytes(&KEYS.1.signing().unwrap().pop().unwrap().seed).verifying_key().to_bytes();
    let hmac = Header { alg: Algorithm::HS256, ..header() };
    let forged = encode(&hmac, &good(), &EncodingKey::from_secret(&public)).unwrap();
    assert!(refused(&forged), "signed with the public key as a shared secret");

    let claims = forged.split('.').nth(1).unwrap();
    let none = json!({"alg": "none", "typ": TYPE, "kid": kid()}).to_string();
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

/// Two processes over one keystore, a token of the first key in each one's memory.
fn two_processes() -> (TempDir, Arc<DirectoryKeystore>, [TokenIssuer; 2], String) {
    let (dir, keys) = keystore();
    let processes = [(); 2].map(|()| TokenIssuer::new(keys.clone(), URL).unwrap());
    let first = processes[0].issue(who().0, who().1, noon()).unwrap();
    for process in &processes {
        assert!(process.verifier().verify(&first, noon()).is_some());
    }
    (dir, keys, processes, first)
}

#[test]
fn a_new_key_signs_when_every_process_knows_it_and_each_believes_what_the_others_signed() {
    let (_dir, keys, processes, first) = two_processes();
    let from = keys.rotate_signing(noon(), false).unwrap();
    let mut last = (first.clone(), noon());
    for second in 1..=20 {
        let now = after(second);
        for (signs, reads) in [(0, 1), (1, 0)] {
            let token = processes[signs].issue(who().0, who().1, now).unwrap();
            assert_eq!(kid_of(&token) == kid_of(&first), now < from, "second {second}");
            assert!(processes[reads].verifier().verify(&token, now).is_some(), "second {second}");
            if now < from {
                last = (token, now);
            }
        }
    }
    let (last, signed) = last;
    for process in &processes {
        assert!(process.verifier().verify(&last, signed + TimeDelta::seconds(ACCESS_SECONDS)).is_some());
        assert!(process.verifier().verify(&last, from + TimeDelta::seconds(OUTLIVES)).is_none());
    }
}

#[test]
fn what_a_former_key_signs_after_its_turn_is_refused_and_at_last_all_it_signed() {
    let (_dir, keys, [process, _], first) = two_processes();
    let old = Ring::of(keys.signing().unwrap()).unwrap();
    let forge = |seconds: i64| {
        let at = after(seconds).timestamp();
        let mut claims = good();
        for (claim, value) in [("iat", at), ("nbf", at), ("exp", at + ACCESS_SECONDS)] {
            claims[claim] = json!(value);
        }
        let header = Header { kid: Some(kid_of(&first)), ..header() };
        encode(&header, &claims, &old.keys[0].signs).unwrap()
    };
    let until = (keys.rotate_signing(noon(), false).unwrap() - noon()).num_seconds();
    let believed = |signed: i64, now: i64| process.verifier().verify(&forge(signed), after(now)).is_some();
    assert!(believed(until + 4, until + 4), "clocks differ");
    assert!(!believed(until + 5, until + 5), "its turn is over");
    assert!(believed(until, until + 299));
    assert!(!believed(until + 4, until + OUTLIVES), "the key is dropped");
}

#[test]
fn a_compromised_key_takes_its_tokens_with_it_remembered_or_not() {
    let (_dir, keys, processes, first) = two_processes();
    keys.rotate_signing(noon(), true).unwrap();
    for process in &processes {
        assert!(process.verifier().verify(&first, after(1)).is_none());
        let token = process.issue(who().0, who().1, after(1)).unwrap();
        assert!(processes.iter().all(|reads| reads.verifier().verify(&token, after(1)).is_some()));
    }
}

#[test]
fn a_keystore_that_cannot_be_looked_at_changes_nothing_for_the_keys_at_hand() {
    let (dir, _keys, [process, _], first) = two_processes();
    std::fs::remove_dir_all(dir.path().join("keys/secrets")).unwrap();
    assert!(process.verifier().verify(&first, after(1)).is_some());
    let token = process.issue(who().0, who().1, after(2)).unwrap();
    assert_eq!(kid_of(&token), kid_of(&first));
}
