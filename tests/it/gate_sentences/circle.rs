//! Inside, outside, after sunset, recused.

use serde_json::json;
use tests::scene::{
    A_SECOND_AGO, AT_RISK, COMMUNITY, HEALTH, IN_A_SECOND, NOW, SHELTER, Scene, agreement, consent,
    emergency_act, scene,
};

/// One fact of the viewer's agency and three of the shelter: consented, disclosed and neither.
fn one_of_each() -> Scene {
    scene()
        .fact("own", AT_RISK, "notes", HEALTH)
        .fact("consented", AT_RISK, "identity", SHELTER)
        .fact("disclosed", AT_RISK, "location", SHELTER)
        .fact("neither", AT_RISK, "weapons", SHELTER)
        .on_record(consent("c1", AT_RISK).providing("permit", &[HEALTH], &["identity"]))
        .on_record(emergency_act("d1", SHELTER, &["disclosed"]))
}

fn all(scene: &Scene) -> [String; 4] {
    ["own", "consented", "disclosed", "neither"].map(|fact| scene.says_of(fact))
}

#[test]
fn the_circle_sees_what_is_its_own_consented_and_disclosed_and_that_something_is_withheld() {
    assert_eq!(all(&one_of_each()), ["own", "consent:c1", "disclosure:d1", "withheld: no_basis"]);
}

#[test]
fn an_agency_outside_sees_its_own_facts_and_what_an_act_tells_it_and_consents_do_not_reach_it() {
    assert_eq!(all(&one_of_each().outside()), ["own", "hidden", "disclosure:d1", "hidden"]);
}

#[test]
fn an_agency_outside_with_neither_a_fact_nor_an_act_finds_no_file() {
    let told = scene()
        .fact("x0", AT_RISK, "identity", SHELTER)
        .on_record(consent("c1", AT_RISK).permitting(&[HEALTH]));
    assert_eq!(told.outside().says_of("x0"), "absent");
}

#[test]
fn an_act_alone_lets_an_agency_outside_find_the_file_until_sunset() {
    let told = scene()
        .fact("x0", AT_RISK, "identity", SHELTER)
        .on_record(emergency_act("d1", SHELTER, &["x0"]))
        .outside();
    let sunset = |at: &str| told.clone().with("/file/sunset_at", json!(at)).says_of("x0");
    assert_eq!(sunset(IN_A_SECOND), "disclosure:d1");
    assert_eq!(sunset(NOW), "absent");
}

#[test]
fn an_agency_that_was_told_finds_the_file_even_when_this_viewer_may_not_see_what() {
    let told = scene()
        .fact("x0", AT_RISK, "identity", SHELTER)
        .on_record(emergency_act("d1", SHELTER, &["x0"]))
        .outside();
    assert_eq!(told.clone().purpose("service_delivery").says_of("x0"), "hidden");
    assert_eq!(told.roles(&["auditor"]).says_of("x0"), "hidden");
}

#[test]
fn an_agency_outside_whose_own_facts_this_viewer_may_not_see_still_finds_the_file() {
    let told = scene().fact("x0", AT_RISK, "identity", HEALTH).outside();
    assert_eq!(told.purpose("case_review").says_of("x0"), "hidden");
}

#[test]
fn an_agreement_over_a_vaulted_fact_does_not_tell_an_agency_outside_that_there_is_a_file() {
    let told = scene()
        .fact("x0", AT_RISK, "location", SHELTER)
        .with("/facts/0/vault", json!([]))
        .on_record(agreement("d1", SHELTER, AT_RISK, "location"))
        .outside();
    assert_eq!(told.says_of("x0"), "absent");
}

#[test]
fn at_sunset_only_own_facts_remain_and_the_circle_still_finds_the_file() {
    let at = |sunset: &str| one_of_each().with("/file/sunset_at", json!(sunset));
    assert_eq!(all(&at(IN_A_SECOND)), ["own", "consent:c1", "disclosure:d1", "withheld: no_basis"]);
    for sunset in [NOW, A_SECOND_AGO] {
        assert_eq!(all(&at(sunset)), ["own", "hidden", "hidden", "hidden"]);
    }
    let nothing_own = scene().fact("x0", AT_RISK, "identity", SHELTER).with("/file/sunset_at", json!(NOW));
    assert_eq!(nothing_own.says_of("x0"), "hidden");
}

#[test]
fn own_facts_ignore_sunset_vault_and_circle_at_once() {
    let told = scene()
        .fact("x0", AT_RISK, "notes", HEALTH)
        .with("/facts/0/vault", json!([SHELTER]))
        .with("/file/sunset_at", json!(A_SECOND_AGO))
        .outside();
    assert_eq!(told.says_of("x0"), "own");
}

#[test]
fn an_agency_is_in_the_circle_from_its_first_instant_up_to_but_without_its_last() {
    let told = scene().fact("x0", AT_RISK, "identity", SHELTER);
    let from = |at: &str| told.clone().with("/file/circle/0/from", json!(at)).says_of("x0");
    assert_eq!(from(NOW), "withheld: no_basis");
    assert_eq!(from(IN_A_SECOND), "absent");
    let until = |at: &str| told.clone().with("/file/circle/0/until", json!(at)).says_of("x0");
    assert_eq!(until(IN_A_SECOND), "withheld: no_basis");
    assert_eq!(until(NOW), "absent");
}

#[test]
fn an_agency_that_left_and_came_back_is_in_the_circle() {
    let row = |from: &str, until: Option<&str>| json!({"agency": HEALTH, "from": from, "until": until});
    let told = scene().fact("x0", AT_RISK, "identity", SHELTER).with(
        "/file/circle",
        json!([
            row("2026-01-01T00:00:00Z", Some("2026-02-01T00:00:00Z")),
            row("2026-10-01T00:00:00Z", None),
            row("2026-03-01T00:00:00Z", Some("2026-04-01T00:00:00Z")),
        ]),
    );
    assert_eq!(told.clone().says_of("x0"), "withheld: no_basis");
    let between = told.on_record(consent("c1", AT_RISK).permitting(&["circle"]));
    assert_eq!(between.says_of("x0"), "withheld: no_basis", "it was away when the consent was given");
}

#[test]
fn to_the_recused_the_file_is_absent_whatever_is_own_and_to_others_it_is_not() {
    let told = one_of_each();
    assert_eq!(told.clone().with("/file/recused", json!(["u7", "u0"])).says_of("own"), "absent");
    assert_eq!(told.with("/file/recused", json!(["u7"])).says_of("own"), "own");
}

#[test]
fn a_source_that_never_was_in_the_circle_is_judged_like_any_other() {
    let told = scene()
        .fact("x0", AT_RISK, "identity", COMMUNITY)
        .on_record(consent("c1", AT_RISK).permitting(&[HEALTH]));
    assert_eq!(told.says_of("x0"), "consent:c1");
}
