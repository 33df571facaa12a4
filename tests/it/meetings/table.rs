//! At the table: who is in the room, what is told to whom, what is decided, and when it counts as a meeting.

use serde_json::{Value, json};
use tests::harness::House;

use super::*;

const ROOM: &[(&str, &str)] = &[
    ("police-demo", "marc"),
    ("hebergement-demo", "louise"),
    ("sante-demo", "thomas"),
    ("protection-jeunesse-demo", "nadia"),
];

/// The partners' services disclose what they know, in the room.
fn emergency(house: &House) -> Value {
    json!({"items": [fact(house, "f27"), fact(house, "f28")], "basis": {"basis_code": "QC_P391_18_1",
        "attestations": {"serious_risk": true, "threat": "act_of_violence", "urgency": true, "necessary_only": true},
        "record": {"exposed": [person(house, "mireille")], "act_feared": "homicide", "danger": "armes", "urgency": "libre",
        "information": "propos du 14 novembre"}}})
}

fn acts_of(house: &House, key: &str) -> Vec<Value> {
    let register = house.sign_in(key).get("/api/v1/registers/disclosures").expect(200);
    register["items"].as_array().unwrap().clone()
}

#[test]
fn an_agency_answers_and_the_coordination_learns_what_was_answered_and_not_what_is_held() {
    let house = House::estrie();
    let meeting = convened(&house, &identified(&house), &call(&house));
    let answers = format!("{meeting}/answers");
    let marc = who(&house, "marc");
    assert_eq!(
        wrong(&marc.post(&answers, &json!({"answer": "shared"}))),
        pairs(&[("/answer", "contribution_missing")])
    );
    assert_eq!(wrong(&marc.post(&answers, &json!({"answer": "withheld"}))), pairs(&[("/reason", "missing")]));
    assert_eq!(
        wrong(&marc.post(&answers, &json!({"answer": "withheld", "reason": "elle ne veut pas"}))),
        pairs(&[("/reason", "unknown_code")])
    );
    marc.post(&answers, &json!({"answer": "withheld", "reason": "not_verified"})).expect(200);
    let answer_of = |key: &str| {
        let seen = who(&house, key).get(&meeting).expect(200);
        let seats = seen["participants"].as_array().unwrap().clone();
        seats.into_iter().find(|seat| seat["agency"] == agency(&house, "police-demo")).unwrap()
    };
    let seen = answer_of("karine");
    assert_eq!((&seen["answer"], seen.get("answer_reason")), (&json!("withheld"), None));
    assert_eq!(answer_of("julie")["answer_reason"], "not_verified");
    assert!(answer_of("louise").get("answer").is_none());
    bring(&house, &meeting, "julie", "stephane", "weapons", "Deux armes longues.");
    marc.post(&answers, &json!({"answer": "shared"})).expect(200);
    assert_eq!(answer_of("karine")["answer"], "shared");
    who(&house, "rose").post(&answers, &json!({"answer": "nothing_held"})).problem(403, "not-permitted");
}

#[test]
fn whoever_types_speaks_for_her_own_agency_and_rests_on_its_own_facts() {
    let house = House::estrie();
    let meeting = sitting(&house, &call(&house), ROOM);
    let path = format!("{meeting}/contributions");
    let said = |facts: Value| {
        json!({"person": person(&house, "stephane"), "category": "weapons", "text": "Deux armes.",
        "certainty": "reported", "known_on": "2026-11-17", "facts": facts})
    };
    let foreign = who(&house, "karine").post(&path, &said(json!([house.file().facts["f26"]])));
    assert_eq!(wrong(&foreign), pairs(&[("/facts/0", "unknown_reference")]));
    let mut source = said(json!([]));
    source["source"] = agency(&house, "police-demo");
    assert_eq!(wrong(&who(&house, "karine").post(&path, &source)), pairs(&[("/source", "unknown_member")]));
    who(&house, "karine").post(&path, &said(json!([]))).expect(201);
    let own = who(&house, "karine").get(&path).expect(200);
    assert_eq!(own["items"][0]["source"], agency(&house, "coordination-demo"));
    let made = who(&house, "julie").post(&path, &said(json!([house.file().facts["f26"]]))).expect(201);
    let seen = who(&house, "marc").get(&path).expect(200);
    assert_eq!(seen["items"].as_array().unwrap().len(), 1);
    assert_eq!(seen["items"][0]["document"], made["document"]);
    assert_eq!(seen["items"][0]["facts"], json!([house.file().facts["f26"]]));
    assert_eq!(
        (&seen["items"][0]["certainty"], &seen["items"][0]["known_on"]),
        (&json!("reported"), &json!("2026-11-17"))
    );
    let mut later = said(json!([]));
    later["known_on"] = json!("2026-11-23");
    assert_eq!(wrong(&who(&house, "marc").post(&path, &later)), pairs(&[("/known_on", "in_the_future")]));
    let notes = json!({"person": person(&house, "stephane"), "category": "notes", "text": "x", "certainty": "inferred"});
    assert_eq!(
        wrong(&who(&house, "marc").post(&path, &notes)),
        pairs(&[("/category", "notes_never_disclosed")])
    );
}

