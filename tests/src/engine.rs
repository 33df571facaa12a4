//! The one place that names the gate under test, so that every property and sentence asks the same one.

use authz::{ceiling::Ceiling, gate::wire::decide_line};
use serde_json::Value;

/// The gate's decision on a well-formed `situation`.
pub fn engine(situation: &Value) -> Value {
    let ceiling = Ceiling::built_in().unwrap();
    let answer = decide_line(&ceiling, 1, situation.to_string().as_bytes()).unwrap();
    serde_json::from_str(&answer).unwrap()
}

/// Whether the gate lets the viewer see the file at all.
pub fn is_visible(decision: &Value) -> bool {
    decision["file"] == "visible"
}

/// What was decided of the fact `id`; `Value::Null` when the decision does not mention it.
pub fn of_fact(decision: &Value, id: &str) -> Value {
    let facts = decision["facts"].as_array().unwrap();
    facts.iter().find(|decided| decided["fact"] == id).cloned().unwrap_or(Value::Null)
}

/// The ids of the facts the gate discloses, on whatever basis.
pub fn disclosed(decision: &Value) -> Vec<String> {
    let facts = decision["facts"].as_array().unwrap();
    let shown = facts.iter().filter(|decided| decided["outcome"] == "disclosed");
    shown.map(|decided| decided["fact"].as_str().unwrap().to_owned()).collect()
}
