//! What every act must satisfy, whatever its basis.

use super::*;

#[test]
fn an_emergency_that_is_wholly_attested_is_cleared_for_thirty_days() {
    let cleared = Draft::emergency().check().unwrap();
    assert_eq!(cleared.until(), moment("2026-12-17T16:10:00Z"));
    assert!(!cleared.directive_missing());
}

#[test]
fn an_emergency_may_reach_any_agency_in_each_of_the_three_capacities() {
    for capacity in Capacity::ALL {
        let mut act = Draft::emergency();
        act.recipients =
            AgencyKind::ALL.iter().map(|kind| Recipient { kind: *kind, capacity: *capacity }).collect();
        assert_eq!(act.refusals(), []);
    }
}

#[test]
fn a_directive_that_is_missing_warns_and_never_blocks() {
    let threat = [item(Category::Weapons, SubjectRole::AllegedAggressor)];
    let mut act =
        Draft::under("QC_A21_59_1", AgencyKind::Police, Regime::PublicBody, AgencyKind::Shelter, &threat);
    assert!(act.check().unwrap().directive_missing());
    act.attestations.insert("directive_ref".to_owned(), Answer::Words("DIR-3".to_owned()));
    assert!(!act.check().unwrap().directive_missing());
}

#[test]
fn each_condition_must_be_attested_by_itself() {
    for asked in &Draft::emergency().basis.asks {
        let place = format!("/attestations/{}", asked.id);
        let mut act = Draft::emergency();
        act.attestations.remove(&asked.id);
        assert_eq!(act.refusals(), one(&place, Rule::NotAttested));
        act.attestations.insert(asked.id.clone(), Answer::Yes(false));
        assert_eq!(act.refusals().len(), 1, "{}", asked.id);
        act.attestations.insert(asked.id.clone(), Answer::Words("oui".to_owned()));
        assert_eq!(act.refusals().len(), 1, "{}", asked.id);
    }
}

#[test]
fn an_attestation_nobody_asked_for_is_refused() {
    let mut act = Draft::emergency();
    act.attestations.insert("imminence".to_owned(), Answer::Yes(true));
    assert_eq!(act.refusals(), one("/attestations/imminence", Rule::UnknownMember));
}

#[test]
fn an_act_toward_nobody_or_of_nothing_is_refused() {
    let mut act = Draft::emergency();
    act.recipients.clear();
    assert_eq!(act.refusals(), one("/recipients", Rule::EmptyList));
    let mut act = Draft::emergency();
    act.items.clear();
    assert_eq!(act.refusals(), one("/items", Rule::EmptyList));
}

#[test]
fn notes_are_never_disclosed_under_any_basis() {
    for basis in Law::all().iter().filter(|basis| basis.holds_on(today().date_naive())) {
        let mut act = Draft::emergency();
        act.basis = basis;
        act.items.push(item(Category::Notes, SubjectRole::PersonAtRisk));
        assert!(
            act.refusals().contains(&("/items/1".to_owned(), Rule::NotesNeverDisclosed)),
            "{}",
            basis.code
        );
    }
}

#[test]
fn reading_time_lies_after_the_act_and_within_thirty_days() {
    let until = |days: i64, seconds: i64| {
        let mut act = Draft::emergency();
        act.until = Some(today() + TimeDelta::days(days) + TimeDelta::seconds(seconds));
        act.refusals()
    };
    assert_eq!(until(30, 0), []);
    assert_eq!(until(30, 1), one("/until", Rule::ReadingTimeTooLong));
    assert_eq!(until(0, 0), one("/until", Rule::WrongOrder));
}

#[test]
fn an_emergency_never_becomes_a_standing_access() {
    let mut act = Draft::emergency();
    act.expires = Expiry::AgreementEnd;
    act.until = Some(today() + TimeDelta::days(365));
    assert_eq!(act.refusals(), one("/expires", Rule::ExpiryNotAllowed));
}

#[test]
fn everything_wrong_is_said_at_once() {
    let mut act = Draft::emergency();
    act.invoker.regime = Regime::Health;
    act.recipients.clear();
    act.items.clear();
    act.attestations.clear();
    act.until = Some(today());
    assert_eq!(act.refusals().len(), 1 + 1 + 1 + act.basis.asks.len() + 1);
}
