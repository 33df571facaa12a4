//! Calling people to a table.

use serde_json::{Value, json};
use tests::harness::{House, Plan};

use super::*;

#[test]
fn nobody_is_called_before_identity_is_open_and_only_by_the_coordinator() {
    let house = House::estrie();
    let path = triggered(&house);
    let early = who(&house, "karine").post(&format!("{path}/meetings"), &call(&house));
    assert_eq!(code(&early), "identity_not_open");
    let path = identified(&house);
    who(&house, "marc").post(&format!("{path}/meetings"), &call(&house)).problem(403, "not-permitted");
    let made = who(&house, "karine").post(&format!("{path}/meetings"), &call(&house));
    let body = made.expect(201);
    assert_eq!(made.header("location"), body["href"].as_str());
    assert_eq!(
        (&body["late"], &body["short_of_quorum"], &body["warnings"]),
        (&json!(false), &json!(false), &json!([]))
    );
    assert_eq!(who(&house, "karine").get(&path).expect(200)["state"], "meeting");
    let listed = who(&house, "marc").get(&format!("{path}/meetings")).expect(200);
    assert_eq!(listed["items"][0]["id"], body["id"]);
    assert_eq!(listed["items"][0]["stage"], "convened");
}

#[test]
fn what_is_wrong_with_a_call_is_named_and_a_recused_person_is_an_unknown_one() {
    let house = House::estrie();
    let path = format!("{}/meetings", identified(&house));
    let karine = who(&house, "karine");
    let with = |change: &dyn Fn(&mut Value)| {
        let mut call = call(&house);
        change(&mut call);
        wrong(&karine.post(&path, &call))
    };
    assert_eq!(
        with(&|c| c["starts_at"] = json!("2026-11-22T13:00:00Z")),
        pairs(&[("/starts_at", "in_the_past")])
    );
    assert_eq!(with(&|c| c["ends_at"] = json!(SOON)), pairs(&[("/ends_at", "wrong_order")]));
    assert_eq!(with(&|c| c["participants"] = json!([])), pairs(&[("/participants", "empty_list")]));
    assert_eq!(
        with(&|c| c["participants"][1]["agency"] = agency(&house, "police-demo"))[0],
        ("/participants/1/agency".into(), "duplicate".into())
    );
    // Éric is recused, Dominic works in another cell, Pascal sees no content, Yves works for another agency, nobody
    // has the last handle: one answer.
    let mut answers = Vec::new();
    for nobody in ["eric", "dominic", "pascal", "yves"] {
        let mut call = call(&house);
        call["participants"][0]["person"] = user(&house, nobody);
        answers.push(karine.post(&path, &call).problem(422, "invalid"));
    }
    let mut call_nobody = call(&house);
    call_nobody["participants"][0]["person"] = json!("01890000-0000-7000-8000-000000000000");
    answers.push(karine.post(&path, &call_nobody).problem(422, "invalid"));
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(answers[0]["errors"][0]["code"], "unknown_reference");
    assert_eq!(
        with(&|c| c["participants"][0]["substitute"] = user(&house, "eric")),
        pairs(&[("/participants/0/substitute", "unknown_reference")])
    );
    assert_eq!(
        with(&|c| {
            c["participants"].as_array_mut().unwrap().pop();
        }),
        pairs(&[("/participants", "child_protection_missing")])
    );
    assert_eq!(
        with(&|c| {
            c["participants"].as_array_mut().unwrap().drain(0..2);
        }),
        pairs(&[("/participants", "quorum_missing")])
    );
}

#[test]
fn when_life_cannot_wait_two_organisations_meet_at_once_and_it_is_recorded_as_such() {
    let house = House::estrie();
    let path = identified(&house);
    let mut call = call(&house);
    call["kind"] = json!("emergency");
    call["starts_at"] = json!("2026-11-22T15:00:00Z");
    call["participants"].as_array_mut().unwrap().truncate(1);
    let alone = who(&house, "karine").post(&format!("{path}/meetings"), &call);
    assert_eq!(wrong(&alone), pairs(&[("/participants", "quorum_missing")]));
    call["participants"].as_array_mut().unwrap().push(seat(&house, "hebergement-demo", "louise"));
    let made = who(&house, "karine").post(&format!("{path}/meetings"), &call).expect(201);
    assert_eq!(made["short_of_quorum"], true);
    assert_eq!(made["warnings"], json!(["child_protection_missing"]));
    assert_eq!(kinds(&house, "julie"), ["mobilisation.meeting_emergency"]);
    // In the same minute it is opened, sits and closes.
    let meeting = made["href"].as_str().unwrap();
    who(&house, "karine").post(&format!("{meeting}/opening"), &json!({"undertaking": true})).expect(200);
    arrive(&house, meeting, "police-demo", "julie").expect(201);
    assert_eq!(
        code(&who(&house, "karine").post(&format!("{meeting}/closure"), &json!({}))),
        "quorum_missing"
    );
    arrive(&house, meeting, "hebergement-demo", "louise").expect(201);
    who(&house, "karine").post(&format!("{meeting}/closure"), &json!({})).expect(200);
    assert_eq!(who(&house, "karine").get(&path).expect(200)["met_at"], "2026-11-22T15:00:00Z");
}

