//! The whole story of the Estrie file over HTTP, from a worker's worry to closure and after, told by its personas.
//! Each chapter is a moment: the server is started again at it, over the same database and keys.

use std::cell::Cell;

use serde_json::{Value, json};
use tests::harness::{Answer, House, Persona, Served};

/// Somebody who tells a part of the story; every call is a step of it.
struct Teller<'s> {
    persona: Persona,
    steps: &'s Cell<usize>,
}

impl Teller<'_> {
    fn get(&self, path: &str) -> Answer {
        self.steps.set(self.steps.get() + 1);
        self.persona.get(path)
    }

    fn post(&self, path: &str, body: Value) -> Answer {
        self.steps.set(self.steps.get() + 1);
        self.persona.post(path, &body)
    }

    /// The same, with the tag of what is changed as it is now.
    fn post_seen(&self, of: &str, path: &str, body: Value) -> Answer {
        self.steps.set(self.steps.get() + 1);
        let tag = self.persona.get(of).header("etag").unwrap_or("\"none\"").to_owned();
        self.persona.with("If-Match", &tag).post(path, &body)
    }
}

fn code(answer: &Answer) -> String {
    answer.problem(409, "conflict")["errors"][0]["code"].as_str().unwrap_or_default().to_owned()
}

fn href(answer: &Answer) -> String {
    answer.expect(201)["href"].as_str().unwrap().to_owned()
}

