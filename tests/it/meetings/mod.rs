//! Meetings of a cell: who is called, what is said to whom and on what, and what each may read of it afterwards.

mod convening;
mod decided;
mod minutes;
mod table;
mod walls;

use authz::clock::Clock;
use domain::jobs::round;
use serde_json::{Value, json};
use tests::harness::{Answer, ESTRIE_NOW, House, Persona};

use crate::safety_net::{agreed, patrol};

const SOON: &str = "2026-11-22T20:00:00Z";

fn who(house: &House, key: &str) -> Persona {
    house.sign_in(key).for_purpose("safety_planning")
}

fn agency(house: &House, key: &str) -> Value {
    json!(house.loaded.agencies[key])
}

fn user(house: &House, key: &str) -> Value {
    json!(house.loaded.users[key])
}

fn person(house: &House, key: &str) -> Value {
    json!(house.file().persons[key])
}

fn fact(house: &House, key: &str) -> Value {
    json!({"fact": house.file().facts[key]})
}

/// The cell is triggered for a situation that the shelter brought. Its path.
fn triggered(house: &House) -> String {
    let (amina, louise, karine) = (who(house, "amina"), who(house, "louise"), who(house, "karine"));
    let begun = amina.post("/api/v1/mobilisations", &json!({"cell": house.loaded.cells["estrie"]}));
    let path = begun.expect(201)["href"].as_str().unwrap().to_owned();
    let codes =
        json!({"age_band": "30_44", "region": "05", "factors": ["death_threats"], "level": "imminent"});
    amina.post(&format!("{path}/appraisal"), &codes).expect(200);
    louise.post(&format!("{path}/consultation"), &json!({})).expect(200);
    let decision = json!({"decision": "triggered", "reasons": ["life_threatened"], "urgent": true});
    karine.post(&format!("{path}/decision"), &decision).expect(200);
    path
}

/// The same, once the shelter brought its file.
fn identified(house: &House) -> String {
    let path = triggered(house);
    let bring = json!({"file": house.file().id});
    who(house, "louise").post(&format!("{path}/identity"), &bring).expect(200);
    path
}

fn seat(house: &House, agency_key: &str, person: &str) -> Value {
    json!({"agency": agency(house, agency_key), "person": user(house, person), "capacity": "able_to_aid"})
}

/// Police, shelter, health and child protection, this evening.
fn call(house: &House) -> Value {
    let mut police = seat(house, "police-demo", "marc");
    police["substitute"] = user(house, "julie");
    json!({"kind": "regular", "starts_at": SOON, "mode": "in_person", "place": "Salle Zq-canari, 2e étage", "participants": [
        police, seat(house, "hebergement-demo", "louise"), seat(house, "sante-demo", "thomas"),
        seat(house, "protection-jeunesse-demo", "nadia")]})
}

/// The same with the services for partners.
fn call_with_partners_services(house: &House) -> Value {
    let mut call = call(house);
    call["participants"].as_array_mut().unwrap().push(seat(house, "conjoints-demo", "yves"));
    call
}

/// A meeting that was convened. Its path.
fn convened(house: &House, path: &str, call: &Value) -> String {
    let answer = who(house, "karine").post(&format!("{path}/meetings"), call);
    answer.expect(201)["href"].as_str().unwrap().to_owned()
}

/// A meeting under way, with these people in the room besides Karine who chairs.
fn sitting(house: &House, call: &Value, people: &[(&str, &str)]) -> String {
    let meeting = convened(house, &identified(house), call);
    who(house, "karine").post(&format!("{meeting}/opening"), &json!({"undertaking": true})).expect(200);
    for (agency, person) in people {
        arrive(house, &meeting, agency, person).expect(201);
    }
    meeting
}

fn arrive(house: &House, meeting: &str, agency_key: &str, person: &str) -> Answer {
    let mut arrival = seat(house, agency_key, person);
    arrival["undertaking"] = json!(true);
    who(house, "karine").post(&format!("{meeting}/attendance"), &arrival)
}

/// The agency's people leave the room.
fn leave(house: &House, meeting: &str, agency_key: &str) {
    let karine = who(house, "karine");
    let seen = karine.get(meeting).expect(200);
    for presence in seen["attendance"].as_array().unwrap() {
        if presence["agency"] == agency(house, agency_key) && presence["departed_at"].is_null() {
            let path = format!("{meeting}/attendance/{}/departure", presence["id"].as_str().unwrap());
            karine.post(&path, &json!({})).expect(200);
        }
    }
}

fn bring(house: &House, meeting: &str, key: &str, about: &str, category: &str, text: &str) -> Value {
    let said =
        json!({"person": person(house, about), "category": category, "text": text, "certainty": "observed"});
    who(house, key).post(&format!("{meeting}/contributions"), &said).expect(201)["document"].clone()
}

/// An action of the police that was decided at this meeting, in these words. Its path.
fn decided(house: &House, meeting: &str, text: &str) -> String {
    let (path, id) = meeting.split_once("/meetings/").unwrap();
    let mut action = patrol(house);
    action["meeting"] = json!(id);
    action["text"] = json!(text);
    agreed(house, path, &action)
}

fn code(answer: &Answer) -> Value {
    answer.problem(409, "conflict")["errors"][0]["code"].clone()
}

fn wrong(answer: &Answer) -> Vec<(String, String)> {
    let body = answer.problem(422, "invalid");
    let errors = body["errors"].as_array().unwrap().iter();
    errors
        .map(|e| (e["pointer"].as_str().unwrap().to_owned(), e["code"].as_str().unwrap().to_owned()))
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(pointer, code)| ((*pointer).to_owned(), (*code).to_owned())).collect()
}

/// One round of the jobs, as the program runs them every few seconds.
fn deliver(house: &House) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let clock = Clock::Frozen(ESTRIE_NOW.parse().unwrap());
    runtime.block_on(round(&house.database.url, Some("filet_app"), clock)).unwrap();
}

/// The kinds of messages about meetings that somebody got, by name.
fn kinds(house: &House, key: &str) -> Vec<String> {
    deliver(house);
    let inbox = house.sign_in(key).get("/api/v1/me/inbox").expect(200);
    let items = inbox["items"].as_array().unwrap().iter();
    let kinds = items.map(|message| message["kind"].as_str().unwrap().to_owned());
    let mut kinds: Vec<_> = kinds.filter(|kind| kind.contains("meeting")).collect();
    kinds.sort();
    kinds
}
