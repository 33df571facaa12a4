//! From a worker's worry to a triggered cell that knows who it is about, told by its personas.

use serde_json::{Value, json};
use tests::harness::{House, Persona};

fn who(house: &House, key: &str) -> Persona {
    house.sign_in(key).for_purpose("safety_planning")
}

fn codes() -> Value {
    json!({"age_band": "30_44", "region": "05", "factors": ["separation_recent", "death_threats"],
        "services": ["shelter"], "level": "imminent"})
}

/// Amina is worried; her respondent Louise brings it to the cell. Its path.
fn consulted(house: &House) -> String {
    let amina = who(house, "amina");
    let begun = amina.post(
        "/api/v1/mobilisations",
        &json!({"cell": house.loaded.cells["estrie"], "own_reference": "chambre bleue"}),
    );
    let path = begun.expect(201)["href"].as_str().unwrap().to_owned();
    amina.post(&format!("{path}/appraisal"), &codes()).expect(200);
    who(house, "louise").post(&format!("{path}/consultation"), &json!({})).expect(200);
    path
}

fn triggered(house: &House) -> String {
    let path = consulted(house);
    who(house, "karine").post(&format!("{path}/analysis"), &json!({})).expect(200);
    for key in ["marc", "louise", "thomas"] {
        let opinion = json!({"opinion": "trigger", "reasons": ["life_threatened"]});
        who(house, key).post(&format!("{path}/opinions"), &opinion).expect(200);
    }
    let decision = json!({"decision": "triggered", "reasons": ["life_threatened", "means_exceeded"]});
    who(house, "karine").post(&format!("{path}/decision"), &decision).expect(200);
    path
}

#[test]
fn a_worry_stays_inside_its_agency_until_its_respondent_brings_it_to_the_cell() {
    let house = House::estrie();
    let amina = who(&house, "amina");
    let begun = amina.post("/api/v1/mobilisations", &json!({"cell": house.loaded.cells["estrie"]}));
    let path = begun.expect(201)["href"].as_str().unwrap().to_owned();
    assert_eq!(begun.header("location"), Some(path.as_str()));
    who(&house, "karine").get(&path).problem(404, "not-found");
    who(&house, "marc").post(&format!("{path}/appraisal"), &codes()).problem(404, "not-found");
    // It is appraised before it is brought, and a worker does not bring it alone.
    let early = who(&house, "louise").post(&format!("{path}/consultation"), &json!({}));
    assert_eq!(early.problem(409, "conflict")["errors"][0]["code"], "step_not_possible");
    amina.post(&format!("{path}/appraisal"), &codes()).expect(200);
    amina.post(&format!("{path}/consultation"), &json!({})).problem(403, "not-permitted");
    let moved = who(&house, "louise").post(&format!("{path}/consultation"), &json!({})).expect(200);
    assert_eq!(moved["state"], "consulted");
    assert_eq!(moved["due_at"], "2026-11-23T15:00:00Z");
    who(&house, "karine").get(&path).expect(200);
    who(&house, "rose").get(&path).problem(404, "not-found");
    who(&house, "dominic").get(&path).problem(404, "not-found");
}

