//! A malformed situation is answered by its line and the place in it, never by what stands there.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::tests_outside_test_module,
    reason = "a test may stop at the first surprise"
)]

use authz::{ceiling::Ceiling, gate::wire::decide_line};
use serde_json::{Value, json};

/// A situation that has one of everything.
fn situation() -> Value {
    let all = include_str!("vectors/gate.jsonl").lines();
    let mut all = all.map(|line| serde_json::from_str::<Value>(line).unwrap()["situation"].take());
    let filled = |list: &Value| list.as_array().is_some_and(|list| !list.is_empty());
    all.find(|s| {
        filled(&s["consents"])
            && filled(&s["disclosures"])
            && filled(&s["facts"])
            && filled(&s["consents"][0]["provisions"])
            && filled(&s["disclosures"][0]["items"])
            && s["facts"].as_array().unwrap().len() > 1
    })
    .unwrap()
}

fn answer(situation: &str) -> Result<String, String> {
    decide_line(&Ceiling::built_in().unwrap(), 7, situation.as_bytes())
}

#[test]
fn every_defect_is_named_by_line_and_field() {
    let canary = "canari-7f3a";
    let cases: &[(&str, Value, &str)] = &[
        ("/surprise", json!(canary), "surprise"),
        ("/purpose", json!(canary), "purpose"),
        ("/now", json!("2026-02-30T10:00:00Z"), "now"),
        ("/now", json!("2026-11-22T15:00:00"), "now"),
        ("/now", json!(17), "now"),
        ("/viewer/surprise", json!(1), "surprise"),
        ("/viewer/agency_kind", json!(canary), "viewer.agency_kind"),
        ("/viewer/roles", json!([canary]), "viewer.roles[0]"),
        ("/file/persons/0/role", json!(canary), "file.persons[0].role"),
        ("/file/persons/0/birth_date", json!("1990-02-30"), "file.persons[0].birth_date"),
        ("/file/circle/0/until", json!("1999-01-01T00:00:00Z"), "file.circle[0].until"),
        ("/facts/0/category", json!(canary), "facts[0].category"),
        ("/facts/0/subject", json!(canary), "facts[0].subject"),
        ("/facts/0/recorded_at", json!("hier"), "facts[0].recorded_at"),
        ("/consents/0/subject", json!(canary), "consents[0].subject"),
        ("/consents/0/grantor/kind", json!(canary), "consents[0].grantor"),
        ("/consents/0/provisions/0/effect", json!(canary), "consents[0].provisions[0].effect"),
        ("/disclosures/0/expires", json!(canary), "disclosures[0].expires"),
        ("/disclosures/0/items/0", json!({"fact": canary}), "disclosures[0].items[0]"),
        ("/disclosures/0/items/0", json!({}), "disclosures[0].items[0]"),
    ];
    for (pointer, value, field) in cases {
        let mut wrong = situation();
        let (parent, member) = pointer.rsplit_once('/').unwrap();
        let parent = wrong.pointer_mut(parent).unwrap();
        match parent {
            Value::Array(list) => list[member.parse::<usize>().unwrap()] = value.clone(),
            object => object[member] = value.clone(),
        }
        let said = answer(&wrong.to_string()).unwrap_err();
        let said: Value = serde_json::from_str(&said).unwrap();
        let said = said["error"].as_str().unwrap();
        assert!(said.starts_with("line 7: "), "{said}");
        assert!(said.contains(field), "{pointer}: {said}");
        assert!(!said.contains("canari") || *field == "surprise", "{pointer}: {said}");
    }
}

#[test]
fn an_id_used_twice_is_named() {
    for list in ["/facts", "/file/persons", "/consents", "/disclosures"] {
        let mut wrong = situation();
        let items = wrong.pointer_mut(list).unwrap().as_array_mut().unwrap();
        items.push(items[0].clone());
        let said = answer(&wrong.to_string()).unwrap_err();
        assert!(said.contains("is used twice"), "{list}: {said}");
    }
}

#[test]
fn a_member_that_is_missing_or_said_twice_is_named() {
    for member in ["now", "purpose", "viewer", "file", "facts", "consents", "disclosures"] {
        let mut wrong = situation();
        wrong.as_object_mut().unwrap().remove(member);
        let said = answer(&wrong.to_string()).unwrap_err();
        assert!(said.contains(&format!("missing member {member}")), "{said}");
    }
    let twice = situation().to_string().replacen('{', r#"{"now":"2026-01-01T00:00:00Z","#, 1);
    assert!(answer(&twice).unwrap_err().contains("now"));
}

#[test]
fn what_is_no_situation_at_all_is_refused() {
    for text in ["", "null", "[]", "17", "\"x\"", "{", "{}", "nonsense"] {
        assert!(answer(text).is_err(), "{text}");
    }
    let with_rest = format!("{} {{}}", situation());
    assert!(answer(&with_rest).is_err());
}

#[test]
fn a_grantor_who_is_not_on_the_file_is_no_malformed_line() {
    let mut strange = situation();
    strange["consents"][0]["grantor"] = json!({"kind": "parent", "person": "nobody-here"});
    answer(&strange.to_string()).unwrap();
}
