//! What an act opens, and what no act can.

use serde_json::json;
use tests::scene::{
    AT_RISK, COMMUNITY, HEALTH, IN_A_SECOND, NOW, POLICE, SHELTER, Scene, agreement, consent, emergency_act,
    scene,
};

fn one_fact() -> Scene {
    scene().fact("x0", AT_RISK, "physical_health", SHELTER)
}

#[test]
fn an_emergency_act_does_not_open_what_is_recorded_after_it() {
    let told = one_fact().on_record(emergency_act("d1", SHELTER, &["x0"]));
    let recorded = |at: &str| told.clone().with("/facts/0/recorded_at", json!(at)).says_of("x0");
    assert_eq!(recorded("2026-10-12T12:00:00Z"), "disclosure:d1");
    assert_eq!(recorded("2026-10-12T12:00:01Z"), "withheld: no_basis");
}

#[test]
fn an_agreement_opens_what_is_recorded_after_it() {
    let told = one_fact().with("/facts/0/recorded_at", json!(NOW)).on_record(agreement(
        "d1",
        SHELTER,
        AT_RISK,
        "physical_health",
    ));
    assert_eq!(told.says_of("x0"), "disclosure:d1");
}

#[test]
fn an_emergency_act_opens_the_facts_chosen_and_no_other_of_the_same_category() {
    let told = one_fact().fact("x1", AT_RISK, "physical_health", SHELTER).on_record(emergency_act(
        "d1",
        SHELTER,
        &["x0"],
    ));
    assert_eq!(told.says_of("x0"), "disclosure:d1");
    assert_eq!(told.says_of("x1"), "withheld: no_basis");
}

#[test]
fn no_agency_discloses_anothers_fact() {
    let told = one_fact().on_record(emergency_act("d1", POLICE, &["x0"])).on_record(agreement(
        "d2",
        POLICE,
        AT_RISK,
        "physical_health",
    ));
    assert_eq!(told.says_of("x0"), "withheld: no_basis");
}

#[test]
fn an_act_speaks_to_its_recipients_only() {
    let told = one_fact().on_record(
        emergency_act("d1", SHELTER, &["x0"])
            .with("recipients", json!([{"agency": POLICE, "capacity": "able_to_aid"}])),
    );
    assert_eq!(told.says_of("x0"), "withheld: no_basis");
}

#[test]
fn an_act_is_in_force_from_its_first_instant_up_to_but_without_its_last() {
    let told = one_fact().on_record(emergency_act("d1", SHELTER, &["x0"]));
    let with =
        |key: &str, at: &str| told.clone().with(&format!("/disclosures/0/{key}"), json!(at)).says_of("x0");
    assert_eq!(with("at", NOW), "disclosure:d1");
    assert_eq!(with("at", IN_A_SECOND), "withheld: no_basis");
    assert_eq!(with("until", IN_A_SECOND), "disclosure:d1");
    assert_eq!(with("until", NOW), "withheld: no_basis");
    assert_eq!(with("revoked_at", IN_A_SECOND), "disclosure:d1");
    assert_eq!(with("revoked_at", NOW), "withheld: no_basis");
}

#[test]
fn a_refusal_does_not_stop_a_lawful_disclosure() {
    let told = one_fact().on_record(consent("c1", AT_RISK).denying(&["circle"])).on_record(emergency_act(
        "d1",
        SHELTER,
        &["x0"],
    ));
    assert_eq!(told.says_of("x0"), "disclosure:d1");
}

#[test]
fn consent_is_named_before_an_act_and_the_smallest_act_by_bytes_before_others() {
    let told = one_fact().on_record(emergency_act("d2", SHELTER, &["x0"])).on_record(agreement(
        "d10",
        SHELTER,
        AT_RISK,
        "physical_health",
    ));
    assert_eq!(told.clone().says_of("x0"), "disclosure:d10");
    let consented = told.on_record(consent("e1", AT_RISK).permitting(&[HEALTH]));
    assert_eq!(consented.says_of("x0"), "consent:e1");
}

#[test]
fn a_vault_beats_an_act_and_a_consent() {
    let told = one_fact().on_record(consent("c1", AT_RISK).permitting(&[HEALTH])).on_record(emergency_act(
        "d1",
        SHELTER,
        &["x0"],
    ));
    for vault in [json!([]), json!([POLICE]), json!(["*"]), json!(["circle"])] {
        assert_eq!(told.clone().with("/facts/0/vault", vault.clone()).says_of("x0"), "hidden", "{vault}");
    }
}

#[test]
fn a_vault_that_names_the_viewers_agency_only_lets_the_other_rules_speak() {
    let told = one_fact().with("/facts/0/vault", json!([HEALTH]));
    assert_eq!(told.clone().says_of("x0"), "withheld: no_basis");
    assert_eq!(told.on_record(emergency_act("d1", SHELTER, &["x0"])).says_of("x0"), "disclosure:d1");
}

#[test]
fn an_act_does_not_count_where_the_ceiling_leaves_only_consent() {
    let told = one_fact().purpose("service_delivery").on_record(emergency_act("d1", SHELTER, &["x0"]));
    assert_eq!(told.says_of("x0"), "withheld: no_basis");
}

#[test]
fn an_act_by_an_agency_that_has_left_the_circle_still_holds() {
    let left = json!({"agency": COMMUNITY, "from": "2026-01-01T00:00:00Z", "until": "2026-10-13T00:00:00Z"});
    let told = scene()
        .with("/file/circle/2", left)
        .fact("x0", AT_RISK, "physical_health", COMMUNITY)
        .on_record(emergency_act("d1", COMMUNITY, &["x0"]));
    assert_eq!(told.says_of("x0"), "disclosure:d1");
}
