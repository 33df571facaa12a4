//! Situations to ask the gate, drawn to collide: few names, few instants, and most of those on an edge.
//!
//! Every situation is well formed. `NOW` falls on or beside a Toronto midnight, a change of clocks or a
//! 29 February; every other instant is a round distance from it, often nothing or one second; birthdays are
//! drawn so that 14 and 18 are reached on the day before, of or after such an instant.

mod acts;
mod consents;
mod instants;

use chrono::{DateTime, Utc};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use crate::oracle::ceiling::{AGENCY_KINDS, CATEGORIES, PURPOSES, ROLES, SUBJECT_ROLES};

/// The agency of the viewer in every situation.
pub const VIEWER_AGENCY: &str = "health-0";

/// The agencies that situations are drawn from; the first is the viewer's.
pub const AGENCIES: &[&str] = &[VIEWER_AGENCY, "police-1", "shelter-2", "community-10"];

/// The agencies that are not the viewer's.
const OTHERS: &[&str] = &["police-1", "shelter-2", "community-10"];

/// What all parts of one situation are drawn from.
#[derive(Clone, Debug)]
struct Ground {
    now: DateTime<Utc>,
    categories: Vec<&'static str>,
    persons: Vec<String>,
    facts: Vec<String>,
}

/// A well-formed situation, as the wire writes it: of any sort, or one where consents decide.
pub fn situation() -> impl Strategy<Value = Value> {
    prop_oneof![3 => of_any_sort(), 2 => of_any_sort().prop_map(where_consents_decide)]
}

/// The same with what would silence consents taken away: the viewer is a respondent inside, planning safety, and
/// all facts and consents are about a child past fourteen and not of age, who speaks beside the parents.
fn where_consents_decide(mut situation: Value) -> Value {
    let since_before = json!({"agency": VIEWER_AGENCY, "from": "2026-01-01T00:00:00Z", "until": null});
    situation["viewer"]["roles"] = json!(["respondent"]);
    situation["purpose"] = json!("safety_planning");
    situation["file"]["circle"].as_array_mut().unwrap().push(since_before);
    situation["file"]["recused"] = json!([]);
    situation["file"]["sunset_at"] = Value::Null;
    for person in situation["file"]["persons"].as_array_mut().unwrap() {
        if person["id"] == "p0" {
            *person = json!({"id": "p0", "role": "child", "birth_date": "2010-12-01"});
        }
    }
    for fact in situation["facts"].as_array_mut().unwrap() {
        fact["subject"] = json!("p0");
        fact["vault"] = Value::Null;
    }
    for consent in situation["consents"].as_array_mut().unwrap() {
        consent["subject"] = json!("p0");
    }
    situation
}

fn of_any_sort() -> impl Strategy<Value = Value> {
    (instants::now(), categories(), number_of_persons(), 0..=6_usize).prop_flat_map(
        |(now, categories, persons, facts)| {
            on(&Ground {
                now,
                categories,
                persons: (0..persons).map(|n| format!("p{n}")).collect(),
                facts: (0..facts).map(|n| format!("x{n}")).collect(),
            })
        },
    )
}

/// Few persons, so that consents meet facts; sometimes enough for a parent, a tutor and an aggressor.
fn number_of_persons() -> impl Strategy<Value = usize> {
    prop_oneof![2 => 1..=2_usize, 1 => 3..=4_usize]
}

fn on(ground: &Ground) -> impl Strategy<Value = Value> + use<> {
    let parts =
        (viewer(), purpose(), file(ground), facts(ground), consents::consents(ground), acts::acts(ground));
    let now = instants::written(ground.now);
    (now, parts).prop_map(|(now, (viewer, purpose, file, facts, consents, disclosures))| {
        json!({
            "id": "s0",
            "now": now,
            "purpose": purpose,
            "viewer": viewer,
            "file": file,
            "facts": facts,
            "consents": consents,
            "disclosures": disclosures,
        })
    })
}

