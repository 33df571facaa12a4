//! How people wish to be told, and who acknowledged what they had to be told.

use api::mail::Security;
use serde_json::{Value, json};
use tests::harness::{Answer, ESTRIE_NOW, House, Mood, Persona, Sink};

use crate::mail::{deliver, leave, receivers, send};

const PATH: &str = "/api/v1/me/notifications";

fn put(persona: &Persona, wishes: &Value, tag: &str) -> Answer {
    persona.with("If-Match", tag).send("PUT", PATH, Some(("application/json", &wishes.to_string())))
}

/// Says how one wishes to be told, after looking.
fn wish(persona: &Persona, mail: &str, quiet: &Value) {
    let tag = persona.get(PATH).header("etag").unwrap().to_owned();
    put(persona, &json!({"channels": {"mail": mail}, "quiet_hours": quiet}), &tag).expect(200);
}

#[test]
fn who_says_nothing_is_told_at_once_and_what_is_said_is_kept() {
    let house = House::estrie();
    let marc = house.sign_in("marc");
    let first = marc.get(PATH);
    let mut seen = first.expect(200);
    let event = seen.as_object_mut().unwrap().remove("access_event");
    assert!(event.is_some());
    assert_eq!(
        seen,
        json!({"channels": {"mail": "immediate"}, "quiet_hours": null, "time_zone": "America/Toronto"})
    );
    let wishes = json!({"channels": {"mail": "digest"}, "quiet_hours": {"from": "22:00", "to": "07:30"},
        "time_zone": "America/Toronto"});
    let tag = first.header("etag").unwrap();
    put(&marc, &wishes, tag).expect(200);
    let mut seen = marc.get(PATH).expect(200);
    seen.as_object_mut().unwrap().remove("access_event");
    assert_eq!(seen, wishes);
    // Of two who change it from the same page the second looks again.
    put(&marc, &wishes, tag).problem(412, "precondition-failed");
    let body = wishes.to_string();
    let untagged = marc.send("PUT", PATH, Some(("application/json", &body)));
    untagged.problem(428, "precondition-required");
    assert_eq!(house.sign_in("julie").get(PATH).expect(200)["channels"]["mail"], "immediate");
}

#[test]
fn wishes_that_mean_nothing_are_refused_by_name() {
    let house = House::estrie();
    let marc = house.sign_in("marc");
    let quiet =
        |from: &str, to: &str| json!({"channels": {"mail": "off"}, "quiet_hours": {"from": from, "to": to}});
    for (wishes, pointer, code) in [
        (json!({"channels": {"mail": "off"}}), "/quiet_hours", "missing"),
        (json!({"quiet_hours": null}), "/channels", "missing"),
        (json!({"channels": {"mail": "sms"}, "quiet_hours": null}), "/channels/mail", "unknown_word"),
        (
            json!({"channels": {"mail": "off", "sms": "off"}, "quiet_hours": null}),
            "/channels/sms",
            "unknown_member",
        ),
        (
            json!({"channels": {"mail": "off"}, "quiet_hours": null, "time_zone": "Europe/Paris"}),
            "/time_zone",
            "unknown_word",
        ),
        (quiet("25:00", "07:00"), "/quiet_hours/from", "not_a_time"),
        (quiet("22:00", "7:00"), "/quiet_hours/to", "not_a_time"),
        (quiet("22:00", "22:00"), "/quiet_hours/to", "out_of_range"),
    ] {
        let refused = put(&marc, &wishes, "\"any\"").problem(422, "invalid");
        assert_eq!(
            (&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]),
            (&json!(pointer), &json!(code))
        );
    }
}

