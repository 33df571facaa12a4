//! Appraisals of risk: a person judges, a score never decides, and an appraisal is no way round a wall.

mod lists;
mod recording;
mod walls;

use serde_json::{Map, Value, json};
use tests::harness::{House, Persona};

const GRID: &str = "cir-generique";

pub(crate) fn who(house: &House, key: &str) -> Persona {
    house.sign_in(key).for_purpose("safety_planning")
}

pub(crate) fn path(house: &House) -> String {
    format!("{}/appraisals", house.file_path())
}

fn answers(answer: &str, items: &[&str]) -> Value {
    let answers = items.iter().map(|item| ((*item).to_owned(), json!({"answer": answer})));
    Value::Object(answers.collect::<Map<_, _>>())
}

pub(crate) fn numbers(answer: &str, range: std::ops::RangeInclusive<u32>) -> Map<String, Value> {
    range.map(|n| (n.to_string(), json!({"answer": answer}))).collect()
}

pub(crate) fn appraisal(house: &House, instrument: &str, answers: impl Into<Value>, level: &str) -> Value {
    json!({"person": house.file().persons["mireille"], "instrument": instrument, "answers": answers.into(), "level": level})
}

pub(crate) fn with(mut body: Value, member: &str, value: impl Into<Value>) -> Value {
    body[member] = value.into();
    body
}

/// A shape of a published instrument, for these agencies.
pub(crate) fn shape(text: &str, permitted: &[&str]) -> Value {
    with(serde_json::from_str(text).unwrap(), "permitted_orgs", permitted)
}

pub(crate) fn dash() -> Value {
    shape(
        include_str!("../../../domain/src/instrument/tests/fixtures/shape-dash.json"),
        &["hebergement-demo", "police-demo"],
    )
}

pub(crate) fn import(house: &House, instrument: &Value) {
    house.sign_in("admin").post("/api/v1/instruments", instrument).expect(201);
}

pub(crate) fn read(persona: &Persona, house: &House, made: &Value) -> Value {
    persona.get(&format!("{}/{}", path(house), made["id"].as_str().unwrap())).expect(200)
}

fn answer<'v>(view: &'v Value, item: &str) -> &'v Value {
    view["answers"].as_array().unwrap().iter().find(|one| one["item"] == item).unwrap()
}

/// The items of these answers that are withheld.
fn withheld(view: &Value) -> Vec<&str> {
    let answers = view["answers"].as_array().unwrap().iter().filter(|one| one["withheld"] == true);
    answers.map(|one| one["item"].as_str().unwrap()).collect()
}

pub(crate) fn refused(answer: &tests::harness::Answer, pointer: &str, code: &str) {
    let body = answer.problem(422, "invalid");
    let errors = body["errors"].as_array().unwrap();
    assert!(errors.iter().any(|one| one["pointer"] == pointer && one["code"] == code), "{}", answer.text);
}
