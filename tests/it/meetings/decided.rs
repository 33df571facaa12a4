//! Actions that were decided at a meeting: they say at which, and its minutes list them to who may know of them.

use serde_json::{Value, json};
use tests::harness::House;

use super::*;

const ROOM: &[(&str, &str)] = &[
    ("police-demo", "marc"),
    ("hebergement-demo", "louise"),
    ("sante-demo", "thomas"),
    ("conjoints-demo", "yves"),
];

fn listed(house: &House, meeting: &str, key: &str) -> Value {
    who(house, key).get(&format!("{meeting}/minutes")).expect(200)["actions"].clone()
}

#[test]
fn an_action_is_decided_at_a_meeting_of_its_own_mobilisation_once_people_sit_together() {
    let house = House::estrie();
    let (path, other) = (identified(&house), identified(&house));
    let meeting = convened(&house, &path, &call(&house));
    let elsewhere = convened(&house, &other, &call(&house));
    let karine = who(&house, "karine");
    let at = |meeting: &str| {
        let mut action = patrol(&house);
        action["meeting"] = json!(meeting.rsplit('/').next().unwrap());
        karine.post(&format!("{path}/actions"), &action)
    };
    assert_eq!(wrong(&at(&meeting)), pairs(&[("/meeting", "meeting_not_open")]));
    for meeting in [&meeting, &elsewhere] {
        karine.post(&format!("{meeting}/opening"), &json!({"undertaking": true})).expect(200);
    }
    // Another mobilisation's meeting is one that never existed, even around the same file.
    for unknown in [&elsewhere, "/01890000-0000-7000-8000-000000000000"] {
        assert_eq!(wrong(&at(unknown)), pairs(&[("/meeting", "unknown_reference")]));
    }
    let action = at(&meeting).expect(201)["href"].as_str().unwrap().to_owned();
    let seen = who(&house, "julie").get(&action).expect(200);
    assert!(meeting.ends_with(seen["meeting"].as_str().unwrap()));
    let alone = agreed(&house, &path, &patrol(&house));
    assert_eq!(who(&house, "julie").get(&alone).expect(200)["meeting"], Value::Null);
}

#[test]
fn minutes_list_the_actions_decided_at_the_meeting_to_who_may_know_of_them() {
    let house = House::estrie();
    let meeting = sitting(&house, &call_with_partners_services(&house), ROOM);
    let (path, _) = meeting.split_once("/meetings/").unwrap();
    let action = decided(&house, &meeting, "Passer le soir.");
    agreed(&house, path, &patrol(&house));
    for key in ["thomas", "marc", "karine"] {
        let mut own = who(&house, key).get(&action).expect(200);
        own.as_object_mut().unwrap().remove("access_event");
        assert_eq!(listed(&house, &meeting, key), json!([own]), "{key}");
    }
    assert_eq!(listed(&house, &meeting, "thomas")[0]["words"]["text"], "Passer le soir.");
    // Neither the shelter, whom no consent names for what the coordination writes, nor the services for partners.
    for key in ["louise", "yves"] {
        who(&house, key).get(&action).problem(404, "not-found");
        assert_eq!(listed(&house, &meeting, key), json!([]), "{key}");
    }
    // For another purpose the consent says nothing: the agency that answers for it keeps its frame.
    let serving = house.sign_in("marc").for_purpose("service_delivery");
    let read = serving.get(&format!("{meeting}/minutes")).expect(200);
    assert_eq!(read["actions"][0]["kind"], "patrol");
    assert!(read["actions"][0].get("words").is_none());
    // What is read so is in the log as what it is.
    let event = who(&house, "thomas").get(&format!("{meeting}/minutes")).expect(200)["access_event"].clone();
    let log = house.sign_in("aline").get(&format!("{}/access-log", house.file_path())).expect(200);
    let row = log["items"].as_array().unwrap().iter().find(|row| row["id"] == event).unwrap().clone();
    assert!(row.to_string().contains("\"action\""), "{row}");
}

#[test]
fn minutes_do_not_say_of_whom_an_action_is_when_she_is_vaulted_away() {
    let house = House::estrie();
    let meeting = sitting(&house, &call_with_partners_services(&house), ROOM);
    let (path, id) = meeting.split_once("/meetings/").unwrap();
    let louise = who(&house, "louise");
    let new = json!({"role": "new_partner", "vault": []});
    let added = louise.post(&format!("{}/persons", house.file_path()), &new).expect(201)["id"].clone();
    let contact = json!({"kind": "contact_new_partner", "owner_agency": agency(&house, "hebergement-demo"),
        "owner": user(&house, "amina"), "protects": [added], "due_at": "2026-11-23T15:00:00Z", "meeting": id});
    louise.post(&format!("{path}/actions"), &contact).expect(201);
    assert_eq!(listed(&house, &meeting, "louise")[0]["kind"], "contact_new_partner");
    let seen = listed(&house, &meeting, "karine");
    assert_eq!((&seen[0]["kind"], &seen[0]["protects"]), (&Value::Null, &json!([])));
    for key in ["thomas", "marc", "yves"] {
        assert_eq!(listed(&house, &meeting, key), json!([]), "{key}");
    }
}

#[test]
fn minutes_on_paper_list_the_actions_that_the_minutes_list() {
    let house = House::estrie();
    let meeting = sitting(&house, &call_with_partners_services(&house), ROOM);
    decided(&house, &meeting, "Passer le soir.");
    let paper = |key: &str, lang: &str| {
        let persona = who(&house, key).with("Accept-Language", lang);
        let answer = persona.get(&format!("{meeting}/minutes/paper?format=html"));
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.text
    };
    let seen = paper("thomas", "fr");
    for text in
        ["Mesures convenues à la rencontre", "Patrouille ou surveillance des lieux", "Passer le soir."]
    {
        assert!(seen.contains(text), "{text}");
    }
    let none = paper("yves", "en");
    assert!(none.contains("No action is shown to you here."));
    for text in ["Patrol", "Passer le soir."] {
        assert!(!none.contains(text), "{text}");
    }
}
