//! The same situation, changed in one respect: with less in it, with a denial more, or in another order.
//!
//! Each function gives every variation of its kind, so that one drawn situation tries them all.

use serde_json::{Value, json};

/// Each situation that lacks one element of the list that `pointer` names.
fn without_one(situation: &Value, pointer: &str) -> Vec<Value> {
    let count = situation.pointer(pointer).and_then(Value::as_array).unwrap().len();
    let without = |index| {
        let mut varied = situation.clone();
        varied.pointer_mut(pointer).and_then(Value::as_array_mut).unwrap().remove(index);
        varied
    };
    (0..count).map(without).collect()
}

/// Where each permitting provision stands.
fn permissions(situation: &Value) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (c, consent) in situation["consents"].as_array().unwrap().iter().enumerate() {
        for (p, provision) in consent["provisions"].as_array().unwrap().iter().enumerate() {
            if provision["effect"] == "permit" {
                found.push((c, p));
            }
        }
    }
    found
}

/// One permitting provision less.
pub fn without_a_permission(situation: &Value) -> Vec<Value> {
    let without = |(c, p): (usize, usize)| {
        let mut varied = situation.clone();
        varied["consents"][c]["provisions"].as_array_mut().unwrap().remove(p);
        varied
    };
    permissions(situation).into_iter().map(without).collect()
}

/// One disclosure act less.
pub fn without_an_act(situation: &Value) -> Vec<Value> {
    without_one(situation, "/disclosures")
}

/// One role of the viewer less, down to none.
pub fn without_a_role(situation: &Value) -> Vec<Value> {
    without_one(situation, "/viewer/roles")
}

/// One list of one permission narrowed: an element less, or nothing, or one name in the place of `*`.
pub fn with_a_narrower_permission(situation: &Value) -> Vec<Value> {
    let mut varied = Vec::new();
    for (c, p) in permissions(situation) {
        for key in ["recipients", "categories", "purposes", "sources"] {
            let pointer = format!("/consents/{c}/provisions/{p}/{key}");
            varied.extend(without_one(situation, &pointer));
            if situation.pointer(&pointer).unwrap() == &json!(["*"]) {
                let name = match key {
                    "categories" => "risk_appraisal",
                    "purposes" => "safety_planning",
                    _ => "police-1",
                };
                varied.push(with(situation, &pointer, json!([name])));
            }
        }
    }
    varied
}

/// One recipient or one item of one act less.
pub fn with_a_narrower_act(situation: &Value) -> Vec<Value> {
    let acts = situation["disclosures"].as_array().unwrap().len();
    let lists =
        (0..acts).flat_map(|act| ["recipients", "items"].map(|key| format!("/disclosures/{act}/{key}")));
    lists.flat_map(|pointer| without_one(situation, &pointer)).collect()
}

/// One denial more, of everything to this recipient: in each consent, and in a new one by each person's self.
pub fn with_a_denial(situation: &Value, recipient: &str, category: &str) -> Vec<Value> {
    let denial = json!({
        "effect": "deny",
        "recipients": [recipient],
        "categories": [category],
        "purposes": ["*"],
        "sources": ["*"],
    });
    let mut all_varied = Vec::new();
    for consent in 0..situation["consents"].as_array().unwrap().len() {
        let mut varied = situation.clone();
        varied["consents"][consent]["provisions"].as_array_mut().unwrap().push(denial.clone());
        all_varied.push(varied);
    }
    for person in situation["file"]["persons"].as_array().unwrap() {
        let mut varied = situation.clone();
        varied["consents"].as_array_mut().unwrap().push(json!({
            "id": "a-new-denial",
            "subject": person["id"],
            "recorded_by": "police-1",
            "grantor": {"kind": "self", "person": null},
            "given_at": situation["now"],
            "valid_from": situation["now"],
            "valid_until": null,
            "withdrawn_at": null,
            "provisions": [denial],
        }));
        all_varied.push(varied);
    }
    all_varied
}

/// Without the fact `id`, and without the items of acts that named it.
pub fn without_fact(situation: &Value, id: &str) -> Value {
    let mut varied = situation.clone();
    varied["facts"].as_array_mut().unwrap().retain(|fact| fact["id"] != id);
    for act in varied["disclosures"].as_array_mut().unwrap() {
        act["items"].as_array_mut().unwrap().retain(|item| item["fact"] != id);
    }
    varied
}

/// With `value` where `pointer` points.
pub fn with(situation: &Value, pointer: &str, value: Value) -> Value {
    let mut varied = situation.clone();
    *varied.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer} points into {situation}")) = value;
    varied
}

/// Every list of the situation in another order, at every depth, as `seed` has it.
pub fn in_another_order(situation: &Value, seed: u64) -> Value {
    match situation {
        Value::Array(elements) => {
            let mut varied: Vec<Value> =
                elements.iter().map(|element| in_another_order(element, seed)).collect();
            shuffle(&mut varied, seed);
            Value::Array(varied)
        }
        Value::Object(members) => {
            members.iter().map(|(key, member)| (key.clone(), in_another_order(member, seed))).collect()
        }
        other => other.clone(),
    }
}

/// Fisher and Yates's shuffle, its chance drawn from `seed` by a congruential step.
fn shuffle(elements: &mut [Value], seed: u64) {
    let mut state = seed;
    for last in (1..elements.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let bound = u64::try_from(last + 1).unwrap();
        elements.swap(last, usize::try_from((state >> 33) % bound).unwrap());
    }
}
