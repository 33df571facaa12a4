//! The `withheld` list: the same whether or not there is anything to withhold.

use serde_json::json;
use tests::oracle::{Reason, withheld};
use tests::scene::{
    AT_RISK, COMMUNITY, HEALTH, NOW, POLICE, SHELTER, agreement, consent, emergency_act, scene,
};

/// The categories listed of the person at risk, with their reasons.
fn listed(told: &tests::scene::Scene) -> Vec<(String, Reason)> {
    let all = withheld(told.situation()).into_iter();
    all.filter(|(person, _, _)| person == AT_RISK).map(|(_, category, reason)| (category, reason)).collect()
}

#[test]
fn it_lists_every_category_that_sharing_could_reach_though_no_fact_exists() {
    let list = withheld(scene().situation());
    assert_eq!(list.len(), 4 * 15, "four persons, all categories but notes");
    assert!(list.iter().all(|(_, category, reason)| category != "notes" && *reason == Reason::NoBasis));
}

#[test]
fn it_is_the_same_with_a_fact_without_it_and_with_a_vaulted_or_emergency_one() {
    let bare = withheld(scene().situation());
    let fact = scene().fact("x0", AT_RISK, "location", SHELTER);
    assert_eq!(withheld(fact.situation()), bare);
    assert_eq!(withheld(fact.clone().with("/facts/0/vault", json!([])).situation()), bare);
    let told = fact.with("/facts/0/recorded_at", json!(NOW));
    assert_eq!(
        withheld(told.on_record(emergency_act("d1", SHELTER, &["x0"]).with("at", NOW)).situation()),
        bare
    );
}

#[test]
fn a_category_leaves_it_only_when_every_other_agency_of_the_circle_shares_it() {
    let one = scene().on_record(agreement("d1", SHELTER, AT_RISK, "weapons"));
    assert!(listed(&one).iter().any(|(category, _)| category == "weapons"));
    let both = one.on_record(agreement("d2", POLICE, AT_RISK, "weapons"));
    assert!(listed(&both).iter().all(|(category, _)| category != "weapons"));
    assert_eq!(listed(&both).len(), 14);
}

#[test]
fn an_agency_that_has_left_the_circle_counts_and_one_yet_to_come_does_not() {
    let permitted = consent("c1", AT_RISK).permitting(&[HEALTH]).with("recorded_by", SHELTER);
    let told =
        scene().on_record(permitted).with("/consents/0/provisions/0/sources", json!([POLICE, SHELTER]));
    assert!(listed(&told).is_empty());
    let row = |from: &str, until: &str| json!({"agency": COMMUNITY, "from": from, "until": until});
    let left = told.clone().with("/file/circle/2", row("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"));
    assert_eq!(listed(&left).len(), 15);
    let to_come = told.with("/file/circle/2", row("2026-10-17T12:00:01Z", "2027-02-01T00:00:00Z"));
    assert!(listed(&to_come).is_empty());
}

#[test]
fn the_strongest_reason_among_sources_is_listed() {
    let withdrawn = consent("c1", AT_RISK).permitting(&[HEALTH]).with("withdrawn_at", NOW);
    let told = scene()
        .on_record(withdrawn)
        .with("/consents/0/provisions/0/sources", json!([POLICE]))
        .on_record(consent("c2", AT_RISK).providing("deny", &["circle"], &["notes", "weapons"]))
        .with("/consents/1/provisions/0/sources", json!([SHELTER]));
    for (category, reason) in listed(&told) {
        let expected = if category == "weapons" { Reason::Refused } else { Reason::Withdrawn };
        assert_eq!(reason, expected, "{category}");
    }
    assert_eq!(listed(&told).len(), 15);
}

#[test]
fn it_is_empty_outside_the_circle_after_sunset_and_for_the_recused() {
    let told = scene().fact("x0", AT_RISK, "weapons", HEALTH);
    assert!(!withheld(told.situation()).is_empty());
    assert!(withheld(told.clone().outside().situation()).is_empty());
    assert!(withheld(told.clone().with("/file/sunset_at", json!(NOW)).situation()).is_empty());
    assert!(withheld(told.with("/file/recused", json!(["u0"])).situation()).is_empty());
}
