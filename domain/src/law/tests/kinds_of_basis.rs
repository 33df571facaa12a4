//! What each kind of basis allows that others do not.

use super::*;

#[test]
fn an_agency_invokes_only_the_statute_that_governs_it() {
    let mut act = Draft::emergency();
    act.invoker.regime = Regime::PublicBody;
    assert_eq!(act.refusals(), one("/basis_code", Rule::BasisRegime));
    let child = [item(Category::ChildProtection, SubjectRole::Child)];
    let mut act = Draft::under(
        "QC_LPJ_72_8",
        AgencyKind::ChildProtection,
        Regime::YouthProtection,
        AgencyKind::Police,
        &child,
    );
    assert_eq!(act.refusals(), []);
    act.invoker.kind = AgencyKind::Community;
    assert_eq!(act.refusals(), one("/basis_code", Rule::BasisAgency));
}

#[test]
fn a_firearm_is_reported_to_the_police_only_and_about_behaviour() {
    let weapon = item(Category::Weapons, SubjectRole::AllegedAggressor);
    let under = |to, items: &[Item]| {
        Draft::under("QC_P38_FIREARM", AgencyKind::Health, Regime::Health, to, items).refusals()
    };
    assert_eq!(under(AgencyKind::Police, &[weapon]), []);
    assert_eq!(under(AgencyKind::Shelter, &[weapon]), one("/recipients/0", Rule::RecipientNotAllowed));
    let sexual = item(Category::SexualViolence, SubjectRole::PersonAtRisk);
    assert_eq!(under(AgencyKind::Police, &[weapon, sexual]), one("/items/1", Rule::CategoryNotAllowed));
    let name = item(Category::Identity, SubjectRole::AllegedAggressor);
    assert_eq!(under(AgencyKind::Police, &[name]), one("/items", Rule::ContentOffBasis));
}

#[test]
fn a_report_to_youth_protection_goes_there_only_and_is_about_a_child() {
    let child = item(Category::ChildProtection, SubjectRole::Child);
    let under = |to, items: &[Item]| {
        Draft::under("QC_LPJ_39", AgencyKind::Shelter, Regime::PrivateSector, to, items).refusals()
    };
    assert_eq!(under(AgencyKind::ChildProtection, &[child]), []);
    assert_eq!(under(AgencyKind::Police, &[child]), one("/recipients/0", Rule::RecipientNotAllowed));
    let mother = item(Category::ViolenceHistory, SubjectRole::PersonAtRisk);
    assert_eq!(under(AgencyKind::ChildProtection, &[child, mother]), []);
    assert_eq!(under(AgencyKind::ChildProtection, &[mother]), one("/items", Rule::ContentOffBasis));
}

#[test]
fn the_french_report_goes_from_health_to_the_prosecutor_about_the_couple() {
    let victim = item(Category::PhysicalHealth, SubjectRole::PersonAtRisk);
    let draft =
        |to, items: &[Item]| Draft::under("FR_226_14_3", AgencyKind::Health, Regime::France, to, items);
    assert_eq!(draft(AgencyKind::Prosecution, &[victim]).refusals(), []);
    let to_police = draft(AgencyKind::Police, &[victim]).refusals();
    assert_eq!(to_police, one("/recipients/0", Rule::RecipientNotAllowed));
    let child = item(Category::Identity, SubjectRole::Child);
    let with_child = draft(AgencyKind::Prosecution, &[victim, child]).refusals();
    assert_eq!(with_child, one("/items/1", Rule::SubjectNotAllowed));
    let mut unheard = draft(AgencyKind::Prosecution, &[victim]);
    unheard.attestations.remove("agreement_sought");
    assert_eq!(unheard.refusals(), one("/attestations/agreement_sought", Rule::NotAttested));
}

#[test]
fn the_urgency_of_one_person_opens_nothing_about_another() {
    let own = item(Category::Location, SubjectRole::PersonAtRisk);
    let other = Item { person: person(1), ..own };
    let under = |items: &[Item]| {
        let to = AgencyKind::Health;
        Draft::under("QC_A21_59_4", AgencyKind::Police, Regime::PublicBody, to, items).refusals()
    };
    assert_eq!(under(&[own, own]), []);
    assert_eq!(under(&[own, other]), one("/items/1", Rule::SeveralPersons));
}

#[test]
fn a_prosecution_is_served_by_police_and_prosecutors_only() {
    let record = [item(Category::CriminalJustice, SubjectRole::AllegedAggressor)];
    for kind in AgencyKind::ALL {
        let act = Draft::under("QC_P391_18_3", AgencyKind::Shelter, Regime::PrivateSector, *kind, &record);
        let charged = matches!(kind, AgencyKind::Police | AgencyKind::Prosecution);
        assert_eq!(act.check().is_ok(), charged, "{kind}");
    }
}

#[test]
fn an_agreement_names_itself_and_its_end() {
    let listed = [item(Category::SubstanceUse, SubjectRole::PersonAtRisk)];
    let draft =
        || Draft::under("QC_A21_68", AgencyKind::Police, Regime::PublicBody, AgencyKind::Health, &listed);
    assert_eq!(draft().check().unwrap().until(), moment("2027-11-17T16:10:00Z"));
    let mut endless = draft();
    endless.until = None;
    assert_eq!(endless.refusals(), one("/until", Rule::Missing));
    let mut unnamed = draft();
    unnamed.attestations.insert("agreement_ref".to_owned(), Answer::Words(" ".to_owned()));
    assert_eq!(unnamed.refusals(), one("/attestations/agreement_ref", Rule::Blank));
}

#[test]
fn an_order_is_cited_or_nothing_is_told() {
    let any = [item(Category::Services, SubjectRole::PersonAtRisk)];
    let mut act =
        Draft::under("COURT_ORDER", AgencyKind::Shelter, Regime::PrivateSector, AgencyKind::Police, &any);
    assert_eq!(act.refusals(), []);
    act.attestations.remove("order_ref");
    assert_eq!(act.refusals(), one("/attestations/order_ref", Rule::NotAttested));
}
