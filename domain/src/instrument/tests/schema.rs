//! `docs/instrument.schema.json` and the reader agree: what one takes, the other takes.

use serde_json::{Map, Value};

use super::*;

fn schema() -> Value {
    serde_json::from_str(include_str!("../../../../docs/instrument.schema.json")).unwrap()
}

/// As much of JSON Schema as this schema uses, patterns aside.
fn fits(root: &Value, rule: &Value, value: &Value) -> bool {
    let rule = rule.as_object().unwrap();
    rule.iter().all(|(word, says)| match word.as_str() {
        "$ref" => {
            let at = says.as_str().unwrap().strip_prefix('#').unwrap();
            fits(root, root.pointer(at).unwrap(), value)
        }
        "anyOf" => says.as_array().unwrap().iter().any(|one| fits(root, one, value)),
        "enum" => says.as_array().unwrap().contains(value),
        "type" => match says.as_str().unwrap() {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64(),
            "null" => value.is_null(),
            other => panic!("{other}"),
        },
        "minimum" => value.as_i64().is_none_or(|n| says.as_i64().unwrap() <= n),
        "maximum" => value.as_i64().is_none_or(|n| n <= says.as_i64().unwrap()),
        "required" => value.as_object().is_none_or(|object| {
            says.as_array().unwrap().iter().all(|name| object.contains_key(name.as_str().unwrap()))
        }),
        "properties" => value.as_object().is_none_or(|object| {
            says.as_object()
                .unwrap()
                .iter()
                .all(|(name, rule)| object.get(name).is_none_or(|value| fits(root, rule, value)))
        }),
        "additionalProperties" => value.as_object().is_none_or(|object| {
            let named = rule.get("properties").and_then(Value::as_object);
            let mut others =
                object.iter().filter(|(name, _)| !named.is_some_and(|named| named.contains_key(*name)));
            others.all(|(_, value)| says.is_object() && fits(root, says, value))
        }),
        "items" => value.as_array().is_none_or(|all| all.iter().all(|one| fits(root, says, one))),
        "format" => value.as_str().is_none_or(|day| day.parse::<chrono::NaiveDate>().is_ok()),
        "$schema" | "title" | "description" | "$defs" | "pattern" => true,
        other => panic!("the check does not know {other}"),
    })
}

fn texts() -> Vec<Value> {
    let fixtures = FIXTURES.iter().map(|(_, text)| *text);
    SHIPPED.iter().copied().chain(fixtures).map(|text| serde_json::from_str(text).unwrap()).collect()
}

fn is_read(value: &Value) -> bool {
    serde_json::from_value::<Definition>(value.clone()).is_ok()
}

/// Every object inside, by pointer.
fn objects(value: &Value, at: &str, all: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            all.push(at.to_owned());
            members.iter().for_each(|(name, inner)| objects(inner, &format!("{at}/{name}"), all));
        }
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(n, inner)| objects(inner, &format!("{at}/{n}"), all));
        }
        _ => {}
    }
}

#[test]
fn every_instrument_fits_the_schema() {
    let root = schema();
    for value in texts() {
        assert!(fits(&root, &root, &value), "{:?}", value.get("code"));
    }
    for instrument in FIXTURES.iter().map(|(name, _)| shape(name)).chain(Instrument::all().iter().cloned()) {
        let written = serde_json::to_value(&*instrument).unwrap();
        assert!(fits(&root, &root, &written), "{} as written again", instrument.code);
    }
}

#[test]
fn schema_and_reader_refuse_a_missing_an_unknown_and_a_strange_member_alike() {
    let root = schema();
    for value in texts() {
        let mut places = Vec::new();
        objects(&value, "", &mut places);
        for place in places {
            let object = value.pointer(&place).unwrap().as_object().unwrap();
            let mut variants: Vec<Map<String, Value>> = Vec::new();
            for name in object.keys() {
                let mut without = object.clone();
                without.remove(name);
                variants.push(without);
                let mut strange = object.clone();
                strange.insert(name.clone(), Value::from("no such thing"));
                variants.push(strange);
                let mut nothing = object.clone();
                nothing.insert(name.clone(), Value::Null);
                variants.push(nothing);
            }
            let mut more = object.clone();
            more.insert("zz".into(), Value::from("1"));
            variants.push(more);
            for variant in variants {
                let mut changed = value.clone();
                *changed.pointer_mut(&place).unwrap() = Value::Object(variant);
                assert_eq!(
                    fits(&root, &root, &changed),
                    is_read(&changed),
                    "{:?}: {place}: {:#}",
                    value.get("code"),
                    changed.pointer(&place).unwrap()
                );
            }
        }
    }
}
