//! Whose word counts, when, and for what.

use serde_json::json;
use tests::scene::{
    A_SECOND_AGO, AGGRESSOR, AT_RISK, CHILD, COMMUNITY, HEALTH, IN_A_SECOND, NOW, POLICE, RELATIVE, SHELTER,
    Scene, consent, scene,
};

/// One fact about this person, recorded by the shelter.
fn one_fact_about(person: &str) -> Scene {
    scene().fact("x0", person, "physical_health", SHELTER)
}

/// Someone of the file, born on that day.
fn born(scene: Scene, index: usize, birth_date: &str) -> Scene {
    scene.with(&format!("/file/persons/{index}/birth_date"), json!(birth_date))
}

/// The child of the file, born so as to be fifteen.
fn teenager() -> Scene {
    born(one_fact_about(CHILD), 2, "2011-06-01")
}

#[test]
fn a_subjects_permission_displaces_a_parents_refusal() {
    let told = teenager()
        .on_record(consent("c1", CHILD).by_parent(AT_RISK).denying(&[HEALTH]))
        .on_record(consent("c2", CHILD).permitting(&[HEALTH]));
    assert_eq!(told.says_of("x0"), "consent:c2");
}

#[test]
fn a_subjects_refusal_displaces_a_parents_permission() {
    let told = teenager()
        .on_record(consent("c1", CHILD).by_parent(AT_RISK).permitting(&[HEALTH]))
        .on_record(consent("c2", CHILD).denying(&[HEALTH]));
    assert_eq!(told.says_of("x0"), "withheld: refused");
}

#[test]
fn a_parents_permission_names_no_basis_once_the_subject_speaks() {
    let told = teenager()
        .on_record(consent("c1", CHILD).by_parent(AT_RISK).permitting(&[HEALTH]))
        .on_record(consent("c2", CHILD).permitting(&[HEALTH]));
    assert_eq!(told.says_of("x0"), "consent:c2");
}

#[test]
fn a_subject_who_speaks_of_something_else_displaces_nobody() {
    let told = teenager()
        .on_record(consent("c1", CHILD).by_parent(AT_RISK).denying(&[HEALTH]))
        .on_record(consent("c2", CHILD).providing("permit", &[HEALTH], &["weapons"]))
        .on_record(consent("c3", CHILD).permitting(&[POLICE]));
    assert_eq!(told.says_of("x0"), "withheld: refused");
}

#[test]
fn a_subject_whose_word_has_ended_displaces_nobody() {
    let told = teenager()
        .on_record(consent("c1", CHILD).by_parent(AT_RISK).permitting(&[HEALTH]))
        .on_record(consent("c2", CHILD).denying(&[HEALTH]).with("withdrawn_at", NOW));
    assert_eq!(told.says_of("x0"), "consent:c1");
}

#[test]
fn a_denial_beats_a_permission_even_within_one_consent() {
    let told =
        one_fact_about(AT_RISK).on_record(consent("c1", AT_RISK).permitting(&[HEALTH]).denying(&[HEALTH]));
    assert_eq!(told.says_of("x0"), "withheld: refused");
}

#[test]
fn a_consent_speaks_of_its_own_subject_only() {
    let told = one_fact_about(AT_RISK).on_record(consent("c1", RELATIVE).permitting(&[HEALTH]));
    assert_eq!(told.says_of("x0"), "withheld: no_basis");
}

#[test]
fn an_aggressors_permission_opens_only_what_the_agency_that_took_it_recorded() {
    let told = one_fact_about(AGGRESSOR)
        .fact("x1", AGGRESSOR, "physical_health", POLICE)
        .on_record(consent("c1", AGGRESSOR).permitting(&[HEALTH]).with("recorded_by", SHELTER));
    assert_eq!(told.says_of("x0"), "consent:c1");
    assert_eq!(told.says_of("x1"), "withheld: no_basis");
}

#[test]
fn an_aggressors_denial_is_not_so_bound() {
    let told = one_fact_about(AGGRESSOR)
        .on_record(consent("c1", AGGRESSOR).denying(&[HEALTH]).with("recorded_by", POLICE))
        .on_record(consent("c2", AGGRESSOR).permitting(&[HEALTH]).with("recorded_by", SHELTER));
    assert_eq!(told.says_of("x0"), "withheld: refused");
}