#[test]
fn quiet_hours_and_the_mail_of_the_day_hold_back_what_is_not_urgent() {
    let house = House::estrie();
    let sink = Sink::start(Security::None, Mood::Takes);
    wish(&house.sign_in("marc"), "digest", &json!(null));
    wish(&house.sign_in("karine"), "immediate", &json!({"from": "09:00", "to": "12:00"}));
    wish(&house.sign_in("amina"), "off", &json!(null));
    // It is ten in the morning.
    for key in ["marc", "karine", "amina", "julie"] {
        leave(&house, key, "file.closed");
        leave(&house, key, "file.reopened");
    }
    deliver(&house, ESTRIE_NOW);
    assert_eq!(send(&house, &sink, ESTRIE_NOW), 1);
    assert_eq!(receivers(&sink), ["julie@police-demo.example"]);
    // What is urgent passes through both, but not to who wants no mail; what waited goes on waiting.
    for key in ["marc", "karine", "amina"] {
        leave(&house, key, "mobilisation.meeting_emergency");
    }
    deliver(&house, ESTRIE_NOW);
    assert_eq!(send(&house, &sink, ESTRIE_NOW), 2);
    // Noon by the clocks, then the next morning.
    assert_eq!(send(&house, &sink, "2026-11-22T16:59:59Z"), 0);
    assert_eq!(send(&house, &sink, "2026-11-22T17:00:00Z"), 1);
    assert_eq!(send(&house, &sink, "2026-11-23T12:59:59Z"), 0);
    assert_eq!(send(&house, &sink, "2026-11-23T13:00:00Z"), 1);
    assert_eq!(send(&house, &sink, "2026-11-24T13:00:00Z"), 0, "a day on which nothing happened");
    let (karine, marc) = ("karine@coordination-demo.example", "marc@police-demo.example");
    assert_eq!(receivers(&sink), ["julie@police-demo.example", karine, karine, marc, marc]);
    assert_eq!(
        house.sign_in("amina").get("/api/v1/me/inbox").expect(200)["items"].as_array().unwrap().len(),
        3
    );
}

#[test]
fn who_changes_her_mind_is_told_as_she_says_now() {
    let house = House::estrie();
    let sink = Sink::start(Security::None, Mood::Takes);
    let (marc, karine) = (house.sign_in("marc"), house.sign_in("karine"));
    for persona in [&marc, &karine] {
        wish(persona, "digest", &json!(null));
    }
    for key in ["marc", "karine"] {
        leave(&house, key, "file.closed");
    }
    deliver(&house, ESTRIE_NOW);
    assert_eq!(send(&house, &sink, ESTRIE_NOW), 0);
    wish(&marc, "immediate", &json!(null));
    wish(&karine, "off", &json!(null));
    assert_eq!(send(&house, &sink, ESTRIE_NOW), 1);
    assert_eq!(receivers(&sink), ["marc@police-demo.example"]);
    assert_eq!(send(&house, &sink, "2026-11-23T13:00:00Z"), 0);
}

fn acknowledge(persona: &Persona, kind: &str) -> Value {
    let inbox = persona.get("/api/v1/me/inbox").expect(200);
    let message = inbox["items"].as_array().unwrap().iter().find(|message| message["kind"] == kind).unwrap();
    let path = format!("/api/v1/me/inbox/{}/acknowledgement", message["id"].as_str().unwrap());
    persona.post(&path, &json!({})).expect(200)["read_at"].clone()
}

