//! The Estrie situation, read over HTTP by every persona for every purpose.

use std::collections::BTreeMap;

use serde_json::Value;
use tests::harness::{ESTRIE_EXPECTED, House};

/// Keys by identifier, for one file.
fn keys_of(map: &BTreeMap<String, uuid::Uuid>) -> BTreeMap<String, String> {
    map.iter().map(|(key, id)| (id.to_string(), key.clone())).collect()
}

#[test]
fn all_sixty_rows_are_answered_as_expected() {
    let house = House::estrie();
    let facts = keys_of(&house.file().facts);
    let bases: BTreeMap<String, String> =
        keys_of(&house.file().consents).into_iter().chain(keys_of(&house.file().disclosures)).collect();
    let mut rows = 0;
    for line in ESTRIE_EXPECTED.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let (user, purpose) = (row["user"].as_str().unwrap(), row["purpose"].as_str().unwrap());
        let answer = house.sign_in(user).for_purpose(purpose).get(&house.file_path());
        rows += 1;
        let label = format!("{user} for {purpose}");
        if row["visible"] == false {
            answer.problem(404, "not-found");
            continue;
        }
        if answer.status == 403 {
            answer.problem(403, "no-content-role");
            assert_eq!(row["disclosed"], serde_json::json!({}), "{label}");
            assert_eq!(row["withheld"], serde_json::json!({}), "{label}");
            continue;
        }
        let view = answer.expect(200);
        let mut disclosed = serde_json::Map::new();
        let mut withheld: BTreeMap<(String, String), String> = BTreeMap::new();
        for person in view["persons"].as_array().unwrap() {
            for fact in person["facts"].as_array().unwrap() {
                let basis = match fact["basis"]["id"].as_str() {
                    None => fact["basis"]["kind"].as_str().unwrap().to_owned(),
                    Some(id) => format!("{}:{}", fact["basis"]["kind"].as_str().unwrap(), bases[id]),
                };
                disclosed.insert(facts[fact["id"].as_str().unwrap()].clone(), basis.into());
            }
            for item in person["withheld"].as_array().unwrap() {
                let at =
                    (person["id"].as_str().unwrap().to_owned(), item["field"].as_str().unwrap().to_owned());
                withheld.insert(at, item["reason"].as_str().unwrap().to_owned());
            }
        }
        assert_eq!(Value::Object(disclosed), row["disclosed"], "{label}");
        for (key, _) in row["withheld"].as_object().unwrap() {
            let (person, field) = subject_and_field(&house, key);
            assert!(withheld.contains_key(&(person, field)), "{label}: {key} is not among what may exist");
        }
    }
    assert_eq!(rows, 60);
}

fn subject_and_field(house: &House, key: &str) -> (String, String) {
    let scenario: Value = serde_json::from_str(tests::harness::ESTRIE).unwrap();
    let facts = scenario["files"][0]["facts"].as_array().unwrap();
    let fact = facts.iter().find(|fact| fact["key"] == key).unwrap();
    let person = house.file().persons[fact["subject"].as_str().unwrap()];
    (person.to_string(), fact["field"].as_str().unwrap().to_owned())
}