#[test]
fn nobody_enters_without_the_undertaking_or_uncalled_or_recused() {
    let house = House::estrie();
    let meeting = convened(&house, &identified(&house), &call(&house));
    let path = format!("{meeting}/attendance");
    let karine = who(&house, "karine");
    let mut arrival = seat(&house, "police-demo", "julie");
    arrival["undertaking"] = json!(true);
    assert_eq!(code(&karine.post(&path, &arrival)), "meeting_not_open");
    let unread = karine.post(&format!("{meeting}/opening"), &json!({}));
    assert_eq!(wrong(&unread), pairs(&[("/undertaking", "undertaking_missing")]));
    karine.post(&format!("{meeting}/opening"), &json!({"undertaking": true})).expect(200);
    assert_eq!(
        code(&karine.post(&format!("{meeting}/opening"), &json!({"undertaking": true}))),
        "meeting_open"
    );
    let unread = karine.post(&path, &seat(&house, "police-demo", "julie"));
    assert_eq!(wrong(&unread), pairs(&[("/undertaking", "undertaking_missing")]));
    assert_eq!(
        wrong(&arrive(&house, &meeting, "police-demo", "eric")),
        pairs(&[("/person", "unknown_reference")])
    );
    // The substitute records herself, and nobody else.
    let julie = who(&house, "julie");
    julie.post(&path, &arrival).expect(201);
    assert_eq!(code(&julie.post(&path, &arrival)), "still_in_the_room");
    let mut louise = seat(&house, "hebergement-demo", "louise");
    louise["undertaking"] = json!(true);
    assert_eq!(wrong(&julie.post(&path, &louise)), pairs(&[("/person", "not_called")]));
    let mut marc = seat(&house, "police-demo", "marc");
    (marc["undertaking"], marc["capacity"]) = (json!(true), json!("exposed"));
    assert_eq!(wrong(&karine.post(&path, &marc)), pairs(&[("/capacity", "capacity_differs")]));
    // The coordinator admits at the table whom nobody had called.
    let admitted = arrive(&house, &meeting, "centre-femmes-demo", "rose").expect(201);
    assert_eq!((&admitted["admitted"], &admitted["undertaking"]), (&json!(true), &json!("2026-11")));
    let seen = who(&house, "rose").get(&meeting).expect(200);
    assert_eq!(seen["attendance"].as_array().unwrap().len(), 3);
    assert_eq!(seen["attendance"][1]["undertaken_at"], ESTRIE_NOW);
    let presence = format!("{path}/{}/departure", admitted["id"].as_str().unwrap());
    julie.post(&presence, &json!({})).problem(404, "not-found");
    who(&house, "rose").post(&presence, &json!({})).expect(200);
    assert_eq!(code(&who(&house, "rose").post(&presence, &json!({}))), "already_left");
}

