//! After the meeting: the safety net, its follow-up, closure, and what comes after, told by its personas.

mod actions;
mod after;
mod follow_up;
mod merger;
mod repeats;

use authz::clock::Clock;
use domain::jobs::round;
use serde_json::{Value, json};
use tests::harness::{ESTRIE_NOW, House, Persona};

fn who(house: &House, key: &str) -> Persona {
    house.sign_in(key).for_purpose("safety_planning")
}

fn person(house: &House, key: &str) -> Value {
    json!(house.file().persons[key])
}

/// The cell is triggered, as life cannot wait, and knows that it is about the scenario's file. Its path.
pub(super) fn at_work(house: &House) -> String {
    let (amina, louise) = (who(house, "amina"), who(house, "louise"));
    let begun = amina.post("/api/v1/mobilisations", &json!({"cell": house.loaded.cells["estrie"]}));
    let path = begun.expect(201)["href"].as_str().unwrap().to_owned();
    let codes =
        json!({"age_band": "30_44", "region": "05", "factors": ["death_threats"], "level": "imminent"});
    amina.post(&format!("{path}/appraisal"), &codes).expect(200);
    louise.post(&format!("{path}/consultation"), &json!({})).expect(200);
    let urgent = json!({"decision": "triggered", "reasons": ["life_threatened"], "urgent": true});
    who(house, "karine").post(&format!("{path}/decision"), &urgent).expect(200);
    louise.post(&format!("{path}/identity"), &json!({"file": house.file().id})).expect(200);
    path
}

/// The police watches over the home of the person at risk: Julie answers for it.
pub(super) fn patrol(house: &House) -> Value {
    json!({"kind": "patrol", "owner_agency": house.loaded.agencies["police-demo"],
        "owner": house.loaded.users["julie"], "protects": [person(house, "mireille")],
        "due_at": "2026-11-23T15:00:00Z", "text": "Passer aux heures de sortie de l’école.",
        "if_it_fails": ["call_coordination"], "must_not": ["no_voicemail"],
        "must_not_text": "Ne pas sonner à la porte."})
}

/// The coordinator agrees on an action. Its path.
pub(super) fn agreed(house: &House, path: &str, action: &Value) -> String {
    let made = who(house, "karine").post(&format!("{path}/actions"), action).expect(201);
    made["href"].as_str().unwrap().to_owned()
}

/// Posts with the tag of the action as it is now.
fn moved(persona: &Persona, action: &str, step: &str, body: &Value) -> tests::harness::Answer {
    let seen = persona.get(action);
    let tag = seen.header("etag").unwrap_or("\"none\"").to_owned();
    persona.with("If-Match", &tag).post(&format!("{action}/{step}"), body)
}

fn planned(house: &House) -> String {
    let path = at_work(house);
    agreed(house, &path, &patrol(house));
    who(house, "karine").post(&format!("{path}/plan"), &json!({})).expect(200);
    path
}

fn closure(house: &House) -> Value {
    json!({"reasons": ["net_holds"], "residual_level": "moderate",
        "following": [house.loaded.agencies["police-demo"]]})
}

fn closed(house: &House) -> String {
    let path = planned(house);
    who(house, "karine").post(&format!("{path}/closure"), &closure(house)).expect(200);
    path
}

fn code(answer: &tests::harness::Answer) -> String {
    let body = answer.problem(409, "conflict");
    body["errors"][0]["code"].as_str().unwrap_or_default().to_owned()
}

/// One round of the jobs.
fn deliver(house: &House) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let clock = Clock::Frozen(ESTRIE_NOW.parse().unwrap());
    runtime.block_on(round(&house.database.url, Some("filet_app"), clock)).unwrap();
}

fn told(house: &House, key: &str, kind: &str) -> usize {
    let inbox = house.sign_in(key).get("/api/v1/me/inbox?limit=100").expect(200);
    inbox["items"].as_array().unwrap().iter().filter(|message| message["kind"] == kind).count()
}
