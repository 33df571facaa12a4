//! Consents that overlap: by the subject, a parent, a tutor, an aggressor, a stranger or nobody.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use super::{AGENCIES, Ground, VIEWER_AGENCY, instants};
use crate::oracle::ceiling::PURPOSES;

/// Up to five consents, of ids that sort one way as numbers and another as bytes.
pub fn consents(ground: &Ground) -> impl Strategy<Value = Vec<Value>> + use<> {
    let ids = Just(vec!["c1", "c10", "c2", "c9", "c20"]).prop_shuffle();
    (ids, vec(consent(ground), 0..=5)).prop_map(|(ids, mut consents)| {
        for (consent, id) in consents.iter_mut().zip(ids) {
            consent["id"] = id.into();
        }
        consents
    })
}

fn consent(ground: &Ground) -> impl Strategy<Value = Value> + use<> {
    let now = ground.now;
    let usually_past = || prop_oneof![8 => instants::past(now), 1 => instants::anytime(now)];
    let valid_until = prop_oneof![
        2 => Just(Value::Null),
        5 => instants::future(now).prop_map(Value::from),
        2 => instants::anytime(now).prop_map(Value::from),
    ];
    let withdrawn_at = prop_oneof![4 => Just(Value::Null), 1 => instants::anytime(now).prop_map(Value::from)];
    let who = (select(ground.persons.clone()), select(AGENCIES.to_vec()), grantor(ground));
    let when = (usually_past(), usually_past(), valid_until, withdrawn_at);
    (who, when, vec(provision(ground), 0..=4)).prop_map(
        |((subject, recorded_by, grantor), (given_at, valid_from, valid_until, withdrawn_at), provisions)| {
            json!({
                "id": "",
                "subject": subject,
                "recorded_by": recorded_by,
                "grantor": grantor,
                "given_at": given_at,
                "valid_from": valid_from,
                "valid_until": valid_until,
                "withdrawn_at": withdrawn_at,
                "provisions": provisions,
            })
        },
    )
}

/// The subject; or a parent or tutor who may be anyone, on the file or off it, or nobody.
fn grantor(ground: &Ground) -> impl Strategy<Value = Value> + use<> {
    let named = prop_oneof![
        1 => Just(Value::Null),
        1 => Just(Value::from("p9")),
        8 => select(ground.persons.clone()).prop_map(Value::from),
    ];
    prop_oneof![
        2 => Just(json!({"kind": "self", "person": null})),
        1 => (select(vec!["parent", "tutor"]), named)
            .prop_map(|(kind, person)| json!({"kind": kind, "person": person})),
    ]
}

fn provision(ground: &Ground) -> impl Strategy<Value = Value> + use<> {
    (
        prop_oneof![3 => Just("permit"), 1 => Just("deny")],
        recipients(),
        any_some_or_none(ground.categories.clone()),
        any_some_or_none(PURPOSES.to_vec()),
        any_some_or_none(AGENCIES.to_vec()),
    )
        .prop_map(|(effect, recipients, categories, purposes, sources)| {
            json!({
                "effect": effect,
                "recipients": recipients,
                "categories": categories,
                "purposes": purposes,
                "sources": sources,
            })
        })
}

fn recipients() -> impl Strategy<Value = Vec<&'static str>> {
    let mut nameable = AGENCIES.to_vec();
    nameable.extend(["circle", "an-agency-elsewhere"]);
    prop_oneof![
        4 => Just(vec!["circle"]),
        4 => Just(vec![VIEWER_AGENCY]),
        4 => subsequence(nameable, 1..=3).prop_shuffle(),
        1 => Just(vec![]),
    ]
}

fn any_some_or_none(from: Vec<&'static str>) -> impl Strategy<Value = Vec<&'static str>> {
    let most = from.len();
    prop_oneof![
        12 => Just(vec!["*"]),
        4 => subsequence(from, 1..=most).prop_shuffle(),
        1 => Just(vec![]),
    ]
}