/// The few categories that one situation speaks of, leaning to those the ceiling treats apart.
fn categories() -> impl Strategy<Value = Vec<&'static str>> {
    let treated_apart = vec![
        "location",
        "household",
        "services",
        "sexual_violence",
        "substance_use",
        "risk_appraisal",
        "notes",
    ];
    prop_oneof![subsequence(treated_apart, 1..=3), subsequence(CATEGORIES.to_vec(), 1..=4)]
}

fn viewer() -> impl Strategy<Value = Value> {
    let working = select(vec!["worker", "respondent", "committee", "coordinator"]);
    let roles = prop_oneof![
        12 => working.prop_map(|role| vec![role]),
        1 => Just(vec!["reviewer"]),
        2 => subsequence(ROLES.to_vec(), 1..=3).prop_shuffle(),
    ];
    let kinds = prop_oneof![
        Just("perpetrator_services"),
        Just("police"),
        select(AGENCY_KINDS.to_vec()),
        select(AGENCY_KINDS.to_vec()),
    ];
    (roles, kinds).prop_map(
        |(roles, kind)| json!({"user": "u0", "agency": VIEWER_AGENCY, "agency_kind": kind, "roles": roles}),
    )
}

fn purpose() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("safety_planning"), select(PURPOSES.to_vec())]
}

fn file(ground: &Ground) -> impl Strategy<Value = Value> + use<> {
    let recused = prop_oneof![
        24 => Just(json!([])),
        1 => Just(json!(["u0"])),
        1 => Just(json!(["u9"])),
        1 => Just(json!(["u9", "u0"])),
    ];
    let sunset =
        prop_oneof![12 => Just(Value::Null), 1 => instants::anytime(ground.now).prop_map(Value::from)];
    let persons: Vec<_> = ground.persons.iter().map(|id| person(id.clone(), ground.now)).collect();
    (circle(ground.now), recused, sunset, persons).prop_map(|(circle, recused, sunset, persons)| {
        json!({"id": "f0", "circle": circle, "recused": recused, "sunset_at": sunset, "persons": persons})
    })
}

/// Up to six rows over four agencies, so that an agency may come, go and come back; mostly with the viewer's in.
fn circle(now: DateTime<Utc>) -> impl Strategy<Value = Vec<Value>> {
    let row = (select(AGENCIES.to_vec()), instants::span(now))
        .prop_map(|(agency, (from, until))| json!({"agency": agency, "from": from, "until": until}));
    let viewers = prop_oneof![1 => Just(None), 3 => instants::past(now).prop_map(Some)];
    (vec(row, 0..=6), viewers).prop_map(|(mut rows, viewers)| {
        rows.extend(viewers.map(|from| json!({"agency": VIEWER_AGENCY, "from": from, "until": null})));
        rows
    })
}

fn person(id: String, now: DateTime<Utc>) -> impl Strategy<Value = Value> {
    (select(SUBJECT_ROLES.to_vec()), instants::birth_date(now))
        .prop_map(move |(role, birth_date)| json!({"id": id, "role": role, "birth_date": birth_date}))
}

fn facts(ground: &Ground) -> impl Strategy<Value = Vec<Value>> + use<> {
    let facts: Vec<_> = ground.facts.iter().map(|id| fact(id.clone(), ground)).collect();
    facts
}

fn fact(id: String, ground: &Ground) -> impl Strategy<Value = Value> + use<> {
    let vault = prop_oneof![
        12 => Just(Value::Null),
        1 => Just(json!([])),
        2 => subsequence(AGENCIES.to_vec(), 1..=3).prop_map(|named| json!(named)),
    ];
    (
        select(ground.persons.clone()),
        select(ground.categories.clone()),
        prop_oneof![1 => select(AGENCIES.to_vec()), 1 => select(OTHERS.to_vec())],
        instants::past(ground.now),
        vault,
    )
        .prop_map(move |(subject, category, source, recorded_at, vault)| {
            json!({
                "id": id,
                "subject": subject,
                "category": category,
                "source": source,
                "recorded_at": recorded_at,
                "vault": vault,
            })
        })
}
