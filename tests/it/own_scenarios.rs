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

/// Opens a mobilisation of the demonstration as somebody sees it: its meetings and actions.
fn process(house: &House, key: &str, reference: &str) -> (String, Vec<Value>, Vec<Value>) {
    let path = format!("/api/v1/mobilisations/{}", house.loaded.mobilisations[reference]);
    let list = |of: &str| {
        let answer = who(house, key, "safety_planning").get(&format!("{path}/{of}")).expect(200);
        answer["items"].as_array().unwrap().clone()
    };
    let (meetings, actions) = (list("meetings"), list("actions"));
    (path, meetings, actions)
}

#[test]
fn the_demonstration_shows_the_meetings_and_the_actions_of_a_cell_that_met() {
    let house = house(&demonstration(), "2026-11-22T15:00:00Z");
    for (reference, stage, statuses) in [
        ("M-DEMO-RENCONTRE", "convened", vec!["done"]),
        ("M-DEMO-FILET", "closed", vec!["done", "under_way", "agreed"]),
        ("M-DEMO-SUIVI", "closed", vec!["done", "agreed"]),
        ("M-DEMO-FERMEE", "closed", vec!["done", "cancelled"]),
    ] {
        let (_, meetings, actions) = process(&house, "karine", reference);
        assert_eq!(meetings.len(), 1, "{reference}");
        assert_eq!(meetings[0]["stage"], stage, "{reference}");
        let seen: Vec<&str> = actions.iter().map(|action| action["status"].as_str().unwrap()).collect();
        assert_eq!(seen, statuses, "{reference}");
        let (path, ..) = process(&house, "karine", reference);
        let karine = who(&house, "karine", "safety_planning");
        let meeting = format!("{path}/meetings/{}", meetings[0]["id"].as_str().unwrap());
        let meeting = karine.get(&meeting).expect(200);
        assert_eq!(karine.get(&path).expect(200)["met_at"], meeting["opened_at"], "{reference}");
        // Two days after the trigger is late, by the standard of the cell.
        assert_eq!(meeting["late"], reference == "M-DEMO-RENCONTRE", "{reference}");
    }
    // Nobody else's cell has meetings.
    let (_, meetings, actions) = process(&house, "karine", "M-DEMO-DECLENCHEE");
    assert!(meetings.is_empty() && actions.is_empty());
}

#[test]
fn what_a_scenario_tells_of_a_meeting_passes_the_gate_like_what_was_said_there() {
    let house = house(&demonstration(), "2026-11-22T15:00:00Z");
    let (path, meetings, _) = process(&house, "thomas", "M-DEMO-FILET");
    let meeting = format!("{path}/meetings/{}", meetings[0]["id"].as_str().unwrap());
    let read = |key: &str| who(&house, key, "safety_planning").get(&format!("{meeting}/minutes")).expect(200);
    let said = |view: &Value, list: &str| -> Vec<String> {
        let items = view[list].as_array().unwrap().iter();
        items.map(|item| item["text"].as_str().unwrap().to_owned()).collect()
    };
    let thomas = read("thomas");
    assert_eq!(thomas["attendance"].as_array().unwrap().len(), 4);
    assert_eq!(thomas["agenda"].as_array().unwrap().len(), 5);
    assert_eq!(said(&thomas, "contributions").len(), 2);
    assert_eq!(thomas["contributions"][0]["facts"].as_array().unwrap().len(), 1);
    assert_eq!(thomas["contributions"][0]["basis"]["kind"], "consent");
    assert_eq!(said(&thomas, "decisions"), ["Elle reste à l’abri jusqu’à la comparution."]);
    assert_eq!(said(&thomas, "must_not"), ["Ne rien laisser sur la boîte vocale du domicile."]);
    assert_eq!(thomas["actions"].as_array().unwrap().len(), 3);
    assert_eq!(thomas["actions"][0]["evidence"], "Arrivée à 15\u{a0}h, accompagnée.");
    assert_eq!(thomas["actions"][0]["details"]["told"][0]["channel"], "in_person");
    // The consent names nobody's plan to the shelter: of the net it reads its own part.
    let louise = read("louise");
    assert!(said(&louise, "decisions").is_empty());
    let own: Vec<&Value> = louise["actions"].as_array().unwrap().iter().collect();
    assert_eq!(own.len(), 1);
    assert_eq!(own[0]["owner"], json!(house.loaded.users["amina"]));
    // What was told aloud stands in the register of who told it, and who was not called reads nothing of it.
    let told =
        who(&house, "louise", "safety_planning").get(&format!("{meeting}/oral-disclosures")).expect(200);
    assert_eq!(told["items"].as_array().unwrap().len(), 3, "{told}");
    let place = who(&house, "marc", "safety_planning").get(&meeting).expect(200)["place"].clone();
    assert_eq!(place, "Salle de rencontre, 2e étage");
    for key in ["yves", "dominic"] {
        who(&house, key, "safety_planning").get(&meeting).problem(404, "not-found");
    }
    // Nothing of it rests in the clear.
    let sealed = "select count(*) from document where position('comparution'::bytea in body_sealed) > 0";
    assert_eq!(house.database.ask(sealed), "0");
    let rows = "select count(*) from access_event where occurred_at = '2026-11-19T13:14:00Z'";
    assert_eq!(house.database.ask(rows), "1", "what was told then is in the log of that moment");
}

#[test]
fn an_action_of_a_scenario_goes_on_where_its_steps_left_it() {
    let house = house(&demonstration(), "2026-11-22T15:00:00Z");
    let (path, _, actions) = process(&house, "julie", "M-DEMO-SUIVI");
    let check = actions.iter().find(|action| action["kind"] == "conditions_check").unwrap();
    assert_eq!(check["owner"], json!(house.loaded.users["julie"]));
    assert_eq!((&check["due_at"], &check["overdue"]), (&json!("2026-11-25T21:00:00Z"), &json!(false)));
    let moves: Vec<&str> = check["details"]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["move"].as_str().unwrap())
        .collect();
    assert_eq!(moves, ["agree", "entrust", "extend"]);
    let action = format!("{path}/actions/{}", check["id"].as_str().unwrap());
    let julie = who(&house, "julie", "safety_planning");
    let tag = julie.get(&action).header("etag").unwrap().to_owned();
    julie.with("If-Match", &tag).post(&format!("{action}/start"), &json!({})).expect(200);
    // A meeting that waits is opened by its coordinator.
    let (path, meetings, _) = process(&house, "karine", "M-DEMO-RENCONTRE");
    let opening = format!("{path}/meetings/{}/opening", meetings[0]["id"].as_str().unwrap());
    who(&house, "karine", "safety_planning").post(&opening, &json!({"undertaking": true})).expect(200);
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