/// Pitfall 14: twenty-four hours are elapsed time.
#[test]
fn the_hours_of_a_cell_are_elapsed_time_also_when_the_clocks_change() {
    let house = House::build(Plan { now: Some("2027-03-13T17:00:00Z".parse().unwrap()), ..Plan::default() });
    let yes = json!({"subject": person(&house, "mireille"), "grantor": {"kind": "self"}, "limits_explained": true,
        "provisions": [{"effect": "permit", "recipients": [agency(&house, "coordination-demo")],
        "categories": ["identity"], "purposes": ["safety_planning"], "sources": ["*"]}]});
    who(&house, "amina").post(&format!("{}/consents", house.file_path()), &yes).expect(201);
    let path = format!("{}/meetings", identified(&house));
    // Noon of Saturday to half past twelve of Sunday reads as more than a day, and is not: an hour was skipped.
    for (starts_at, late) in
        [("2027-03-14T16:30:00Z", false), ("2027-03-14T17:00:00Z", false), ("2027-03-14T17:30:00Z", true)]
    {
        let mut call = call(&house);
        call["starts_at"] = json!(starts_at);
        let made = who(&house, "karine").post(&path, &call).expect(201);
        assert_eq!(made["late"], late, "{starts_at}");
    }
    // Only a regular meeting is late.
    let mut again = call(&house);
    again["starts_at"] = json!("2027-03-20T17:00:00Z");
    again["kind"] = json!("repeat");
    assert_eq!(who(&house, "karine").post(&path, &again).expect(201)["late"], false);
}

#[test]
fn who_is_called_from_outside_the_circle_learns_when_and_where_and_nothing_of_the_file() {
    let house = House::estrie();
    let path = identified(&house);
    let sofia = who(&house, "sofia");
    let before = sofia.get(&house.file_path()).expect(200);
    let mut call = call(&house);
    call["participants"].as_array_mut().unwrap().push(seat(&house, "aide-victimes-demo", "sofia"));
    let meeting = convened(&house, &path, &call);
    let item = json!({"items": [{"code": "summary"}, {"person": person(&house, "mireille"), "category": "safety_plan",
        "text": "Zq-canari à l’ordre du jour"}]});
    who(&house, "karine").post(&format!("{meeting}/agenda"), &item).expect(201);
    assert_eq!(kinds(&house, "sofia"), ["mobilisation.meeting"]);
    assert_eq!(kinds(&house, "rose"), [""; 0]);
    let called = house.sign_in("sofia").get("/api/v1/me/meetings").expect(200);
    assert_eq!(called["items"][0]["starts_at"], SOON);
    let seen = sofia.get(&meeting).expect(200);
    assert_eq!(seen["place"], "Salle Zq-canari, 2e étage");
    assert_eq!(seen["participants"].as_array().unwrap().len(), 1);
    assert_eq!(seen["participants"][0]["agency"], agency(&house, "aide-victimes-demo"));
    assert_eq!(seen["agenda"], json!([]));
    assert!(seen.get("attendance").is_none());
    sofia.post(&format!("{meeting}/replies"), &json!({"reply": "attending"})).expect(200);
    let said = json!({"person": person(&house, "gilles"), "category": "identity", "text": "x", "certainty": "observed"});
    sofia.post(&format!("{meeting}/contributions"), &said).problem(403, "not-permitted");
    sofia.post(&format!("{meeting}/answers"), &json!({"answer": "nothing_held"})).expect(200);
    sofia.get(&format!("{meeting}/minutes")).problem(404, "not-found");
    assert_eq!(sofia.get(&format!("{meeting}/contributions")).expect(200)["items"], json!([]));
    sofia.get(&path).problem(404, "not-found");
    sofia.get(&format!("{path}/meetings")).problem(404, "not-found");
    let mut after = sofia.get(&house.file_path()).expect(200);
    after["access_event"] = before["access_event"].clone();
    assert_eq!(after, before);
    // Rose, in the circle and not called, knows that it is held and not where.
    let rose = who(&house, "rose").get(&meeting).expect(200);
    assert!(rose["place"].is_null() && rose.get("attendance").is_none());
    who(&house, "rose")
        .post(&format!("{meeting}/replies"), &json!({"reply": "attending"}))
        .problem(403, "not-permitted");
}

