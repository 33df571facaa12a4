//! A canary in the value of every fact: it appears where the gate lets it, and nowhere else.

use std::{
    collections::BTreeSet,
    io::Write,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};
use tests::harness::{ESTRIE, ESTRIE_EXPECTED, House, Plan, cluster};

#[derive(Clone, Default)]
struct Tape(Arc<Mutex<Vec<u8>>>);

impl Write for Tape {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The scenario with a canary in every text value, and the fact each belongs to.
fn with_canaries() -> (String, Vec<(String, String)>) {
    let mut scenario: Value = serde_json::from_str(ESTRIE).unwrap();
    let mut canaries = Vec::new();
    for (n, fact) in scenario["files"][0]["facts"].as_array_mut().unwrap().iter_mut().enumerate() {
        let canary = format!("Zq{n:02}canari{n:02}");
        let field = fact["field"].as_str().unwrap().to_owned();
        let texts = [
            "given_name",
            "family_name",
            "incident",
            "injuries",
            "substance",
            "sexual_assault",
            "safety_measure",
            "professional_note",
            "school",
            "child_exposure",
            "suicidal_ideation",
            "workplace",
            "release_conditions",
            "firearm_access",
            "homicidal_ideation",
            "engagement",
        ];
        if texts.contains(&field.as_str()) {
            fact["value"] = json!(canary);
        } else if field.ends_with("address") {
            fact["value"] = json!({"line1": canary, "municipality": "Sherbrooke"});
        } else {
            continue;
        }
        canaries.push((canary, fact["key"].as_str().unwrap().to_owned()));
    }
    (scenario.to_string(), canaries)
}

#[test]
fn a_canary_in_every_value_flies_only_where_the_gate_lets_it() {
    let tape = Tape::default();
    let writer = tape.clone();
    let recording = tracing_subscriber::fmt()
        .json()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let _ = tracing::subscriber::set_global_default(recording);
    let (scenario, canaries) = with_canaries();
    let house = House::build(Plan { scenario, ..Plan::default() });
    let mut flown = 0;
    for line in ESTRIE_EXPECTED.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let persona =
            house.sign_in(row["user"].as_str().unwrap()).for_purpose(row["purpose"].as_str().unwrap());
        let allowed: BTreeSet<String> = row["disclosed"].as_object().unwrap().keys().cloned().collect();
        let mut answers = vec![persona.get(&house.file_path())];
        for rest in ["consents", "disclosures", "recusals", "access-log"] {
            answers.push(persona.get(&format!("{}/{rest}", house.file_path())));
        }
        for path in ["/api/v1/files", "/api/v1/access-events", "/api/v1/registers/disclosures"] {
            answers.push(persona.get(path));
        }
        for (canary, fact) in &canaries {
            let id = house.file().facts[fact];
            answers.push(persona.get(&format!("{}/facts/{id}", house.file_path())));
            answers.push(persona.get(&format!("{}/facts/{id}/history", house.file_path())));
            let body = json!({"person": id, "field": canary, "value": {"x": canary}, "x": canary});
            let refused = persona.post(&format!("{}/facts", house.file_path()), &body);
            assert!(refused.status >= 400 && !refused.text.contains("canari"), "{}", refused.text);
        }
        for answer in answers {
            for (canary, fact) in &canaries {
                if answer.text.contains(canary.as_str()) {
                    flown += 1;
                    assert!(allowed.contains(fact), "{} for {} saw {fact}", row["user"], row["purpose"]);
                }
                assert!(answer.headers.iter().all(|(_, value)| !value.contains(canary.as_str())));
            }
        }
    }
    assert!(flown > 100, "the canaries never flew: {flown}");
    let log = house.database.ask("select string_agg(e::text, ' ') from access_event e");
    let told = house.database.ask("select coalesce(string_agg(o::text, ' '), '') from outbox o");
    let printed = String::from_utf8_lossy(&tape.0.lock().unwrap()).into_owned();
    assert!(printed.contains("answered"), "the recording heard nothing");
    for (canary, _) in &canaries {
        for (place, text) in
            [("log", &log), ("outbox", &told), ("program", &printed), ("postgresql", &cluster().log())]
        {
            assert!(!text.contains(canary.as_str()), "{canary} in {place}");
        }
    }
}
