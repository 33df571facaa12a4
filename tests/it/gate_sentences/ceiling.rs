//! What a role at a kind of agency may see at all.

use serde_json::json;
use tests::scene::{AGGRESSOR, AT_RISK, CHILD, HEALTH, SHELTER, Scene, agreement, consent, scene};

/// A fact about this person that both a consent and an agreement would open.
fn opened_twice(subject: &str, category: &str) -> Scene {
    scene()
        .fact("x0", subject, category, SHELTER)
        .on_record(consent("c1", subject).permitting(&[HEALTH]))
        .on_record(agreement("d1", SHELTER, subject, category))
}

#[test]
fn a_worker_shares_by_consent_for_service_and_by_act_for_risk() {
    let told = opened_twice(AT_RISK, "weapons").roles(&["worker"]);
    assert_eq!(told.clone().purpose("service_delivery").says_of("x0"), "consent:c1");
    assert_eq!(told.clone().purpose("risk_appraisal").says_of("x0"), "disclosure:d1");
    assert_eq!(told.purpose("case_review").says_of("x0"), "hidden");
}

#[test]
fn respondents_committee_and_coordinators_consult_consents_for_risk_appraisal() {
    for role in ["respondent", "committee", "coordinator"] {
        let told = opened_twice(AT_RISK, "weapons").roles(&[role]).purpose("risk_appraisal");
        assert_eq!(told.says_of("x0"), "consent:c1", "{role}");
    }
}

#[test]
fn a_reviewer_sees_a_few_categories_of_the_person_at_risk_by_consent_in_review_only() {
    let review = |told: Scene| told.roles(&["reviewer"]).purpose("case_review").says_of("x0");
    assert_eq!(review(opened_twice(AT_RISK, "services")), "consent:c1");
    assert_eq!(review(opened_twice(AT_RISK, "weapons")), "hidden");
    assert_eq!(review(opened_twice(AGGRESSOR, "services")), "hidden");
    assert_eq!(opened_twice(AT_RISK, "services").roles(&["reviewer"]).says_of("x0"), "hidden");
}

#[test]
fn nobody_sees_even_own_facts_in_case_review() {
    let told = scene().fact("x0", AT_RISK, "services", HEALTH).purpose("case_review");
    assert_eq!(told.roles(&["reviewer", "coordinator"]).says_of("x0"), "hidden");
}

#[test]
fn several_roles_may_do_what_any_one_of_them_may() {
    let told = opened_twice(AT_RISK, "services").roles(&["auditor", "reviewer", "worker"]);
    assert_eq!(told.clone().purpose("case_review").says_of("x0"), "consent:c1");
    assert_eq!(told.purpose("service_delivery").says_of("x0"), "consent:c1");
}

#[test]
fn services_for_partners_never_learn_where_anyone_is() {
    for category in ["location", "safe_contact", "safety_plan"] {
        for subject in [AT_RISK, AGGRESSOR] {
            let told = opened_twice(subject, category).viewer_kind("perpetrator_services");
            assert_eq!(told.says_of("x0"), "hidden", "{category} of {subject}");
        }
    }
}

#[test]
fn services_for_partners_learn_household_and_services_of_the_aggressor_only() {
    for category in ["household", "services"] {
        let of =
            |subject: &str| opened_twice(subject, category).viewer_kind("perpetrator_services").says_of("x0");
        assert_eq!(of(AGGRESSOR), "consent:c1", "{category}");
        assert_eq!(of(AT_RISK), "hidden", "{category}");
        assert_eq!(of(CHILD), "hidden", "{category}");
    }
}

#[test]
fn justice_learns_what_a_person_at_risk_lived_through_by_consent_and_by_no_act() {
    for kind in ["police", "prosecution", "corrections"] {
        for category in ["sexual_violence", "substance_use"] {
            let told = opened_twice(AT_RISK, category).viewer_kind(kind);
            assert_eq!(told.clone().says_of("x0"), "consent:c1", "{kind}, {category}");
            let without_consent = told.with("/consents", json!([]));
            assert_eq!(without_consent.says_of("x0"), "withheld: no_basis", "{kind}, {category}");
            let of_another = opened_twice(AGGRESSOR, category).viewer_kind(kind).with("/consents", json!([]));
            assert_eq!(of_another.says_of("x0"), "disclosure:d1", "{kind}, {category}");
        }
    }
}

#[test]
fn a_wall_around_what_others_say_does_not_hide_what_is_own() {
    let told = scene().fact("x0", AT_RISK, "location", HEALTH).viewer_kind("perpetrator_services");
    assert_eq!(told.says_of("x0"), "own");
}

#[test]
fn notes_are_never_shared() {
    let told = opened_twice(AT_RISK, "notes");
    assert_eq!(told.says_of("x0"), "hidden");
}
