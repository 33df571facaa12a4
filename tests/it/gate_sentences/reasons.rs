//! Why a field is withheld: refused, else withdrawn, else expired, else no basis.

use tests::scene::{AT_RISK, HEALTH, NOW, SHELTER, Scene, consent, scene};

fn one_fact() -> Scene {
    scene().fact("x0", AT_RISK, "physical_health", SHELTER)
}

#[test]
fn the_strongest_reason_is_named() {
    let expired = consent("c1", AT_RISK).permitting(&[HEALTH]).with("valid_until", NOW);
    let withdrawn = consent("c2", AT_RISK).permitting(&[HEALTH]).with("withdrawn_at", NOW);
    let refused = consent("c3", AT_RISK).denying(&[HEALTH]);
    assert_eq!(one_fact().says_of("x0"), "withheld: no_basis");
    assert_eq!(one_fact().on_record(expired.clone()).says_of("x0"), "withheld: expired");
    let two = one_fact().on_record(expired).on_record(withdrawn);
    assert_eq!(two.clone().says_of("x0"), "withheld: withdrawn");
    assert_eq!(two.on_record(refused).says_of("x0"), "withheld: refused");
}

#[test]
fn a_consent_both_withdrawn_and_past_its_end_is_withdrawn() {
    let told = one_fact().on_record(
        consent("c1", AT_RISK).permitting(&[HEALTH]).with("withdrawn_at", NOW).with("valid_until", NOW),
    );
    assert_eq!(told.says_of("x0"), "withheld: withdrawn");
}

#[test]
fn a_denial_that_was_withdrawn_or_ended_gives_no_reason() {
    let told = one_fact()
        .on_record(consent("c1", AT_RISK).denying(&[HEALTH]).with("withdrawn_at", NOW))
        .on_record(consent("c2", AT_RISK).denying(&[HEALTH]).with("valid_until", NOW));
    assert_eq!(told.says_of("x0"), "withheld: no_basis");
}

#[test]
fn a_permission_that_would_not_have_covered_the_fact_gives_no_reason() {
    let told = one_fact()
        .on_record(
            consent("c1", AT_RISK).providing("permit", &[HEALTH], &["weapons"]).with("withdrawn_at", NOW),
        )
        .on_record(consent("c2", AT_RISK).permitting(&[SHELTER]).with("withdrawn_at", NOW));
    assert_eq!(told.says_of("x0"), "withheld: no_basis");
}

#[test]
fn where_the_ceiling_leaves_no_room_for_consent_the_reason_is_always_no_basis() {
    let told = one_fact()
        .roles(&["worker"])
        .purpose("risk_appraisal")
        .on_record(consent("c1", AT_RISK).denying(&[HEALTH]))
        .on_record(consent("c2", AT_RISK).permitting(&[HEALTH]).with("withdrawn_at", NOW));
    assert_eq!(told.says_of("x0"), "withheld: no_basis");
}