#[test]
fn a_withdrawal_reaches_whom_it_concerns_and_the_recording_agency_sees_who_acknowledged() {
    let house = House::estrie();
    let who = |key: &str| house.sign_in(key).for_purpose("safety_planning");
    let consent = |key: &str| format!("{}/consents/{}", house.file_path(), house.file().consents[key]);
    let path = format!("{}/acknowledgements", consent("c1"));
    let amina = who("amina");
    let before = amina.get(&path).expect(200);
    assert_eq!((&before["withdrawn_at"], &before["items"]), (&json!(null), &json!([])));
    // Recorded by the shelter, taken back with a worker of another agency.
    who("rose").post(&format!("{}/withdrawal", consent("c1")), &json!({})).expect(200);
    deliver(&house, ESTRIE_NOW);
    assert_eq!(amina.get("/api/v1/me/inbox").expect(200)["items"][0]["kind"], "consent.withdrawn");
    let told = |view: &Value| {
        let items = view["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["key"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let view = amina.get(&path).expect(200);
    assert_eq!(view["withdrawn_at"], json!(ESTRIE_NOW));
    // The services for partners, whom it refused, have nothing to stop using.
    let named = ["coordination-demo", "police-demo", "protection-jeunesse-demo", "sante-demo"];
    assert_eq!(told(&view), named);
    let partners = house.sign_in("yves").get("/api/v1/me/inbox").expect(200);
    assert_eq!(partners["items"][0]["kind"], "refusal.withdrawn");
    assert!(view["items"].as_array().unwrap().iter().all(|item| item["acknowledged_at"].is_null()));
    let at = acknowledge(&house.sign_in("julie"), "consent.withdrawn");
    let view = amina.get(&path).expect(200);
    let acknowledged: Vec<(&Value, &Value)> = view["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| !item["acknowledged_at"].is_null())
        .map(|item| (&item["key"], &item["acknowledged_at"]))
        .collect();
    assert_eq!(acknowledged, [(&json!("police-demo"), &at)]);
    // To every other agency there is nothing here, to those who were told neither.
    for key in ["julie", "rose", "karine", "dominic"] {
        who(key).get(&path).problem(404, "not-found");
    }
    let other = format!("{}/acknowledgements", consent("c2"));
    amina.get(&other).problem(404, "not-found");
    house.sign_in("amina").get(&path).problem(400, "purpose-required");
}

#[test]
fn whoever_circle_meant_is_told_of_a_withdrawal_and_two_withdrawals_are_kept_apart() {
    let house = House::estrie();
    let who = |key: &str| house.sign_in(key).for_purpose("safety_planning");
    let consent = |key: &str| format!("{}/consents/{}", house.file_path(), house.file().consents[key]);
    // When it was given, the circle was the shelter alone; the women's centre joined the same evening.
    house.database.run(&format!(
        "update consent set given_at = '2026-11-17T14:00:00Z' where id = '{}'",
        house.file().consents["c3"]
    ));
    who("amina").post(&format!("{}/withdrawal", consent("c3")), &json!({})).expect(200);
    deliver(&house, ESTRIE_NOW);
    acknowledge(&house.sign_in("rose"), "consent.withdrawn");
    acknowledge(&house.sign_in("marc"), "consent.withdrawn");
    who("amina").post(&format!("{}/withdrawal", consent("c1")), &json!({})).expect(200);
    deliver(&house, ESTRIE_NOW);
    let state = |key: &str| -> Vec<(String, bool)> {
        let view = who("amina").get(&format!("{}/acknowledgements", consent(key))).expect(200);
        let items = view["items"].as_array().unwrap().clone();
        items
            .iter()
            .map(|item| (item["key"].as_str().unwrap().to_owned(), !item["acknowledged_at"].is_null()))
            .collect()
    };
    let expected = [
        ("centre-femmes-demo", true),
        ("coordination-demo", false),
        ("police-demo", true),
        ("protection-jeunesse-demo", false),
        ("sante-demo", false),
    ];
    assert_eq!(state("c3"), expected.map(|(key, done)| (key.to_owned(), done)));
    assert!(state("c1").iter().all(|(_, done)| !done));
}

#[test]
fn a_file_brought_to_the_coordination_reaches_the_coordinator_and_the_respondents() {
    let house = House::estrie();
    let sink = Sink::start(Security::None, Mood::Takes);
    let louise = house.sign_in("louise").for_purpose("safety_planning");
    let opened = louise.post("/api/v1/files", &json!({"cell": house.loaded.cells["estrie"]})).expect(201);
    for key in ["coordination-demo", "police-demo", "conjoints-demo"] {
        let member = json!({"agency": house.loaded.agencies[key]});
        louise.post(&format!("/api/v1/files/{}/circle", opened["id"].as_str().unwrap()), &member).expect(201);
    }
    deliver(&house, ESTRIE_NOW);
    for key in ["karine", "marc", "eric", "yves"] {
        let inbox = house.sign_in(key).get("/api/v1/me/inbox").expect(200);
        assert_eq!(
            (&inbox["items"][0]["kind"], &inbox["items"][0]["file"]),
            (&json!("file.joined"), &opened["id"])
        );
    }
    send(&house, &sink, ESTRIE_NOW);
    let told = receivers(&sink);
    for address in
        ["karine@coordination-demo.example", "marc@police-demo.example", "yves@conjoints-demo.example"]
    {
        assert!(told.iter().any(|to| to == address), "{address} in {told:?}");
    }
    assert!(!told.iter().any(|to| to.starts_with("louise@")), "who brought it knows");
}
