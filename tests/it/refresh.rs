//! Refresh tokens over HTTP: a lost answer is forgiven, a second hand ends the session.

use serde_json::json;
use tests::harness::{House, Persona};

const WHO: &str = "amina";

fn refreshed(persona: &Persona, token: &str) -> Option<(String, String)> {
    let answer = persona.post("/api/v1/session/refresh", &json!({"refresh_token": token}));
    if answer.status == 401 {
        return None;
    }
    let body = answer.expect(200);
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    Some((text("access_token"), text("refresh_token")))
}

fn is_signed_in(house: &House, persona: &Persona, access: &str) -> bool {
    let answer = persona.with_token(access).for_purpose("safety_planning").get(&house.file_path());
    assert!([200, 401].contains(&answer.status), "{}", answer.text);
    answer.status == 200
}

#[test]
fn a_refresh_token_serves_once_and_its_successor_next() {
    let house = House::estrie();
    let persona = house.sign_in(WHO);
    let first = persona.refresh_token.clone().unwrap();
    let (_, second) = refreshed(&persona, &first).unwrap();
    let (access, third) = refreshed(&persona, &second).unwrap();
    assert!(first != second && second != third);
    assert!(is_signed_in(&house, &persona, &access));
}

#[test]
fn a_lost_answer_is_forgiven_and_whichever_answer_arrives_serves() {
    let house = House::estrie();
    for arrives in 0..3 {
        let persona = house.sign_in(WHO);
        let first = persona.refresh_token.clone().unwrap();
        let answers = [(); 3].map(|()| refreshed(&persona, &first).unwrap().1);
        let (access, next) = refreshed(&persona, &answers[arrives]).unwrap();
        assert!(refreshed(&persona, &next).is_some());
        assert!(is_signed_in(&house, &persona, &access));
    }
}

#[test]
fn a_replay_after_its_successor_served_ends_the_session_at_once() {
    let house = House::estrie();
    let persona = house.sign_in(WHO);
    let first = persona.refresh_token.clone().unwrap();
    let (_, second) = refreshed(&persona, &first).unwrap();
    let (access, third) = refreshed(&persona, &second).unwrap();
    assert!(refreshed(&persona, &first).is_none());
    assert!(refreshed(&persona, &third).is_none(), "the true holder signs in again");
    assert!(!is_signed_in(&house, &persona, &access));
}

#[test]
fn two_hands_that_each_got_an_answer_to_one_token_cannot_both_go_on() {
    let house = House::estrie();
    let persona = house.sign_in(WHO);
    let first = persona.refresh_token.clone().unwrap();
    let (_, thief) = refreshed(&persona, &first).unwrap();
    let (_, owner) = refreshed(&persona, &first).unwrap();
    let (access, stolen) = refreshed(&persona, &thief).unwrap();
    assert!(refreshed(&persona, &owner).is_none());
    assert!(refreshed(&persona, &stolen).is_none());
    assert!(!is_signed_in(&house, &persona, &access));
}

#[test]
fn of_many_uses_of_one_token_at_once_one_branch_goes_on() {
    let house = House::estrie();
    let persona = house.sign_in(WHO);
    let first = persona.refresh_token.clone().unwrap();
    let mut answers: Vec<String> = std::thread::scope(|scope| {
        let uses: Vec<_> = (0..8).map(|_| scope.spawn(|| refreshed(&persona, &first).unwrap().1)).collect();
        uses.into_iter().map(|answer| answer.join().unwrap()).collect()
    });
    answers.sort();
    answers.dedup();
    assert_eq!(answers.len(), 8);
    let serving = answers.iter().filter(|token| refreshed(&persona, token).is_some()).count();
    assert_eq!(serving, 1);
}

#[test]
fn another_session_of_the_same_person_is_left_alone() {
    let house = House::estrie();
    let (stolen, other) = (house.sign_in(WHO), house.sign_in(WHO));
    let first = stolen.refresh_token.clone().unwrap();
    let (_, second) = refreshed(&stolen, &first).unwrap();
    refreshed(&stolen, &second).unwrap();
    assert!(refreshed(&stolen, &first).is_none());
    assert!(refreshed(&other, &other.refresh_token.clone().unwrap()).is_some());
}