#[test]
fn a_permission_given_in_a_young_aggressors_name_is_bound_as_well() {
    let told = born(one_fact_about(AGGRESSOR), 1, "2010-01-01")
        .fact("x1", AGGRESSOR, "physical_health", POLICE)
        .on_record(
            consent("c1", AGGRESSOR).by_parent(RELATIVE).permitting(&[HEALTH]).with("recorded_by", SHELTER),
        );
    assert_eq!(told.says_of("x0"), "consent:c1");
    assert_eq!(told.says_of("x1"), "withheld: no_basis");
}

#[test]
fn a_parent_who_is_nobody_a_stranger_the_aggressor_or_the_subject_gives_nothing() {
    for grantor in [json!(null), json!("someone-elsewhere"), json!(AGGRESSOR), json!(CHILD)] {
        let by = json!({"kind": "parent", "person": grantor});
        let told =
            one_fact_about(CHILD).on_record(consent("c1", CHILD).permitting(&[HEALTH]).with("grantor", by));
        assert_eq!(told.says_of("x0"), "withheld: no_basis", "{grantor}");
    }
}

#[test]
fn a_void_denial_does_not_count() {
    let told = one_fact_about(CHILD)
        .on_record(consent("c1", CHILD).by_parent(AGGRESSOR).denying(&["circle"]))
        .on_record(consent("c2", CHILD).denying(&["circle"]))
        .on_record(consent("c3", CHILD).by_parent(AT_RISK).permitting(&[HEALTH]));
    assert_eq!(told.says_of("x0"), "consent:c3");
}

#[test]
fn a_denial_that_has_ended_does_not_count() {
    let told = one_fact_about(AT_RISK)
        .on_record(consent("c1", AT_RISK).denying(&["circle"]).with("valid_until", NOW))
        .on_record(consent("c2", AT_RISK).permitting(&[HEALTH]));
    assert_eq!(told.says_of("x0"), "consent:c2");
}

#[test]
fn fourteen_is_reached_at_midnight_in_toronto() {
    let told = born(one_fact_about(CHILD), 2, "2012-09-01");
    let given = |at: &str| consent("c1", CHILD).permitting(&[HEALTH]).with("given_at", at);
    assert_eq!(told.clone().on_record(given("2026-09-01T03:59:59Z")).says_of("x0"), "withheld: no_basis");
    assert_eq!(told.on_record(given("2026-09-01T04:00:00Z")).says_of("x0"), "consent:c1");
}

#[test]
fn someone_born_on_29_february_is_fourteen_on_1_march() {
    let told = born(one_fact_about(CHILD), 2, "2012-02-29");
    let given = |at: &str| consent("c1", CHILD).permitting(&[HEALTH]).with("given_at", at);
    assert_eq!(told.clone().on_record(given("2026-03-01T04:59:59Z")).says_of("x0"), "withheld: no_basis");
    assert_eq!(told.on_record(given("2026-03-01T05:00:00Z")).says_of("x0"), "consent:c1");
}

#[test]
fn without_a_birth_date_a_child_is_under_fourteen_and_anyone_else_grown_up() {
    let child = one_fact_about(CHILD).with("/file/persons/2/birth_date", json!(null));
    let by_self = consent("c1", CHILD).permitting(&[HEALTH]);
    assert_eq!(child.clone().on_record(by_self.clone()).says_of("x0"), "withheld: no_basis");
    assert_eq!(child.on_record(by_self.by_parent(AT_RISK)).says_of("x0"), "consent:c1");

    let grown = one_fact_about(RELATIVE);
    let by_self = consent("c1", RELATIVE).permitting(&[HEALTH]);
    assert_eq!(grown.clone().on_record(by_self.clone()).says_of("x0"), "consent:c1");
    assert_eq!(grown.on_record(by_self.by_parent(AT_RISK)).says_of("x0"), "withheld: no_basis");
}

#[test]
fn a_parents_consent_ends_on_the_eighteenth_birthday_in_toronto_even_when_withdrawn_before() {
    let told = born(one_fact_about(CHILD), 2, "2008-10-17")
        .on_record(consent("c1", CHILD).by_parent(AT_RISK).permitting(&[HEALTH]));
    let eve = "2026-10-17T03:59:59Z";
    assert_eq!(told.clone().with("/now", json!(eve)).says_of("x0"), "consent:c1");
    assert_eq!(told.clone().says_of("x0"), "withheld: expired");
    assert_eq!(told.with("/consents/0/withdrawn_at", json!(eve)).says_of("x0"), "withheld: expired");
}