#[test]
fn a_consultation_holds_codes_and_no_place_for_a_name() {
    let house = House::estrie();
    let path = consulted(&house);
    let seen = who(&house, "karine").get(&path).expect(200);
    assert_eq!(seen["consultation"]["age_band"], "30_44");
    for hidden in ["own_reference", "file"] {
        assert!(seen.get(hidden).is_none(), "{hidden}");
    }
    assert_eq!(who(&house, "louise").get(&path).expect(200)["own_reference"], "chambre bleue");
    let amina = who(&house, "amina");
    let begun = amina.post("/api/v1/mobilisations", &json!({"cell": house.loaded.cells["estrie"]}));
    let path = begun.expect(201)["href"].as_str().unwrap().to_owned();
    let mut named = codes();
    named["name"] = json!("Mireille");
    let wrong = amina.post(&format!("{path}/appraisal"), &named).problem(422, "invalid");
    assert_eq!(wrong["errors"][0]["code"], "unknown_member");
    for (member, value, pointer) in [
        ("age_band", json!("Mireille, 35 ans"), "/age_band"),
        ("factors", json!(["il sait où elle est"]), "/factors/0"),
        ("level", json!("grave"), "/level"),
        ("region", json!("Sherbrooke"), "/region"),
        ("factors", json!([]), "/factors"),
    ] {
        let mut wrong = codes();
        wrong[member] = value;
        let answer = amina.post(&format!("{path}/appraisal"), &wrong).problem(422, "invalid");
        assert_eq!(answer["errors"][0]["pointer"], pointer);
        assert!(!answer.to_string().contains("35 ans"));
    }
}

#[test]
fn quorum_counts_organisations_once_each_and_a_score_moves_nothing() {
    let house = House::estrie();
    let path = consulted(&house);
    let karine = who(&house, "karine");
    karine.post(&format!("{path}/analysis"), &json!({})).expect(200);
    let decision = json!({"decision": "triggered", "reasons": ["professional_judgement"]});
    let opinion = json!({"opinion": "trigger", "reasons": ["history"]});
    for (key, spoken) in [("marc", 1), ("louise", 2), ("louise", 2)] {
        assert_eq!(
            who(&house, key).post(&format!("{path}/opinions"), &opinion).expect(200)["spoken"],
            spoken
        );
        let early = karine.post(&format!("{path}/decision"), &decision);
        assert_eq!(early.problem(409, "conflict")["errors"][0]["code"], "quorum_missing");
    }
    karine.post(&format!("{path}/opinions"), &opinion).problem(403, "not-permitted");
    who(&house, "thomas").post(&format!("{path}/opinions"), &opinion).expect(200);
    who(&house, "marc").post(&format!("{path}/decision"), &decision).problem(403, "not-permitted");
    // The level was "imminent" from the start: it moved nothing, a named person does.
    assert_eq!(karine.get(&path).expect(200)["state"], "in_analysis");
    let moved = karine.post(&format!("{path}/decision"), &decision).expect(200);
    assert_eq!((&moved["state"], &moved["due_at"]), (&json!("triggered"), &json!("2026-11-23T15:00:00Z")));
    let steps = karine.get(&path).expect(200)["steps"].clone();
    assert_eq!(steps.as_array().unwrap().last().unwrap()["user"], json!(house.loaded.users["karine"]));
}

#[test]
fn when_life_cannot_wait_the_coordinator_triggers_at_once_and_says_why() {
    let house = House::estrie();
    let path = consulted(&house);
    let karine = who(&house, "karine");
    let unfounded = json!({"decision": "triggered", "reasons": ["history"], "urgent": true});
    let refused = karine.post(&format!("{path}/decision"), &unfounded).problem(422, "invalid");
    assert_eq!(refused["errors"][0]["code"], "urgency_not_given");
    let urgent = json!({"decision": "triggered", "reasons": ["life_threatened"], "urgent": true});
    karine.post(&format!("{path}/decision"), &urgent).expect(200);
    assert_eq!(karine.get(&path).expect(200)["urgent"], true);
    karine.post(&format!("{path}/decision"), &urgent).problem(409, "conflict");
}