#[test]
fn a_calendar_event_says_that_somebody_meets_and_nothing_else() {
    let house = House::estrie();
    let path = identified(&house);
    let meeting = convened(&house, &path, &call(&house));
    let event = who(&house, "julie").get(&format!("{meeting}/invitation.ics"));
    assert_eq!(event.status, 200, "{}", event.text);
    assert_eq!(event.header("content-type"), Some("text/calendar; charset=utf-8"));
    let names: Vec<&str> = event.text.lines().filter_map(|line| line.split([':', ';']).next()).collect();
    assert_eq!(
        names,
        [
            "BEGIN", "VERSION", "PRODID", "CALSCALE", "METHOD", "BEGIN", "CLASS", "DTSTAMP", "DTSTART",
            "SEQUENCE", "STATUS", "SUMMARY", "UID", "END", "END"
        ]
    );
    assert!(event.text.contains("METHOD:REQUEST\r\n") && event.text.contains("SUMMARY:Rencontre\r\n"));
    assert!(event.text.contains("DTSTART:20261122T200000Z"), "{}", event.text);
    let id = meeting.rsplit('/').next().unwrap();
    for told in ["canari", "EST-2026", "Filet", "filet", "M-", id, "police", "Estrie"] {
        assert!(!event.text.contains(told), "{told}");
    }
    who(&house, "rose").get(&format!("{meeting}/invitation.ics")).problem(404, "not-found");
    who(&house, "dominic").get(&format!("{meeting}/invitation.ics")).problem(404, "not-found");
}

#[test]
fn a_meeting_moves_or_is_called_off_by_who_saw_it_last_and_replies_start_again() {
    let house = House::estrie();
    let path = identified(&house);
    let meeting = convened(&house, &path, &call(&house));
    let (karine, marc) = (who(&house, "karine"), who(&house, "marc"));
    marc.post(&format!("{meeting}/replies"), &json!({"reply": "substitute"})).expect(200);
    let seen = karine.get(&meeting);
    assert_eq!(
        seen.expect(200)["participants"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|seat| seat["reply"] == "substitute")
            .count(),
        1
    );
    let body = json!({"starts_at": "2026-11-22T22:00:00Z"});
    let patch = |persona: &tests::harness::Persona| {
        persona.send("PATCH", &meeting, Some(("application/json", &body.to_string())))
    };
    patch(&karine).problem(428, "precondition-required");
    patch(&karine.with("If-Match", "\"old\"")).problem(412, "precondition-failed");
    patch(&marc.with("If-Match", seen.header("etag").unwrap())).problem(403, "not-permitted");
    let moved = patch(&karine.with("If-Match", seen.header("etag").unwrap())).expect(200);
    assert_eq!(moved["starts_at"], "2026-11-22T22:00:00Z");
    assert_eq!(kinds(&house, "julie"), ["mobilisation.meeting", "mobilisation.meeting_changed"]);
    let now = karine.get(&meeting);
    assert!(
        now.expect(200)["participants"].as_array().unwrap().iter().all(|seat| seat.get("reply").is_none())
    );
    assert_eq!(now.json()["place"], "Salle Zq-canari, 2e étage");
    let event = marc.get(&format!("{meeting}/invitation.ics")).text;
    assert!(event.contains("SEQUENCE:1\r\n") && event.contains("DTSTART:20261122T220000Z"), "{event}");
    let cancel = format!("{meeting}/cancellation");
    karine.post(&cancel, &json!({})).problem(428, "precondition-required");
    karine.with("If-Match", now.header("etag").unwrap()).post(&cancel, &json!({})).expect(200);
    let event = marc.get(&format!("{meeting}/invitation.ics")).text;
    assert!(event.contains("METHOD:CANCEL\r\n") && event.contains("STATUS:CANCELLED\r\n"), "{event}");
    assert!(kinds(&house, "marc").contains(&"mobilisation.meeting_cancelled".to_owned()));
    let open = karine.post(&format!("{meeting}/opening"), &json!({"undertaking": true}));
    assert_eq!(code(&open), "meeting_over");
    assert_eq!(
        code(&marc.post(&format!("{meeting}/replies"), &json!({"reply": "attending"}))),
        "meeting_over"
    );
}
