//! What a privacy officer keeps, and what stands out for whoever watches over the log.

mod anomalies;
mod incidents;
mod proof;
mod requests;

use serde_json::{Value, json};
use tests::harness::{ESTRIE, House, Plan};

/// Estrie, where Julie is the privacy officer of the police.
fn two_officers() -> House {
    let mut scenario: Value = serde_json::from_str(ESTRIE).unwrap();
    let users = scenario["users"].as_array_mut().unwrap();
    let julie = users.iter_mut().find(|user| user["key"] == "julie").unwrap();
    julie["roles"] = json!({"estrie": ["privacy_officer"]});
    House::build(Plan { scenario: scenario.to_string(), ..Plan::default() })
}
