//! What must hold of the gate whatever the situation, tried on situations drawn to collide.
//!
//! A counterexample is printed in its smallest form; it belongs, as a sentence, in `gate_sentences`.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use tests::engine::{disclosed, engine, is_visible, of_fact};
use tests::oracle::ceiling::CATEGORIES;
use tests::oracle::{self, Reason};
use tests::situations::{AGENCIES, VIEWER_AGENCY, situation};
use tests::variations::{
    in_another_order, with, with_a_denial, with_a_narrower_act, with_a_narrower_permission,
    without_a_permission, without_a_role, without_an_act, without_fact,
};

fn cases(number: u32) -> ProptestConfig {
    ProptestConfig {
        cases: number.max(ProptestConfig::default().cases),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// No variation discloses a fact that the situation itself does not.
fn never_more(situation: &Value, variations: &[Value]) -> Result<(), TestCaseError> {
    let before = disclosed(&engine(situation));
    for varied in variations {
        let after = disclosed(&engine(varied));
        let more: Vec<_> = after.iter().filter(|fact| !before.contains(fact)).collect();
        prop_assert!(more.is_empty(), "{more:?} came to light in {varied}");
    }
    Ok(())
}

/// The situation, with the viewer's agency in the circle without end and every agency in it once, long ago.
fn seen_from_inside(situation: &Value) -> Value {
    let mut varied = situation.clone();
    let circle = varied["file"]["circle"].as_array_mut().unwrap();
    circle.push(json!({"agency": VIEWER_AGENCY, "from": "2020-01-01T00:00:00Z", "until": null}));
    for agency in AGENCIES {
        circle
            .push(json!({"agency": agency, "from": "2020-01-01T00:00:00Z", "until": "2020-02-01T00:00:00Z"}));
    }
    varied
}

fn ids_of_facts(situation: &Value) -> Vec<String> {
    let facts = situation["facts"].as_array().unwrap();
    facts.iter().map(|fact| fact["id"].as_str().unwrap().to_owned()).collect()
}

fn rests_on(decided: &Value, kind: &str) -> bool {
    decided["basis"].as_str().is_some_and(|basis| basis.starts_with(kind))
}

/// The constant-shape list, asked of the engine: one made-up fact for each person, category and other agency.
fn withheld_by_engine(situation: &Value) -> Vec<(String, String, Reason)> {
    let mut made_up = without_fact(situation, "");
    for id in ids_of_facts(situation) {
        made_up = without_fact(&made_up, &id);
    }
    let others: Vec<&str> = AGENCIES.iter().copied().filter(|agency| *agency != VIEWER_AGENCY).collect();
    for person in situation["file"]["persons"].as_array().unwrap() {
        for category in CATEGORIES {
            for source in &others {
                let id = format!("{}/{category}/{source}", person["id"].as_str().unwrap());
                made_up["facts"].as_array_mut().unwrap().push(json!({
                    "id": id,
                    "subject": person["id"],
                    "category": category,
                    "source": source,
                    "recorded_at": situation["now"],
                    "vault": null,
                }));
            }
        }
    }
    let decision = engine(&made_up);
    let mut listed = Vec::new();
    for person in situation["file"]["persons"].as_array().unwrap() {
        let person = person["id"].as_str().unwrap();
        for category in CATEGORIES {
            let reasons = others.iter().filter_map(|source| {
                of_fact(&decision, &format!("{person}/{category}/{source}"))["reason"]
                    .as_str()
                    .map(|reason| Reason::from_wire_name(reason).unwrap())
            });
            if let Some(strongest) = reasons.max() {
                listed.push((person.to_owned(), (*category).to_owned(), strongest));
            }
        }
    }
    listed
}

proptest! {
    #![proptest_config(cases(5_000))]

    #[test]
    fn the_engine_decides_as_the_oracle(situation in situation()) {
        prop_assert_eq!(engine(&situation), oracle::decide(&situation), "{}", situation);
    }
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn a_permission_less_never_discloses_more(situation in situation()) {
        never_more(&situation, &without_a_permission(&situation))?;
    }

    #[test]
    fn an_act_less_never_discloses_more(situation in situation()) {
        never_more(&situation, &without_an_act(&situation))?;
    }

    #[test]
    fn a_role_less_never_discloses_more(situation in situation()) {
        never_more(&situation, &without_a_role(&situation))?;
    }

    #[test]
    fn a_narrower_permission_never_discloses_more(situation in situation()) {
        never_more(&situation, &with_a_narrower_permission(&situation))?;
    }

    #[test]
    fn a_narrower_act_never_discloses_more(situation in situation()) {
        never_more(&situation, &with_a_narrower_act(&situation))?;
    }

    #[test]
    fn a_denial_more_never_discloses_more(
        situation in situation(),
        recipient in select(vec![VIEWER_AGENCY, "police-1", "circle"]),
        category in prop_oneof![Just("*"), select(CATEGORIES.to_vec())],
    ) {
        never_more(&situation, &with_a_denial(&situation, recipient, category))?;
    }

    #[test]
    fn no_order_matters(situation in situation(), seed in any::<u64>()) {
        let one = engine(&situation);
        let other = engine(&in_another_order(&situation, seed));
        prop_assert_eq!(&one["file"], &other["file"]);
        for id in ids_of_facts(&situation) {
            prop_assert_eq!(of_fact(&one, &id), of_fact(&other, &id), "{} of {}", id, situation);
        }
    }

    #[test]
    fn the_facts_are_answered_in_the_order_they_were_asked(situation in situation()) {
        let decision = engine(&situation);
        if is_visible(&decision) {
            let answered: Vec<_> = decision["facts"].as_array().unwrap().iter().map(|fact| &fact["fact"]).collect();
            prop_assert_eq!(json!(answered), json!(ids_of_facts(&situation)));
        } else {
            prop_assert_eq!(decision, json!({"file": "absent", "facts": []}));
        }
    }

    #[test]
    fn a_consent_that_ends_now_answers_no_and_in_a_second_still_yes(situation in situation()) {
        let decision = engine(&situation);
        let now: chrono::DateTime<chrono::Utc> = situation["now"].as_str().unwrap().parse().unwrap();
        let in_a_second = (now + chrono::TimeDelta::seconds(1)).to_rfc3339();
        for (c, consent) in situation["consents"].as_array().unwrap().iter().enumerate() {
            let basis = format!("consent:{}", consent["id"].as_str().unwrap());
            let until = format!("/consents/{c}/valid_until");
            let ended = engine(&with(&situation, &until, situation["now"].clone()));
            let withdrawn = engine(&with(&situation, &format!("/consents/{c}/withdrawn_at"), situation["now"].clone()));
            let lasting = engine(&with(&situation, &until, in_a_second.clone().into()));
            for fact in ids_of_facts(&situation) {
                prop_assert_ne!(&of_fact(&ended, &fact)["basis"], &basis);
                prop_assert_ne!(&of_fact(&withdrawn, &fact)["basis"], &basis);
                if of_fact(&decision, &fact)["basis"] == basis {
                    prop_assert_eq!(&of_fact(&lasting, &fact)["basis"], &basis, "{}", situation);
                }
            }
        }
    }

    #[test]
    fn an_act_that_ends_or_is_revoked_now_answers_no(situation in situation()) {
        for (a, act) in situation["disclosures"].as_array().unwrap().iter().enumerate() {
            let basis = format!("disclosure:{}", act["id"].as_str().unwrap());
            for key in ["until", "revoked_at"] {
                let ended = engine(&with(&situation, &format!("/disclosures/{a}/{key}"), situation["now"].clone()));
                for fact in ids_of_facts(&situation) {
                    prop_assert_ne!(&of_fact(&ended, &fact)["basis"], &basis);
                }
            }
        }
    }

    #[test]
    fn an_emptied_list_names_nobody_and_nothing(
        situation in situation(),
        list in select(vec!["recipients", "categories", "purposes", "sources"]),
        acts_list in select(vec!["recipients", "items"]),
    ) {
        let mut emptied = situation.clone();
        for consent in emptied["consents"].as_array_mut().unwrap() {
            for provision in consent["provisions"].as_array_mut().unwrap() {
                provision[list] = json!([]);
            }
        }
        for act in emptied["disclosures"].as_array_mut().unwrap() {
            act[acts_list] = json!([]);
        }
        let mut without = situation.clone();
        without["consents"] = json!([]);
        without["disclosures"] = json!([]);
        prop_assert_eq!(engine(&emptied), engine(&without));
    }

    #[test]
    fn an_empty_vault_admits_nobody_but_the_source(situation in situation()) {
        let mut vaulted = situation.clone();
        for fact in vaulted["facts"].as_array_mut().unwrap() {
            fact["vault"] = json!([]);
        }
        let decision = engine(&vaulted);
        for decided in decision["facts"].as_array().unwrap() {
            prop_assert!(decided["outcome"] == "hidden" || decided["basis"] == "own");
        }
    }

    #[test]
    fn own_facts_fare_alike_whatever_the_vault_sunset_consents_and_acts(situation in situation()) {
        let mut bare = situation.clone();
        bare["consents"] = json!([]);
        bare["disclosures"] = json!([]);
        bare["file"]["sunset_at"] = bare["now"].clone();
        bare["file"]["circle"] = json!([]);
        for fact in bare["facts"].as_array_mut().unwrap() {
            fact["vault"] = json!([]);
        }
        let (one, other) = (engine(&situation), engine(&bare));
        for fact in situation["facts"].as_array().unwrap() {
            if fact["source"] == VIEWER_AGENCY {
                let id = fact["id"].as_str().unwrap();
                prop_assert_eq!(of_fact(&one, id), of_fact(&other, id), "{}", situation);
            }
        }
    }

    #[test]
    fn from_sunset_on_only_own_facts_remain(situation in situation()) {
        let decision = engine(&with(&situation, "/file/sunset_at", situation["now"].clone()));
        for decided in decision["facts"].as_array().unwrap() {
            prop_assert!(decided["outcome"] == "hidden" || decided["basis"] == "own");
        }
    }

    #[test]
    fn outside_the_circle_consents_change_nothing_and_nothing_is_withheld(situation in situation()) {
        let outside = with(&situation, "/file/circle", json!([]));
        let decision = engine(&outside);
        prop_assert_eq!(&decision, &engine(&with(&outside, "/consents", json!([]))));
        for decided in decision["facts"].as_array().unwrap() {
            prop_assert_ne!(&decided["outcome"], "withheld");
        }
        prop_assert!(oracle::withheld(&outside).is_empty());
    }

    #[test]
    fn to_a_recused_viewer_every_file_is_the_same_absent_one(situation in situation()) {
        let recused = with(&situation, "/file/recused", json!(["u0"]));
        prop_assert_eq!(engine(&recused), json!({"file": "absent", "facts": []}));
    }

    #[test]
    fn offices_without_content_see_no_fact(situation in situation(), office in select(vec!["privacy_officer", "auditor", "admin"])) {
        let decision = engine(&with(&situation, "/viewer/roles", json!([office])));
        prop_assert!(decision["facts"].as_array().unwrap().iter().all(|fact| fact["outcome"] == "hidden"));
    }

    #[test]
    fn notes_are_shown_to_their_source_only(situation in situation()) {
        let mut noted = situation.clone();
        for fact in noted["facts"].as_array_mut().unwrap() {
            fact["category"] = json!("notes");
        }
        let decision = engine(&noted);
        for decided in decision["facts"].as_array().unwrap() {
            prop_assert!(decided["outcome"] == "hidden" || decided["basis"] == "own");
        }
    }

    #[test]
    fn a_hidden_or_withheld_fact_less_changes_nothing_else_for_the_circle(situation in situation()) {
        let situation = seen_from_inside(&situation);
        let decision = engine(&situation);
        let ids = ids_of_facts(&situation);
        for removed in &ids {
            if disclosed(&decision).contains(removed) {
                continue;
            }
            let without = engine(&without_fact(&situation, removed));
            prop_assert_eq!(&without["file"], &decision["file"]);
            for other in ids.iter().filter(|id| *id != removed) {
                prop_assert_eq!(of_fact(&without, other), of_fact(&decision, other), "{} of {}", removed, situation);
            }
        }
    }

    #[test]
    fn a_vaulted_fact_less_changes_nothing_else_for_an_agency_it_does_not_name(situation in situation()) {
        let decision = engine(&situation);
        let ids = ids_of_facts(&situation);
        for fact in situation["facts"].as_array().unwrap() {
            let vault = fact["vault"].as_array();
            let shut_out = vault.is_some_and(|named| !named.contains(&json!(VIEWER_AGENCY)));
            if !shut_out || fact["source"] == VIEWER_AGENCY {
                continue;
            }
            let removed = fact["id"].as_str().unwrap();
            let without = engine(&without_fact(&situation, removed));
            prop_assert_eq!(&without["file"], &decision["file"], "{} of {}", removed, situation);
            for other in ids.iter().filter(|id| *id != removed) {
                prop_assert_eq!(of_fact(&without, other), of_fact(&decision, other), "{} of {}", removed, situation);
            }
        }
    }

    #[test]
    fn every_withheld_fact_is_within_the_list_of_constant_shape(situation in situation()) {
        let situation = seen_from_inside(&situation);
        let listed = oracle::withheld(&situation);
        let decision = engine(&situation);
        for fact in situation["facts"].as_array().unwrap() {
            let decided = of_fact(&decision, fact["id"].as_str().unwrap());
            if let Some(reason) = decided["reason"].as_str() {
                let reason = Reason::from_wire_name(reason).unwrap();
                let found = listed
                    .iter()
                    .find(|(person, category, _)| fact["subject"] == *person && fact["category"] == *category);
                prop_assert!(found.is_some_and(|(_, _, listed)| *listed >= reason), "{} of {}", fact, situation);
            }
        }
    }

    #[test]
    fn the_list_of_constant_shape_does_not_depend_on_the_facts(situation in situation()) {
        let situation = seen_from_inside(&situation);
        let bare = ids_of_facts(&situation).iter().fold(situation.clone(), |bare, id| without_fact(&bare, id));
        prop_assert_eq!(oracle::withheld(&situation), oracle::withheld(&bare));
    }

    #[test]
    fn the_list_of_constant_shape_is_what_the_engine_says_of_made_up_facts(situation in situation()) {
        let situation = seen_from_inside(&situation);
        prop_assert_eq!(withheld_by_engine(&situation), oracle::withheld(&situation));
    }

    #[test]
    fn a_basis_names_what_exists_and_is_in_its_place(situation in situation()) {
        let decision = engine(&situation);
        for fact in situation["facts"].as_array().unwrap() {
            let decided = of_fact(&decision, fact["id"].as_str().unwrap());
            prop_assert_eq!(decided["basis"] == "own", decided["outcome"] == "disclosed" && fact["source"] == VIEWER_AGENCY);
            for (kind, list) in [("consent:", "consents"), ("disclosure:", "disclosures")] {
                if rests_on(&decided, kind) {
                    let id = decided["basis"].as_str().unwrap().trim_start_matches(kind);
                    prop_assert!(situation[list].as_array().unwrap().iter().any(|writing| writing["id"] == id));
                }
            }
        }
    }
}
