//! The key that signs access tokens changes under running servers, and nobody is sent away.

use std::{thread, time::Duration};

use authz::{
    clock::real_now,
    keys::{DirectoryKeystore, Keystore},
};
use chrono::TimeDelta;
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use tests::harness::{House, Persona, Served};

/// Rotates as the command does, from a process of its own, so many seconds ago.
fn rotated(house: &House, ago: i64, compromised: bool) {
    let keys = DirectoryKeystore::open_or_create(&house.keystore_path()).unwrap();
    keys.rotate_signing(real_now() - TimeDelta::seconds(ago), compromised).unwrap();
}

fn key_of(access: &str) -> String {
    let header = BASE64URL_NOPAD.decode(access.split('.').next().unwrap().as_bytes()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    header["kid"].as_str().unwrap().to_owned()
}

/// Somebody who goes on: at each turn the refresh token of the turn before.
struct Session {
    persona: Persona,
    access: String,
    refresh: String,
}

impl Session {
    fn of(persona: &Persona) -> Self {
        let refresh = persona.refresh_token.clone().unwrap();
        let mut session = Self { persona: persona.clone(), access: String::new(), refresh };
        session.go_on();
        session
    }

    fn go_on(&mut self) {
        let answer = self.persona.post("/api/v1/session/refresh", &json!({"refresh_token": self.refresh}));
        let body = answer.expect(200);
        self.access = body["access_token"].as_str().unwrap().to_owned();
        self.refresh = body["refresh_token"].as_str().unwrap().to_owned();
    }

    /// Goes on until another key signs.
    fn until_signed_anew(&mut self) {
        let first = key_of(&self.access);
        for _ in 0..100 {
            self.go_on();
            if key_of(&self.access) != first {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("the server never took the new key up");
    }
}

fn status(persona: &Persona, access: &str, path: &str) -> u16 {
    persona.with_token(access).for_purpose("safety_planning").get(path).status
}

#[test]
fn a_new_key_signs_at_every_server_and_what_the_one_before_signed_still_serves() {
    let house = House::estrie();
    let other = Served::over(&house.database.url, &house.keystore_path());
    let mut session = Session::of(&house.sign_in("amina"));
    let (first, path) = (session.access.clone(), house.file_path());
    rotated(&house, 5, false);
    session.until_signed_anew();
    for (server, persona) in [("here", session.persona.clone()), ("there", other.stranger())] {
        for (whose, access) in [("before", &first), ("anew", &session.access)] {
            assert_eq!(status(&persona, access, &path), 200, "signed {whose}, read {server}");
        }
    }
    assert_ne!(key_of(&first), key_of(&session.access));
}

#[test]
fn a_key_is_dropped_once_the_last_token_it_signed_has_expired() {
    let house = House::estrie();
    let mut session = Session::of(&house.sign_in("amina"));
    let first = session.access.clone();
    rotated(&house, 320, false);
    session.until_signed_anew();
    assert_eq!(status(&session.persona, &first, &house.file_path()), 401);
    assert_eq!(status(&session.persona, &session.access, &house.file_path()), 200, "its session goes on");
    house.keys.destroy_old_signing(real_now()).unwrap();
    assert_eq!(house.keys.signing().unwrap().len(), 1, "and nothing of it is left");
}

#[test]
fn a_compromised_key_opens_nothing_any_more_and_sessions_go_on() {
    let house = House::estrie();
    let mut session = Session::of(&house.sign_in("amina"));
    let first = session.access.clone();
    assert_eq!(status(&session.persona, &first, &house.file_path()), 200);
    rotated(&house, 1, true);
    session.until_signed_anew();
    assert_eq!(status(&session.persona, &first, &house.file_path()), 401);
    assert_eq!(status(&session.persona, &session.access, &house.file_path()), 200);
}
