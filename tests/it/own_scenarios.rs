//! Three situations of the project's own, loaded as they are told, and a mobilisation at each stage.

use std::collections::BTreeSet;

use domain::mobilisation::State;
use serde_json::{Value, json};
use tests::harness::{House, Persona, Plan, demonstration};

fn house(scenario: &str, now: &str) -> House {
    House::build(Plan { scenario: scenario.into(), now: Some(now.parse().unwrap()), ..Plan::default() })
}

fn who(house: &House, key: &str, purpose: &str) -> Persona {
    house.sign_in(key).for_purpose(purpose)
}

fn fields(view: &Value) -> BTreeSet<String> {
    let persons = view["persons"].as_array().unwrap().iter();
    let facts = persons.flat_map(|person| person["facts"].as_array().unwrap().iter());
    facts.map(|fact| fact["field"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_services_for_violent_partners_do_not_know_that_the_new_partner_is_on_the_file() {
    let house = house(include_str!("../../scenarios/nouveau-conjoint.json"), "2026-11-19T12:00:00Z");
    let karim = json!(house.file().persons["karim"]);
    let yves = who(&house, "yves", "safety_planning").get(&house.file_path()).expect(200);
    assert!(!yves.to_string().contains(karim.as_str().unwrap()));
    assert_eq!(fields(&yves), ["homicidal_ideation", "suicidal_ideation"].map(str::to_owned).into());
    // Whoever protects him does, and where he works stays with the coordination.
    let amina = who(&house, "amina", "safety_planning").get(&house.file_path()).expect(200);
    assert!(amina.to_string().contains(karim.as_str().unwrap()));
    assert!(!fields(&amina).contains("workplace"));
    let karine = who(&house, "karine", "safety_planning").get(&house.file_path()).expect(200);
    assert!(fields(&karine).contains("workplace") && fields(&karine).contains("homicidal_ideation"));
    let board = who(&house, "karine", "safety_planning").get("/api/v1/mobilisations?order=due").expect(200);
    assert_eq!(board["items"][0]["reference"], "M-2026-0201");
    assert_eq!(board["items"][0]["overdue"], false);
}

#[test]
fn no_parental_consent_survives_the_eighteenth_birthday_and_the_parent_who_threatens_never_had_a_voice() {
    let scenario = include_str!("../../scenarios/dix-sept-ans.json");
    let seen = |now: &str, key: &str| {
        let house = house(scenario, now);
        fields(&who(&house, key, "service_delivery").get(&house.file_path()).expect(200))
    };
    // Midnight of 24 November in Québec is five o'clock in universal time.
    assert!(seen("2026-11-24T04:59:59Z", "amina").contains("dependence_followup"));
    assert!(!seen("2026-11-24T05:00:00Z", "amina").contains("dependence_followup"));
    // What the father signed for the police opened nothing, before or after.
    for now in ["2026-11-24T04:59:59Z", "2026-11-24T05:00:00Z"] {
        assert!(seen(now, "marc").is_empty(), "{now}");
    }
    // Her own consent holds through the birthday.
    let house = house(scenario, "2026-11-24T05:00:00Z");
    let marc = who(&house, "marc", "safety_planning").get(&house.file_path()).expect(200);
    assert!(fields(&marc).contains("given_name"));
}

#[test]
fn what_the_cell_does_not_retain_stays_with_the_agency_that_knew_it() {
    let house = house(include_str!("../../scenarios/non-retenue.json"), "2026-11-19T15:00:00Z");
    let path = format!("/api/v1/mobilisations/{}", house.loaded.mobilisations["M-2026-0401"]);
    let karine = who(&house, "karine", "safety_planning");
    let decision = json!({"decision": "not_retained", "reasons": ["threshold_not_met", "services_suffice"]});
    karine.post(&format!("{path}/decision"), &decision).expect(200);
    let left = karine.get(&path).expect(200).to_string();
    assert!(!left.contains("Prospect") && !left.contains("65_over"));
    assert!(!left.contains(&house.loaded.agencies["sante-demo"].to_string()));
    karine.get(&house.file_path()).problem(404, "not-found");
    who(&house, "thomas", "safety_planning").get(&house.file_path()).expect(200);
    // Neither the database nor its copies hold the word by which the agency knew it.
    assert_eq!(house.database.ask("select count(*) from mobilisation where own_reference is not null"), "0");
    assert_eq!(house.database.ask("select count(*) from mobilisation_opinion"), "0");
}

#[test]
fn the_demonstration_shows_a_mobilisation_at_each_stage() {
    let house = house(&demonstration(), "2026-11-22T15:00:00Z");
    let mut seen = BTreeSet::new();
    for key in ["karine", "amina", "thomas"] {
        let board = who(&house, key, "safety_planning").get("/api/v1/mobilisations").expect(200);
        for item in board["items"].as_array().unwrap() {
            seen.insert(item["state"].as_str().unwrap().to_owned());
            let path = format!("/api/v1/mobilisations/{}", item["id"].as_str().unwrap());
            who(&house, key, "safety_planning").get(&path).expect(200);
        }
    }
    let every: BTreeSet<String> = State::ALL.iter().map(|state| state.wire().to_owned()).collect();
    assert_eq!(seen, every);
    let overdue = who(&house, "karine", "safety_planning").get("/api/v1/mobilisations?order=due").expect(200);
    assert_eq!(overdue["items"][0]["reference"], "M-DEMO-RENCONTRE");
    assert_eq!(overdue["items"][0]["overdue"], true);
}
