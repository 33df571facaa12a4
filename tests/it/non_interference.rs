//! What a viewer may not see leaves no trace in anything the viewer can get: two houses that differ only in
//! that answer alike, byte for byte, over the whole surface of reads.

use std::collections::BTreeSet;

use api::server::table;
use serde_json::{Value, json};
use tests::harness::{Answer, ESTRIE, ESTRIE_EXPECTED, House, Plan};

const VIEWERS: &[&str] = &[
    "karine", "marc", "julie", "amina", "louise", "thomas", "sofia", "yves", "nadia", "rose", "eric",
    "dominic", "pascal",
];
const PURPOSES: &[&str] = &["risk_appraisal", "safety_planning", "service_delivery", "case_review"];

/// What every purpose of a viewer discloses.
fn seen_by(user: &str) -> BTreeSet<String> {
    let rows = ESTRIE_EXPECTED.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    rows.filter(|row| row["user"] == user)
        .flat_map(|row| row["disclosed"].as_object().unwrap().keys().cloned().collect::<Vec<_>>())
        .collect()
}

/// The scenario with everything hidden from the viewer changed or gone.
fn changed_for(user: &str, remove: bool) -> String {
    let seen = seen_by(user);
    let mut scenario: Value = serde_json::from_str(ESTRIE).unwrap();
    let agency =
        scenario["users"].as_array().unwrap().iter().find(|u| u["key"] == user).unwrap()["agency"].clone();
    let told: BTreeSet<String> = scenario["files"][0]["disclosures"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|act| act["items"].as_array().unwrap().clone())
        .map(|item| item["fact"].as_str().unwrap().to_owned())
        .collect();
    let facts = scenario["files"][0]["facts"].as_array_mut().unwrap();
    let hidden = |fact: &Value| !seen.contains(fact["key"].as_str().unwrap()) && fact["source"] != agency;
    if remove {
        // What an act names must stay: the act is part of the frame of who made and received it.
        facts.retain(|fact| !hidden(fact) || told.contains(fact["key"].as_str().unwrap()));
    }
    for fact in facts.iter_mut().filter(|fact| hidden(fact)) {
        fact["value"] = match &fact["value"] {
            Value::Bool(yes) => json!(!yes),
            Value::Object(_) => json!({"line1": "1, rue Autre", "municipality": "Magog"}),
            _ if fact["field"].as_str().unwrap().ends_with("_date") => json!("1970-01-01"),
            _ if fact["field"] == "safe_phone" => json!("514-555-0199"),
            _ if fact["field"] == "risk_level" => json!("watch"),
            _ => json!("Tout autre chose, et plus long que ce qui s'y trouvait."),
        };
    }
    scenario.to_string()
}

fn comparable(answer: &Answer) -> (u16, String, Vec<(String, String)>) {
    let mut headers = answer.headers.clone();
    headers.retain(|(name, _)| name != "date");
    headers.sort();
    let mut body = answer.text.clone();
    if let Some(at) = body.find("\"access_event\":\"") {
        body.replace_range(at..at + 16 + 36, "");
    }
    (answer.status, body, headers)
}

#[test]
fn two_houses_that_differ_only_in_what_is_hidden_answer_alike() {
    let given =
        House::build(Plan { loaded_at: Some("2026-11-20T00:00:00Z".parse().unwrap()), ..Plan::default() });
    let mut cases = 0;
    for user in VIEWERS {
        for remove in [false, true] {
            let scenario = changed_for(user, remove);
            let loaded_at = Some("2026-11-20T00:00:00Z".parse().unwrap());
            let other =
                House::build(Plan { scenario, loaded_at, ids_of: Some(ESTRIE.into()), ..Plan::default() });
            assert_eq!(given.file().id, other.file().id);
            for purpose in PURPOSES {
                let (one, two) =
                    (given.sign_in(user).for_purpose(purpose), other.sign_in(user).for_purpose(purpose));
                for path in reads(&given) {
                    let (left, right) = (one.get(&path), two.get(&path));
                    assert_eq!(comparable(&left), comparable(&right), "{user} for {purpose}: {path}");
                    cases += 1;
                }
                let search = json!({"family_name": "Boisvert", "birth_date": "1991-03-12"});
                let (left, right) = (
                    one.post("/api/v1/search/persons", &search),
                    two.post("/api/v1/search/persons", &search),
                );
                assert_eq!(comparable(&left), comparable(&right), "{user} for {purpose}: search");
                cases += 1;
            }
        }
    }
    assert!(cases >= 1_000, "only {cases} cases");
}

/// Every GET of the table that does not read the log of others' doings, for every person and field that matters.
fn reads(house: &House) -> Vec<String> {
    let file = house.file();
    let mut paths = Vec::new();
    for (method, pattern) in table() {
        if method != "GET"
            || pattern.contains("access")
            || pattern.contains("/me")
            || pattern.contains("accounts")
        {
            continue;
        }
        let id = file.id.to_string();
        let base = pattern.replace("{id}", &id).replace("{action}", &id);
        if base.contains("{fact}") {
            paths.extend(file.facts.values().map(|fact| base.replace("{fact}", &fact.to_string())));
        } else if base.contains("{disclosure}") {
            paths.extend(file.disclosures.values().map(|act| base.replace("{disclosure}", &act.to_string())));
        } else if base.ends_with("/explain") {
            for person in file.persons.values() {
                paths.extend(
                    ["given_name", "address", "sexual_assault"]
                        .map(|f| format!("{base}?person={person}&field={f}")),
                );
            }
        } else {
            paths.push(base);
        }
    }
    paths
}
