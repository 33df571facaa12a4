//! Disclosure acts of both kinds: chosen facts, or an agreement's subjects and categories.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use super::{AGENCIES, Ground, VIEWER_AGENCY, instants};

/// Up to three acts, of ids that sort one way as numbers and another as bytes.
pub fn acts(ground: &Ground) -> impl Strategy<Value = Vec<Value>> + use<> {
    let ids = Just(vec!["d2", "d10", "d1"]).prop_shuffle();
    (ids, vec(act(ground), 0..=3)).prop_map(|(ids, mut acts)| {
        for (act, id) in acts.iter_mut().zip(ids) {
            act["id"] = id.into();
        }
        acts
    })
}

fn act(ground: &Ground) -> impl Strategy<Value = Value> + use<> {
    let now = ground.now;
    let recipients = prop_oneof![
        4 => Just(vec![VIEWER_AGENCY]),
        3 => subsequence(AGENCIES.to_vec(), 0..=3).prop_shuffle(),
    ];
    let at = prop_oneof![6 => instants::past(now), 1 => instants::anytime(now)];
    let until = prop_oneof![4 => instants::future(now), 1 => instants::anytime(now)];
    let revoked_at = prop_oneof![5 => Just(Value::Null), 1 => instants::anytime(now).prop_map(Value::from)];
    let kind_and_items = prop_oneof![
        chosen_facts(ground).prop_map(|items| ("single_act", "QC_A21_59_1", items)),
        subjects_and_categories(ground).prop_map(|items| ("agreement_end", "QC_A21_68", items)),
    ];
    let source = select(AGENCIES.to_vec());
    (source, recipients, (at, until, revoked_at), kind_and_items).prop_map(
        |(source, recipients, (at, until, revoked_at), (expires, basis_code, items))| {
            let recipients: Vec<Value> = recipients
                .into_iter()
                .map(|agency| json!({"agency": agency, "capacity": "able_to_aid"}))
                .collect();
            json!({
                "id": "",
                "source": source,
                "at": at,
                "basis_code": basis_code,
                "expires": expires,
                "until": until,
                "revoked_at": revoked_at,
                "recipients": recipients,
                "items": items,
            })
        },
    )
}

fn chosen_facts(ground: &Ground) -> impl Strategy<Value = Vec<Value>> + use<> {
    let all = ground.facts.clone();
    let most = all.len();
    let chosen = prop_oneof![Just(all.clone()), subsequence(all, 0..=most).prop_shuffle()];
    chosen.prop_map(|facts| facts.into_iter().map(|fact| json!({"fact": fact})).collect())
}

fn subjects_and_categories(ground: &Ground) -> impl Strategy<Value = Vec<Value>> + use<> {
    let mut pairs = Vec::new();
    for subject in &ground.persons {
        for category in &ground.categories {
            pairs.push(json!({"subject": subject, "category": category}));
        }
    }
    let most = pairs.len();
    prop_oneof![Just(pairs.clone()), subsequence(pairs, 0..=most).prop_shuffle()]
}