/// N tellers and M recipients are N × M communications, and as many entries.
#[test]
fn what_is_told_under_a_legal_basis_is_one_act_and_one_entry_for_each_recipient() {
    let house = House::estrie();
    let room = [("police-demo", "marc"), ("hebergement-demo", "louise"), ("conjoints-demo", "yves")];
    let meeting = sitting(&house, &call_with_partners_services(&house), &room);
    let before = acts_of(&house, "yves").len();
    let path = format!("{meeting}/oral-disclosures");
    let told = who(&house, "yves").post(&path, &emergency(&house)).expect(201);
    let recipients = json!([
        agency(&house, "coordination-demo"),
        agency(&house, "police-demo"),
        agency(&house, "hebergement-demo")
    ]);
    assert_eq!(told["recipients"], recipients);
    assert_eq!(told["disclosures"].as_array().unwrap().len(), 3);
    let police = json!({"items": [fact(&house, "f26")], "basis": {"basis_code": "QC_A21_59_1", "attestations":
        {"serious_risk": true, "threat": "act_of_violence", "urgency": true, "necessary_only": true}}});
    let by_police = who(&house, "marc").post(&path, &police).expect(201);
    assert_eq!(by_police["disclosures"].as_array().unwrap().len(), 3);
    assert_eq!(
        (&by_police["directive_missing"], &by_police["record_due"]),
        (&json!(true), &json!("2026-11-23T15:00:00Z"))
    );
    let entries = acts_of(&house, "yves");
    assert_eq!(entries.len(), before + 3);
    let id = meeting.rsplit('/').next().unwrap();
    let mut told_to = Vec::new();
    for entry in entries.iter().filter(|entry| entry["channel"] == "oral") {
        assert_eq!(entry["meeting"], json!(id));
        assert_eq!(entry["recipients"].as_array().unwrap().len(), 1);
        assert_eq!(entry["recipients"][0]["capacity"], "able_to_aid");
        assert_eq!(entry["register"]["record"]["act_feared"], "homicide");
        told_to.push(entry["recipients"][0]["agency"].to_string());
    }
    told_to.sort();
    let mut expected: Vec<_> = recipients.as_array().unwrap().iter().map(Value::to_string).collect();
    expected.sort();
    assert_eq!(told_to, expected);
    assert_eq!(entries[0]["channel"], "platform");
    // Teller and recipient see what; the coordination, itself told, sees its own and that the others exist.
    let seen = |key: &str| who(&house, key).get(&path).expect(200)["items"].as_array().unwrap().clone();
    assert_eq!(seen("yves").len(), 3 + 1);
    assert_eq!(seen("louise").len(), 2);
    let all = seen("karine");
    assert_eq!(all.len(), 6);
    let foreign: Vec<_> =
        all.iter().filter(|told| told["recipient"] != agency(&house, "coordination-demo")).collect();
    assert_eq!(foreign.len(), 4);
    assert!(
        foreign
            .iter()
            .all(|told| told.get("items").is_none() && told["basis"] == json!({"kind": "disclosure"}))
    );
    assert_eq!(seen("thomas").len(), 0, "who was not in the room knows nothing of it");
    let communications = house.sign_in("yves").get("/api/v1/registers/communications").expect(200);
    assert_eq!(communications["items"].as_array().unwrap().len(), before + 3);
}

#[test]
fn a_recipient_whom_the_basis_does_not_reach_is_named_and_nothing_is_told_by_halves() {
    let house = House::estrie();
    let meeting = sitting(&house, &call_with_partners_services(&house), ROOM);
    let path = format!("{meeting}/oral-disclosures");
    let report =
        json!({"items": [fact(&house, "f21")], "basis": {"basis_code": "QC_LPJ_39", "attestations": {}}});
    let refused = wrong(&who(&house, "thomas").post(&path, &report));
    for n in 0..3 {
        assert!(
            refused.contains(&(format!("/recipients/{n}"), "recipient_not_allowed".into())),
            "{refused:?}"
        );
    }
    assert!(!refused.iter().any(|(pointer, _)| pointer == "/recipients/3"), "child protection may hear it");
    assert!(refused.iter().any(|(pointer, _)| pointer.starts_with("/basis/attestations/")), "{refused:?}");
    assert_eq!(acts_of(&house, "thomas").len(), 0);
    let unattested = json!({"items": [fact(&house, "f27")], "basis": {"consent": false}});
    assert_eq!(code(&who(&house, "yves").post(&path, &unattested)), "not_in_the_room");
    let foreign = json!({"items": [fact(&house, "f27")], "basis": {"consent": true}});
    assert_eq!(
        wrong(&who(&house, "marc").post(&path, &foreign)),
        pairs(&[("/items/0/fact", "unknown_reference")])
    );
    who(&house, "julie").post(&path, &foreign).problem(403, "not-permitted");
}