#[test]
fn a_permission_to_the_circle_reaches_those_in_it_when_it_was_given() {
    let told = one_fact_about(AT_RISK).on_record(consent("c1", AT_RISK).permitting(&["circle"]));
    assert_eq!(told.clone().says_of("x0"), "consent:c1");
    let joined_later = told.with("/file/circle/0/from", json!("2026-09-01T12:00:01Z"));
    assert_eq!(joined_later.says_of("x0"), "withheld: no_basis");
}

#[test]
fn a_denial_to_the_circle_reaches_every_agency() {
    let told = one_fact_about(AT_RISK)
        .with("/file/circle/0/from", json!("2026-09-15T00:00:00Z"))
        .on_record(consent("c1", AT_RISK).permitting(&[HEALTH]))
        .on_record(consent("c2", AT_RISK).denying(&["circle"]));
    assert_eq!(told.says_of("x0"), "withheld: refused");
}

#[test]
fn a_star_among_recipients_names_nobody() {
    let told = one_fact_about(AT_RISK).on_record(consent("c1", AT_RISK).permitting(&["*"]));
    assert_eq!(told.says_of("x0"), "withheld: no_basis");
}

#[test]
fn an_empty_list_names_nobody_in_a_denial_too() {
    for list in ["recipients", "categories", "purposes", "sources"] {
        let told = one_fact_about(AT_RISK)
            .on_record(consent("c1", AT_RISK).denying(&[HEALTH]))
            .on_record(consent("c2", AT_RISK).permitting(&[HEALTH]))
            .with(&format!("/consents/0/provisions/0/{list}"), json!([]));
        assert_eq!(told.says_of("x0"), "consent:c2", "{list}");
    }
}

#[test]
fn sources_and_purposes_narrow_a_permission() {
    let told = one_fact_about(AT_RISK).on_record(consent("c1", AT_RISK).permitting(&[HEALTH]));
    let sources = told.clone().with("/consents/0/provisions/0/sources", json!([COMMUNITY]));
    assert_eq!(sources.says_of("x0"), "withheld: no_basis");
    let purposes = told.with("/consents/0/provisions/0/purposes", json!(["service_delivery"]));
    assert_eq!(purposes.says_of("x0"), "withheld: no_basis");
}

#[test]
fn the_basis_is_the_smallest_id_by_bytes() {
    let told = one_fact_about(AT_RISK)
        .on_record(consent("c2", AT_RISK).permitting(&[HEALTH]))
        .on_record(consent("c10", AT_RISK).permitting(&[HEALTH]));
    assert_eq!(told.says_of("x0"), "consent:c10");
}

#[test]
fn a_consent_is_valid_from_its_first_instant_up_to_but_without_its_last() {
    let told = one_fact_about(AT_RISK).on_record(consent("c1", AT_RISK).permitting(&[HEALTH]));
    let from = |at: &str| told.clone().with("/consents/0/valid_from", json!(at)).says_of("x0");
    assert_eq!(from(NOW), "consent:c1");
    assert_eq!(from(IN_A_SECOND), "withheld: no_basis");
    let given = |at: &str| told.clone().with("/consents/0/given_at", json!(at)).says_of("x0");
    assert_eq!(given(NOW), "consent:c1");
    assert_eq!(given(IN_A_SECOND), "withheld: no_basis");
    let until = |at: &str| told.clone().with("/consents/0/valid_until", json!(at)).says_of("x0");
    assert_eq!(until(IN_A_SECOND), "consent:c1");
    assert_eq!(until(NOW), "withheld: expired");
    let withdrawn = |at: &str| told.clone().with("/consents/0/withdrawn_at", json!(at)).says_of("x0");
    assert_eq!(withdrawn(IN_A_SECOND), "consent:c1");
    assert_eq!(withdrawn(NOW), "withheld: withdrawn");
    assert_eq!(withdrawn(A_SECOND_AGO), "withheld: withdrawn");
}

#[test]
fn an_instant_is_the_same_in_whatever_zone_it_is_written() {
    let told = one_fact_about(AT_RISK).on_record(consent("c1", AT_RISK).permitting(&[HEALTH]));
    let noon_in_utc = json!("2026-10-17T08:00:00-04:00");
    assert_eq!(told.with("/consents/0/valid_until", noon_in_utc).says_of("x0"), "withheld: expired");
}
