//! Who may not know of a meeting finds none, by any door, and no word of one is anywhere else.

use serde_json::Value;
use tests::harness::{House, Persona};

use super::*;

fn call_door(persona: &Persona, method: &str, path: &str) -> (u16, Value) {
    let body = (method != "GET").then_some(("application/json", "{}"));
    let answer = persona.send(method, path, body);
    let mut body = answer.json();
    body["instance"] = Value::Null;
    (answer.status, body)
}

#[test]
fn to_a_wrong_agency_or_a_recused_person_every_door_of_a_meeting_is_one_that_never_existed() {
    let house = House::estrie();
    let meeting = sitting(&house, &call(&house), &[("police-demo", "marc")]);
    let seen = who(&house, "karine").get(&meeting).expect(200);
    let (process, presence) =
        (seen["mobilisation"].as_str().unwrap(), seen["attendance"][0]["id"].as_str().unwrap());
    let mut walked = 0;
    for key in ["dominic", "eric", "sofia"] {
        let persona = who(&house, key);
        for (method, pattern) in api::server::table() {
            if !pattern.starts_with("/api/v1/mobilisations/{id}/meetings") {
                continue;
            }
            walked += 1;
            let fill = |meeting: &str| {
                let path = pattern.replace("{id}", process).replace("{meeting}", meeting);
                let path = path.replace("{attendance}", presence);
                if path.ends_with("/paper") { path + "?format=html" } else { path }
            };
            let real = call_door(&persona, method, &fill(meeting.rsplit('/').next().unwrap()));
            let never = call_door(&persona, method, &fill("01890000-0000-7000-8000-000000000000"));
            assert_eq!(real, never, "{method} {pattern} for {key}");
            assert_eq!(real.0, 404, "{method} {pattern} for {key}");
        }
    }
    assert_eq!(walked, 3 * 21);
    // A meeting is reached through its own mobilisation only.
    let other = identified(&house);
    let astray = format!("{other}/meetings/{}", meeting.rsplit('/').next().unwrap());
    who(&house, "karine").get(&astray).problem(404, "not-found");
}

#[test]
fn words_of_a_meeting_are_in_no_foreign_answer_and_in_no_row_that_is_not_sealed() {
    let house = House::estrie();
    let meeting = sitting(
        &house,
        &call_with_partners_services(&house),
        &[("police-demo", "marc"), ("conjoints-demo", "yves")],
    );
    bring(&house, &meeting, "marc", "stephane", "criminal_justice", "Zq-canari de la police");
    let path = meeting.split("/meetings").next().unwrap();
    for key in ["yves", "rose", "nadia", "louise", "amina", "thomas", "aline", "pascal"] {
        for door in [
            meeting.clone(),
            format!("{meeting}/contributions"),
            format!("{meeting}/minutes"),
            format!("{meeting}/oral-disclosures"),
            format!("{path}/meetings"),
            path.to_owned(),
            house.file_path(),
            "/api/v1/me/inbox".into(),
            "/api/v1/me/meetings".into(),
            "/api/v1/registers/communications".into(),
            "/api/v1/access-events".into(),
        ] {
            let answer = who(&house, key).get(&door);
            assert!(!answer.text.contains("Zq-canari de la police"), "{door} for {key}");
            assert!(door == meeting || !answer.text.contains("Zq-canari"), "{door} for {key}");
        }
    }
    assert!(
        who(&house, "julie").get(&format!("{meeting}/contributions")).text.contains("Zq-canari de la police")
    );
    for table in [
        "outbox",
        "inbox",
        "access_event",
        "meeting",
        "meeting_seat",
        "meeting_agenda",
        "document",
        "mobilisation_step",
    ] {
        let rows =
            house.database.ask(&format!("select coalesce(string_agg(t::text, ' '), '') from {table} t"));
        assert!(!rows.contains("Zq-canari"), "{table}");
    }
}