#[test]
fn from_a_workers_worry_to_a_safety_net_that_holds_to_closure_and_a_repeat() {
    let house = House::estrie();
    let steps = Cell::new(0);
    let at = |now: &str| Served::at(&house.database.url, &house.keystore_path(), now);
    let agency = |key: &str| json!(house.loaded.agencies[key]);
    let user = |key: &str| json!(house.loaded.users[key]);
    let person = |key: &str| json!(house.file().persons[key]);
    let file = house.file_path();

    // Sunday, ten o'clock: Amina is worried.
    let now = at("2026-11-22T15:00:00Z");
    let tell = |key: &str| Teller { persona: now.sign_in(key).for_purpose("safety_planning"), steps: &steps };
    let (amina, louise, karine) = (tell("amina"), tell("louise"), tell("karine"));
    let (marc, thomas, yves, rose) = (tell("marc"), tell("thomas"), tell("yves"), tell("rose"));
    let instrument = amina.get("/api/v1/instruments/cir-generique").expect(200);
    assert_eq!(instrument["code"], "cir-generique");
    let fact = json!({"person": person("mireille"), "field": "escalation", "value": true});
    amina.post(&format!("{file}/facts"), fact).expect(201);
    let path = href(&amina.post("/api/v1/mobilisations", json!({"cell": house.loaded.cells["estrie"]})));
    karine.get(&path).problem(404, "not-found");
    let codes = json!({"age_band": "30_44", "region": "05", "level": "aggravated",
        "factors": ["separation_recent", "death_threats", "weapon_access", "children_exposed"]});
    amina.post(&format!("{path}/consultation"), json!({})).problem(403, "not-permitted");
    assert_eq!(code(&louise.post(&format!("{path}/consultation"), json!({}))), "step_not_possible");
    amina.post(&format!("{path}/appraisal"), codes).expect(200);

    // Louise brings it to the cell, and nobody is named.
    louise.post(&format!("{path}/consultation"), json!({})).expect(200);
    let seen = karine.get(&path).expect(200);
    assert!(seen.get("file").is_none() && !seen.to_string().contains("Mireille"));
    rose.get(&path).problem(404, "not-found");
    karine.post(&format!("{path}/analysis"), json!({})).expect(200);
    let opinion = |word: &str| json!({"opinion": word, "reasons": ["life_threatened"]});
    let decision = json!({"decision": "triggered", "reasons": ["life_threatened", "means_exceeded"]});
    marc.post(&format!("{path}/opinions"), opinion("trigger")).expect(200);
    louise.post(&format!("{path}/opinions"), opinion("more")).expect(200);
    louise.post(&format!("{path}/opinions"), opinion("trigger")).expect(200);
    assert_eq!(code(&karine.post(&format!("{path}/decision"), decision.clone())), "quorum_missing");
    thomas.post(&format!("{path}/opinions"), opinion("trigger")).expect(200);
    marc.post(&format!("{path}/decision"), decision.clone()).problem(403, "not-permitted");
    let moved = karine.post(&format!("{path}/decision"), decision).expect(200);
    assert_eq!((&moved["state"], &moved["due_at"]), (&json!("triggered"), &json!("2026-11-23T15:00:00Z")));

    // Nobody meets before identity is lawfully open; the level alone does not open it.
    let seat = |key: &str, person: &str| json!({"agency": agency(key), "person": user(person), "capacity": "able_to_aid"});
    let mut police = seat("police-demo", "marc");
    police["substitute"] = user("julie");
    let mut call = json!({"kind": "regular", "starts_at": "2026-11-22T20:00:00Z", "mode": "in_person",
        "participants": [police, seat("hebergement-demo", "louise"), seat("sante-demo", "thomas"),
            seat("conjoints-demo", "yves")]});
    assert_eq!(code(&karine.post(&format!("{path}/meetings"), call.clone())), "identity_not_open");
    amina.post(&format!("{path}/identity"), json!({"file": house.file().id})).problem(403, "not-permitted");
    louise.post(&format!("{path}/identity"), json!({"file": house.file().id})).expect(200);
    assert_eq!(karine.get(&path).expect(200)["file"], json!(house.file().id));
    // There are children: child protection has a seat.
    let refused = karine.post(&format!("{path}/meetings"), call.clone());
    assert!(refused.text.contains("child_protection_missing"), "{}", refused.text);
    call["participants"].as_array_mut().unwrap().push(seat("protection-jeunesse-demo", "nadia"));
    let meeting = href(&karine.post(&format!("{path}/meetings"), call));
    let invitation = marc.get(&format!("{meeting}/invitation.ics"));
    assert_eq!(invitation.status, 200);
    assert!(!invitation.text.contains("Mireille") && !invitation.text.contains("EST-2026"));
    marc.post(&format!("{meeting}/replies"), json!({"reply": "attending"})).expect(200);
    yves.post(&format!("{meeting}/replies"), json!({"reply": "attending"})).expect(200);
    thomas.post(&format!("{meeting}/answers"), json!({"answer": "nothing_held"})).expect(200);
    let empty = marc.post(&format!("{meeting}/answers"), json!({"answer": "shared"})).problem(422, "invalid");
    assert_eq!(empty["errors"][0]["code"], "contribution_missing");
    drop((amina, louise, karine, marc, thomas, yves, rose));
    drop(now);

    // Three in the afternoon, in Sherbrooke: the cell meets.
    let now = at("2026-11-22T20:00:00Z");
    let tell = |key: &str| Teller { persona: now.sign_in(key).for_purpose("safety_planning"), steps: &steps };
    let (louise, karine, marc, yves) = (tell("louise"), tell("karine"), tell("marc"), tell("yves"));
    karine.post(&format!("{meeting}/opening"), json!({"undertaking": true})).expect(200);
    let mut presences = Vec::new();
    for (key, person) in [("police-demo", "marc"), ("hebergement-demo", "louise"), ("conjoints-demo", "yves")]
    {
        let mut arrival = seat(key, person);
        let unsworn = karine.post(&format!("{meeting}/attendance"), arrival.clone());
        assert!(unsworn.text.contains("undertaking"), "{}", unsworn.text);
        arrival["undertaking"] = json!(true);
        presences.push(karine.post(&format!("{meeting}/attendance"), arrival).expect(201)["id"].clone());
    }
    let brought = marc.post(
        &format!("{meeting}/contributions"),
        json!({"person": person("stephane"),
        "category": "weapons", "text": "Deux armes d’épaule non saisies.", "certainty": "observed"}),
    );
    let weapons = brought.expect(201)["document"].clone();
    marc.post(&format!("{meeting}/answers"), json!({"answer": "shared"})).expect(200);
    let minutes = format!("{meeting}/minutes");
    assert!(!louise.get(&minutes).expect(200).to_string().contains("Deux armes"));
    let emergency = json!({"items": [{"document": weapons}], "basis": {"basis_code": "QC_A21_59_1", "attestations":
        {"serious_risk": true, "threat": "act_of_violence", "urgency": true, "necessary_only": true}}});
    let told = marc.post(&format!("{meeting}/oral-disclosures"), emergency).expect(201);
    assert_eq!(told["disclosures"].as_array().unwrap().len(), 3, "one act for each recipient");
    assert!(louise.get(&minutes).expect(200).to_string().contains("Deux armes"));
    // What the shelter tells on consent the services for partners may not hear: they leave for that part.
    let consented = json!({"items": [{"fact": house.file().facts["f08"]}], "basis": {"consent": true}});
    assert!(
        louise
            .post(&format!("{meeting}/oral-disclosures"), consented.clone())
            .text
            .contains("no_lawful_basis")
    );
    let departure = format!("{meeting}/attendance/{}/departure", presences[2].as_str().unwrap());
    karine.post(&departure, json!({})).expect(200);
    louise.post(&format!("{meeting}/oral-disclosures"), consented).expect(201);
    let agreed = json!({"person": person("mireille"), "category": "safety_plan", "text": "Elle reste à l’abri jusqu’à la saisie."});
    karine.post(&format!("{meeting}/decisions"), agreed).expect(201);
    assert!(!yves.get(&minutes).expect(200).to_string().contains("abri"), "no way round the wall");

    // The safety net: each action has one owner, a person protected, an hour.
    assert_eq!(code(&karine.post(&format!("{path}/plan"), json!({}))), "no_action");
    let mut patrol = json!({"kind": "patrol", "owner_agency": agency("police-demo"), "owner": user("julie"),
        "protects": [person("mireille")], "text": "Passer aux heures de sortie de l’école."});
    karine.post(&format!("{path}/actions"), patrol.clone()).problem(422, "invalid");
    patrol["due_at"] = json!("2026-11-22T19:00:00Z");
    karine.post(&format!("{path}/actions"), patrol.clone()).problem(422, "invalid");
    patrol["due_at"] = json!("2026-11-23T15:00:00Z");
    let action = href(&karine.post(&format!("{path}/actions"), patrol));
    karine.post(&format!("{meeting}/closure"), json!({})).expect(200);
    assert_eq!(code(&karine.post(&format!("{meeting}/closure"), json!({}))), "meeting_over");
    let plan = karine.post(&format!("{path}/plan"), json!({"review_at": "2026-11-29T15:00:00Z"})).expect(200);
    assert_eq!(plan["state"], "planned");
    let paper = karine.get(&format!("{path}/plan/paper?format=html"));
    assert!(paper.status == 200 && paper.text.contains("<h1"), "{}", paper.text);
    drop((louise, karine, marc, yves));
    drop(now);

    // The next day at noon the patrol is overdue; Julie does it and says so. Then he comes back.
    let now = at("2026-11-23T17:00:00Z");
    let tell = |key: &str| Teller { persona: now.sign_in(key).for_purpose("safety_planning"), steps: &steps };
    let (amina, julie, karine) = (tell("amina"), tell("julie"), tell("karine"));
    assert_eq!(julie.get(&action).expect(200)["overdue"], true);
    karine
        .post(&format!("{action}/outcome"), json!({"outcome": "done"}))
        .problem(428, "precondition-required");
    julie.post_seen(&action, &format!("{action}/start"), json!({})).expect(200);
    julie
        .post_seen(&action, &format!("{action}/outcome"), json!({"outcome": "done", "reasons": []}))
        .expect(200);
    assert_eq!(julie.get(&action).expect(200)["overdue"], false);
    let incident =
        json!({"person": person("mireille"), "field": "incident", "value": "Il a attendu devant l’école."});
    amina.post(&format!("{file}/facts"), incident).expect(201);
    assert_eq!(karine.get(&path).expect(200)["reappraisal_due_at"], "2026-11-23T17:00:00Z");
    let review =
        json!({"review_at": "2026-12-07T15:00:00Z", "level": "aggravated", "reasons": ["new_event"]});
    assert_eq!(karine.post(&format!("{path}/reviews"), review).expect(200)["state"], "follow_up");
    drop((amina, julie, karine));
    drop(now);

    // A month later the net holds. It is closed, and what was learned names nobody.
    let now = at("2026-12-20T15:00:00Z");
    let tell = |key: &str| Teller { persona: now.sign_in(key).for_purpose("safety_planning"), steps: &steps };
    let (karine, marc, aline) = (tell("karine"), tell("marc"), tell("aline"));
    assert_eq!(karine.get(&path).expect(200)["overdue"], true);
    marc.post(
        &format!("{path}/closure"),
        json!({"reasons": ["net_holds"], "residual_level": "watch", "following": []}),
    )
    .problem(403, "not-permitted");
    let closure = json!({"reasons": ["net_holds"], "residual_level": "watch", "following": [agency("hebergement-demo")]});
    assert_eq!(karine.post(&format!("{path}/closure"), closure).expect(200)["state"], "closed");
    karine.post(&format!("{path}/lessons"), json!({"themes": ["firearms"]})).expect(201);
    assert_eq!(code(&karine.post(&format!("{path}/plan"), json!({}))), "step_not_possible");
    let log = aline.get(&format!("{file}/access-log")).expect(200);
    assert!(!log["items"].as_array().unwrap().is_empty() && !log.to_string().contains("Deux armes"));
    drop((karine, marc, aline));
    drop(now);

    // Twelve months to the day after the last referral a new event is a repeat; the day after it is a new referral.
    let report = json!({"reasons": ["repeat"]});
    let late = at("2027-11-23T15:00:00Z");
    let marc = Teller { persona: late.sign_in("marc").for_purpose("safety_planning"), steps: &steps };
    assert_eq!(code(&marc.post(&format!("{path}/repeats"), report.clone())), "repeat_window_over");
    drop(late);
    let now = at("2027-11-22T15:00:00Z");
    let tell = |key: &str| Teller { persona: now.sign_in(key).for_purpose("safety_planning"), steps: &steps };
    let (karine, marc) = (tell("karine"), tell("marc"));
    let again = marc.post(&format!("{path}/repeats"), report).expect(201)["id"].as_str().unwrap().to_owned();
    let again = format!("/api/v1/mobilisations/{again}");
    let repeat = karine.get(&again).expect(200);
    assert_eq!(repeat["repeat_of"].as_str().map(|id| path.ends_with(id)), Some(true));
    let decision = json!({"decision": "triggered", "reasons": ["repeat"]});
    assert_eq!(karine.post(&format!("{again}/decision"), decision).expect(200)["state"], "triggered");

    assert!(steps.get() >= 60, "only {} steps", steps.get());
}