#[test]
fn on_a_consent_everybody_in_the_room_must_be_named_by_it_or_leave_for_that_part() {
    let house = House::estrie();
    let room = [("police-demo", "marc"), ("hebergement-demo", "louise"), ("conjoints-demo", "yves")];
    let meeting = sitting(&house, &call_with_partners_services(&house), &room);
    let (louise, path) = (who(&house, "louise"), format!("{meeting}/oral-disclosures"));
    let tell = json!({"items": [fact(&house, "f08"), fact(&house, "f14")], "basis": {"consent": true}});
    // The third in the room is the partners' service: the person refused.
    assert_eq!(
        wrong(&louise.post(&path, &tell)),
        pairs(&[("/items/0/recipients/2", "no_lawful_basis"), ("/items/1/recipients/2", "no_lawful_basis")])
    );
    assert_eq!(louise.get(&path).expect(200)["items"], json!([]));
    // Naming only the others does not stop her from hearing it.
    let mut named = tell.clone();
    named["recipients"] = json!([agency(&house, "coordination-demo"), agency(&house, "police-demo")]);
    assert_eq!(wrong(&louise.post(&path, &named)), pairs(&[("/recipients", "hears_too")]));
    leave(&house, &meeting, "conjoints-demo");
    named["recipients"].as_array_mut().unwrap().push(agency(&house, "conjoints-demo"));
    assert_eq!(wrong(&louise.post(&path, &named)), pairs(&[("/recipients/2", "not_in_the_room")]));
    let told = louise.post(&path, &tell).expect(201);
    assert_eq!(told["oral_disclosures"].as_array().unwrap().len(), 2);
    let seen = louise.get(&path).expect(200)["items"].clone();
    assert_eq!(seen[0]["basis"], json!({"kind": "consent", "id": house.file().consents["c1"]}));
    assert_eq!(seen[0]["items"], json!([fact(&house, "f08"), fact(&house, "f14")]));
    assert_eq!(who(&house, "marc").get(&path).expect(200)["items"].as_array().unwrap().len(), 1);
    assert_eq!(who(&house, "yves").get(&path).expect(200)["items"], json!([]), "she had left");
    // What she holds under her own vault is told to nobody; what the consent does not cover, to nobody either.
    let vaulted = json!({"items": [fact(&house, "f06"), fact(&house, "f13")], "basis": {"consent": true}});
    assert_eq!(wrong(&louise.post(&path, &vaulted)), pairs(&[("/items/0/fact", "vaulted")]));
    let refused = json!({"items": [fact(&house, "f13")], "basis": {"consent": true}});
    assert_eq!(wrong(&louise.post(&path, &refused)).len(), 2);
    // The register of communications holds both, a page at a time.
    let page = louise.get("/api/v1/registers/communications?limit=1").expect(200);
    assert_eq!(
        (&page["items"][0]["channel"], &page["items"][0]["basis"]["kind"]),
        (&json!("oral"), &json!("consent"))
    );
    let next = page["next"].as_str().unwrap();
    let rest = louise.get(&format!("/api/v1/registers/communications?limit=1&cursor={next}")).expect(200);
    assert_ne!(rest["items"][0]["id"], page["items"][0]["id"]);
}