#[test]
fn a_situation_not_retained_leaves_nothing_by_which_it_could_be_found_again() {
    let house = House::estrie();
    let path = consulted(&house);
    let karine = who(&house, "karine");
    karine.post(&format!("{path}/analysis"), &json!({})).expect(200);
    for key in ["marc", "louise", "thomas"] {
        let opinion = json!({"opinion": "dismiss", "reasons": ["services_suffice"]});
        who(&house, key).post(&format!("{path}/opinions"), &opinion).expect(200);
    }
    let decision = json!({"decision": "not_retained", "reasons": ["threshold_not_met"]});
    karine.post(&format!("{path}/decision"), &decision).expect(200);
    let seen = karine.get(&path).expect(200);
    assert_eq!(seen["state"], "not_retained");
    assert_eq!(seen["brought_by"], json!(house.loaded.agencies["coordination-demo"]));
    assert_eq!(
        seen["consultation"],
        json!({"age_band": null, "region": "05", "factors": [], "services": [], "level": null})
    );
    assert_eq!(seen["opinions"], json!([]));
    let text = seen.to_string();
    for trace in ["hebergement-demo", "amina", "louise"] {
        let id = house.loaded.users.get(trace).or(house.loaded.agencies.get(trace)).unwrap().to_string();
        assert!(!text.contains(&id), "{trace}");
    }
    // The agency that brought it no longer finds it: it keeps its own file, which was never linked.
    let left = who(&house, "amina").get("/api/v1/mobilisations").expect(200);
    assert_eq!(left["items"], json!([]));
}

#[test]
fn a_level_alone_never_opens_identity_a_consent_or_a_disclosure_does() {
    let house = House::estrie();
    let path = triggered(&house);
    let (amina, louise) = (who(&house, "amina"), who(&house, "louise"));
    let opened = amina.post("/api/v1/files", &json!({"cell": house.loaded.cells["estrie"]})).expect(201);
    let file = format!("/api/v1/files/{}", opened["id"].as_str().unwrap());
    let added = amina.post(&format!("{file}/persons"), &json!({"role": "person_at_risk"}));
    let person = added.expect(201)["id"].clone();
    let bring = json!({"file": opened["id"]});
    amina.post(&format!("{path}/identity"), &bring).problem(403, "not-permitted");
    let refused = louise.post(&format!("{path}/identity"), &bring);
    assert_eq!(refused.problem(409, "conflict")["errors"][0]["code"], "no_lawful_basis");
    who(&house, "karine").get(&file).problem(404, "not-found");
    let yes = json!({"subject": person, "grantor": {"kind": "self"}, "limits_explained": true, "provisions": [
        {"effect": "permit", "recipients": [house.loaded.agencies["coordination-demo"]], "categories": ["identity"],
         "purposes": ["safety_planning"], "sources": ["*"]}]});
    amina.post(&format!("{file}/consents"), &yes).expect(201);
    louise.post(&format!("{path}/identity"), &bring).expect(200);
    let seen = who(&house, "karine").get(&path).expect(200);
    assert_eq!(seen["file"], opened["id"]);
    who(&house, "karine").get(&file).expect(200);
    // The committee knows that the cell is triggered, and still not for whom.
    let marc = who(&house, "marc").get(&path).expect(200);
    assert!(marc.get("file").is_none());
    who(&house, "marc").get(&file).problem(404, "not-found");
}

#[test]
fn a_person_recused_from_the_file_loses_sight_of_the_mobilisation_too() {
    let house = House::estrie();
    let path = triggered(&house);
    let bring = json!({"file": house.file().id});
    who(&house, "louise").post(&format!("{path}/identity"), &bring).expect(200);
    let marc = who(&house, "marc");
    assert_eq!(marc.get(&path).expect(200)["file"], json!(house.file().id));
    let recusal = json!({"user": house.loaded.users["marc"]});
    who(&house, "karine").post(&format!("{}/recusals", house.file_path()), &recusal).expect(201);
    let gone = marc.get(&path).problem(404, "not-found");
    let never =
        marc.get("/api/v1/mobilisations/01890000-0000-7000-8000-000000000000").problem(404, "not-found");
    assert_eq!(gone["detail"], never["detail"]);
    assert_eq!(marc.get("/api/v1/mobilisations").expect(200)["items"], json!([]));
    let board = who(&house, "karine").get("/api/v1/mobilisations?order=due").expect(200);
    assert_eq!(board["items"].as_array().unwrap().len(), 1);
}
