//! Which law the program ships with, and which wording holds when.

use super::*;

#[test]
fn the_shipped_law_loads() {
    assert!(Law::built_in().is_ok(), "{:?}", Law::built_in().err());
}

#[test]
fn every_basis_that_acts_may_name_is_in_force_today() {
    for code in [
        "QC_A21_59_1",
        "QC_P391_18_1",
        "QC_LPJ_72_8",
        "QC_R221_74",
        "QC_C26_60_4",
        "QC_A21_59_4",
        "QC_P391_18_7",
        "QC_A21_59_3",
        "QC_P391_18_3",
        "QC_A21_68",
        "QC_LRSSS_80",
        "QC_LPJ_39",
        "QC_P38_FIREARM",
        "COURT_ORDER",
        "CORONER",
        "STATUTE_OTHER",
        "FR_226_14_3",
    ] {
        assert!(Law::require(code, today()).is_ok(), "{code}");
    }
}

#[test]
fn a_disclosure_of_2022_shows_the_wording_of_2017_to_2023() {
    for code in ["QC_A21_59_1", "QC_P391_18_1"] {
        let then = Law::in_force(code, moment("2022-06-01T12:00:00Z")).unwrap();
        let now = basis(code);
        assert_eq!((then.version, now.version), (1, 2));
        assert!(then.summary.get(Lang::En).contains("prevent an act of violence, including a suicide"));
        assert!(!now.summary.get(Lang::En).contains("prevent an act of violence"));
        assert!(now.summary.get(Lang::Fr).contains("disparition"));
        assert_eq!(then.status, Status::ToVerify);
    }
}

#[test]
fn a_wording_changes_at_midnight_in_quebec_not_in_greenwich() {
    let version = |at: &str| Law::in_force("QC_A21_59_1", moment(at)).map(|basis| basis.version);
    assert_eq!(version("2023-01-01T04:59:59Z"), Some(1));
    assert_eq!(version("2023-01-01T05:00:00Z"), Some(2));
}

#[test]
fn an_unknown_code_is_told_from_one_without_force() {
    assert_eq!(Law::require("QC_A21_59", today()).err(), Some(Rule::UnknownBasis));
    let before = moment("2010-01-01T00:00:00Z");
    assert_eq!(Law::require("QC_A21_59_1", before).err(), Some(Rule::BasisNotInForce));
}

#[test]
fn imminence_is_never_the_legal_test_of_a_quebec_emergency() {
    for basis in Law::all().iter().filter(|basis| basis.asks.iter().any(|asked| asked.id == "urgency")) {
        assert!(!basis.summary.get(Lang::Fr).contains("imminen"), "{}", basis.code);
        assert!(basis.asks.iter().all(|asked| !asked.prompt.get(Lang::Fr).contains("imminen")));
    }
}

#[test]
fn an_emergency_communication_of_a_public_body_goes_to_the_register_of_its_own_section() {
    assert_eq!(basis("QC_A21_59_1").register, Register::R60Dot1);
    assert_eq!(basis("QC_A21_68").register, Register::R67Dot3);
}

#[test]
fn what_is_not_verified_says_what_remains_to_verify() {
    for basis in Law::all().iter().filter(|basis| basis.status == Status::ToVerify) {
        assert!(basis.note.is_some(), "{}", basis.code);
    }
}

#[test]
fn an_empty_list_allows_nothing_and_a_strange_word_does_not_load() {
    let none: Only<Regime> = serde_json::from_str("[]").unwrap();
    assert!(!none.allows(&Regime::PublicBody));
    assert!(serde_json::from_str::<Only<Regime>>("\"any\"").is_err());
}

#[test]
fn law_that_contradicts_itself_does_not_load() {
    let shipped = super::super::BASES.first().unwrap();
    let spoilt = |from: &str, to: &str| {
        assert!(shipped.contains(from), "{from}");
        Law::read(super::super::CONDITIONS, &[&shipped.replacen(from, to, 1)]).err()
    };
    let overlap = spoilt("\"to\": \"2023-01-01\"", "\"to\": \"2024-01-01\"");
    assert!(matches!(overlap, Some(LawError::Basis { version: 2, .. })), "{overlap:?}");
    let stranger = spoilt("\"urgency\"", "\"hurry\"");
    assert!(matches!(stranger, Some(LawError::Basis { version: 1, .. })), "{stranger:?}");
    let member = spoilt("\"register\"", "\"registre\"");
    assert!(matches!(member, Some(LawError::Form { file: 1, .. })), "{member:?}");
    let order = spoilt("\"needs_order\": false", "\"needs_order\": true");
    assert!(matches!(order, Some(LawError::Basis { .. })), "{order:?}");
}

#[test]
fn what_people_write_in_an_attestation_never_prints() {
    assert_eq!(format!("{:?}", Answer::Words("Mireille".to_owned())), "•••");
}
