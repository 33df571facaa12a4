//! The compiled ceiling is the engine's answers, all of them, and refuses to be built from less.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use authz::{
    ceiling::{Ceiling, CeilingError, Policy},
    vocabulary::{AgencyKind, BasisKind, Category, Purpose, Role, RoleSet, SubjectRole},
};

const MODEL: &str = include_str!("../policy/model.conf");
const RULES: &str = include_str!("../policy/rules.csv");

#[test]
fn all_84_480_cells_are_what_the_engine_answers() {
    let ceiling = Ceiling::built_in().unwrap();
    let policy = Policy::load(MODEL, RULES).unwrap();
    let mut cells = 0;
    for role in Role::ALL {
        for kind in AgencyKind::ALL {
            for category in Category::ALL {
                for subject in SubjectRole::ALL {
                    for purpose in Purpose::ALL {
                        for basis in BasisKind::ALL {
                            let asked =
                                policy.ask(*role, *kind, *category, *subject, *purpose, *basis).unwrap();
                            let held = RoleSet::EMPTY.with(*role);
                            let compiled = ceiling.allows(held, *kind, *category, *subject, *purpose, *basis);
                            assert_eq!(
                                compiled, asked,
                                "{role} {kind} {category} {subject} {purpose} {basis}"
                            );
                            cells += 1;
                        }
                    }
                }
            }
        }
    }
    assert_eq!(cells, 84_480);
}

#[test]
fn an_empty_policy_is_refused() {
    assert_eq!(Ceiling::from_text(MODEL, "\n").unwrap_err(), CeilingError::Empty);
}

#[test]
fn a_row_of_wrong_arity_is_refused_by_its_number() {
    let rules = format!("{RULES}p, role:worker, *, *, *, *, allow\n");
    assert_eq!(Ceiling::from_text(MODEL, &rules).unwrap_err(), CeilingError::Arity(9));
}

#[test]
fn an_unknown_word_is_refused_by_its_column() {
    let rules = RULES.replace("kind:prosecution", "kind:prosecutor");
    assert_eq!(Ceiling::from_text(MODEL, &rules).unwrap_err(), CeilingError::Word { row: 8, column: "kind" });
    let rules = RULES.replacen("allow", "permit", 1);
    assert_eq!(
        Ceiling::from_text(MODEL, &rules).unwrap_err(),
        CeilingError::Word { row: 1, column: "effect" }
    );
}

#[test]
fn a_matcher_cut_short_by_a_hash_is_refused() {
    let model = MODEL.replace("&& has(p.basis, r.basis)", "# && has(p.basis, r.basis)");
    assert!(Ceiling::from_text(&model, RULES).is_err());
}

#[test]
fn a_matcher_that_forgets_a_column_allows_the_unknown_and_is_refused() {
    let model = MODEL.replace(" && has(p.category, r.category)", "");
    assert_eq!(Ceiling::from_text(&model, RULES).unwrap_err(), CeilingError::AllowsUnknown);
}

#[test]
fn nobody_may_anything() {
    let ceiling = Ceiling::built_in().unwrap();
    for basis in BasisKind::ALL {
        let mask = ceiling.mask(
            RoleSet::EMPTY,
            AgencyKind::Shelter,
            SubjectRole::Child,
            Purpose::SafetyPlanning,
            *basis,
        );
        assert_eq!(mask, 0);
    }
}