#[test]
fn who_is_recused_after_being_called_finds_no_meeting_and_nothing_is_said_while_she_is_in_the_room() {
    let house = House::estrie();
    let meeting = sitting(&house, &call(&house), ROOM);
    let marc = who(&house, "marc");
    marc.get(&meeting).expect(200);
    let recusal = json!({"user": house.loaded.users["marc"]});
    who(&house, "karine").post(&format!("{}/recusals", house.file_path()), &recusal).expect(201);
    let never = format!("{}/01890000-0000-7000-8000-000000000000", meeting.rsplit_once('/').unwrap().0);
    let absent = marc.get(&never).problem(404, "not-found");
    for rest in ["", "/minutes", "/contributions", "/oral-disclosures", "/invitation.ics"] {
        assert_eq!(
            marc.get(&format!("{meeting}{rest}")).problem(404, "not-found")["detail"],
            absent["detail"]
        );
    }
    assert_eq!(marc.get("/api/v1/me/meetings").expect(200)["items"], json!([]));
    let path = format!("{meeting}/oral-disclosures");
    let tell = json!({"items": [fact(&house, "f08")], "basis": {"consent": true}});
    assert_eq!(code(&who(&house, "louise").post(&path, &tell)), "hears_too");
    leave(&house, &meeting, "police-demo");
    who(&house, "louise").post(&path, &tell).expect(201);
    assert_eq!(
        wrong(&arrive(&house, &meeting, "police-demo", "marc")),
        pairs(&[("/person", "unknown_reference")])
    );
    arrive(&house, &meeting, "police-demo", "julie").expect(201);
}

/// Pitfall 4: a substitute acts for the designated person, and organisations count once each.
#[test]
fn substitutes_count_for_their_agency_once_and_a_meeting_closes_once() {
    let house = House::estrie();
    let path = identified(&house);
    let meeting = convened(&house, &path, &call(&house));
    let (karine, close) = (who(&house, "karine"), format!("{meeting}/closure"));
    assert_eq!(code(&karine.post(&close, &json!({}))), "meeting_not_open");
    karine.post(&format!("{meeting}/opening"), &json!({"undertaking": true})).expect(200);
    for (agency, person) in
        [("police-demo", "marc"), ("police-demo", "julie"), ("hebergement-demo", "louise")]
    {
        arrive(&house, &meeting, agency, person).expect(201);
    }
    // Four in the room, the chair included: two organisations that were called.
    assert_eq!(code(&karine.post(&close, &json!({}))), "quorum_missing");
    who(&house, "marc").post(&close, &json!({})).problem(403, "not-permitted");
    leave(&house, &meeting, "police-demo");
    arrive(&house, &meeting, "sante-demo", "thomas").expect(201);
    let closed = karine.post(&close, &json!({})).expect(200);
    assert_eq!(closed["stage"], "closed");
    assert_eq!(code(&karine.post(&close, &json!({}))), "meeting_over");
    let seen = karine.get(&meeting).expect(200);
    assert!(
        seen["attendance"].as_array().unwrap().iter().all(|presence| presence["departed_at"] == ESTRIE_NOW)
    );
    let process = karine.get(&path).expect(200);
    assert_eq!((&process["met_at"], &process["due_at"]), (&json!(ESTRIE_NOW), &Value::Null));
    let late = json!({"person": person(&house, "stephane"), "category": "weapons", "text": "x", "certainty": "observed"});
    assert_eq!(code(&who(&house, "marc").post(&format!("{meeting}/contributions"), &late)), "meeting_over");
}

/// Pitfall 6: the act is not held up by a record, an approver or a directive; what is missing is marked.
#[test]
fn in_an_emergency_the_record_may_follow_what_was_said() {
    let house = House::estrie();
    let mut call = call_with_partners_services(&house);
    call["kind"] = json!("emergency");
    let meeting = sitting(&house, &call, &[("police-demo", "julie"), ("conjoints-demo", "yves")]);
    let mut tell = emergency(&house);
    tell["basis"].as_object_mut().unwrap().remove("record");
    let told = who(&house, "yves").post(&format!("{meeting}/oral-disclosures"), &tell).expect(201);
    assert_eq!(told["record_due"], "2026-11-23T15:00:00Z");
    let act = told["disclosures"][1].as_str().unwrap();
    let record = json!({"exposed": [person(&house, "mireille")], "act_feared": "homicide", "danger": "armes",
        "urgency": "libre", "information": "propos"});
    let done = who(&house, "yves")
        .post(&format!("{}/disclosures/{act}/record", house.file_path()), &record)
        .expect(200);
    assert_eq!(done["late"], false);
    who(&house, "karine").post(&format!("{meeting}/closure"), &json!({})).expect(200);
}
