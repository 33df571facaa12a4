//! What stands out in the log: fixed rules, each reader's own reach, never a value.

use serde_json::{Value, json};
use tests::harness::{Browser, House, Plan};

const ANOMALIES: &str = "/api/v1/access-events/anomalies";
const NEVER: &str = "/api/v1/files/01890000-0000-7000-8000-000000000000";

/// Rule, account and times of what a persona is told.
fn told(house: &House, key: &str) -> Vec<(String, String, i64)> {
    let body = house.sign_in(key).get(ANOMALIES).expect(200);
    let of = |item: &Value| {
        let words = |member: &str| item[member].as_str().unwrap().to_owned();
        (words("rule"), words("actor"), item["times"].as_i64().unwrap())
    };
    body["items"].as_array().unwrap().iter().map(of).collect()
}

fn id(house: &House, key: &str) -> String {
    house.loaded.users[key].to_string()
}

#[test]
fn a_recused_person_who_tries_stands_out_for_the_auditor() {
    let house = House::estrie();
    let eric = house.sign_in("eric").for_purpose("safety_planning");
    for _ in 0..2 {
        eric.get(&house.file_path()).problem(404, "not-found");
    }
    assert_eq!(told(&house, "aline"), [("recused".to_owned(), id(&house, "eric"), 2)]);
    assert!(told(&house, "pascal").is_empty(), "the people of another agency");
}

#[test]
fn three_files_that_do_not_exist_stand_out_and_two_do_not() {
    let house = House::estrie();
    let thomas = house.sign_in("thomas").for_purpose("safety_planning");
    for _ in 0..2 {
        thomas.get(NEVER).problem(404, "not-found");
    }
    assert!(told(&house, "pascal").is_empty());
    thomas.get(NEVER).problem(404, "not-found");
    assert_eq!(told(&house, "pascal"), [("unknown_files".to_owned(), id(&house, "thomas"), 3)]);
    // A file of her cells that does not exist for the neighbouring police is in the auditor's reach.
    let dominic = house.sign_in("dominic").for_purpose("safety_planning");
    for _ in 0..3 {
        dominic.get(&house.file_path()).problem(404, "not-found");
    }
    assert_eq!(told(&house, "aline"), [("unknown_files".to_owned(), id(&house, "dominic"), 3)]);
}

#[test]
fn more_than_twenty_files_within_an_hour_stand_out() {
    let house = House::estrie();
    let amina = house.sign_in("amina").for_purpose("safety_planning");
    let files: Vec<String> = (0..21)
        .map(|_| {
            let made =
                amina.post("/api/v1/files", &json!({"cell": house.loaded.cells["estrie"]})).expect(201);
            format!("/api/v1/files/{}", made["id"].as_str().unwrap())
        })
        .collect();
    for file in files.iter().take(20) {
        amina.get(file).expect(200);
        amina.get(file).expect(200);
    }
    assert!(told(&house, "aline").is_empty(), "twenty files, each twice");
    amina.get(&files[20]).expect(200);
    assert_eq!(told(&house, "aline"), [("many_files".to_owned(), id(&house, "amina"), 21)]);
}

#[test]
fn reading_at_night_stands_out_by_the_clock_of_quebec() {
    // Three in the morning there; six in the morning there.
    for (now, stands_out) in [("2026-11-22T08:00:00Z", true), ("2026-11-22T11:00:00Z", false)] {
        let house = House::build(Plan { now: Some(now.parse().unwrap()), ..Plan::default() });
        house.sign_in("amina").for_purpose("safety_planning").get(&house.file_path()).expect(200);
        let found = told(&house, "aline");
        let expected =
            if stands_out { vec![("night".to_owned(), id(&house, "amina"), 1)] } else { Vec::new() };
        assert_eq!(found, expected, "{now}");
    }
}

#[test]
fn what_stands_out_is_for_auditors_and_privacy_officers_and_over_a_period() {
    let house = House::estrie();
    for key in ["amina", "louise", "karine", "admin"] {
        house.sign_in(key).get(ANOMALIES).problem(403, "not-permitted");
        assert_eq!(Browser::signed_in(&house, key).get("/journal/anomalies").status, 403, "{key}");
    }
    let aline = house.sign_in("aline");
    house.sign_in("eric").for_purpose("safety_planning").get(&house.file_path());
    let before = format!("{ANOMALIES}?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z");
    assert_eq!(aline.get(&before).expect(200)["items"], json!([]));
    for wrong in [
        "?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
        "?from=2024-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
        "?from=hier",
        "?actor=x",
    ] {
        aline.get(&format!("{ANOMALIES}{wrong}")).problem(400, "bad-query");
    }
    let log = aline.get("/api/v1/access-events?act=access_log.anomalies");
    assert_eq!(log.status, 200);
}

#[test]
fn on_the_page_each_rule_is_a_sentence_and_each_line_leads_to_the_log() {
    let house = House::estrie();
    house.sign_in("eric").for_purpose("safety_planning").get(&house.file_path());
    let aline = Browser::signed_in(&house, "aline");
    assert!(aline.get("/journal").html.contains("href=\"/journal/anomalies\""));
    let page = aline.get("/journal/anomalies");
    assert!(page.says("Une personne récusée d’un dossier a essayé de l’ouvrir"), "{}", page.words());
    assert!(page.says("1 fois.") && page.says("Service de police"), "{}", page.words());
    let link = format!("href=\"/journal?actor={}&amp;du=", id(&house, "eric"));
    assert!(
        page.html.contains(&link) || page.html.contains(&link.replace("&amp;", "&#38;")),
        "{}",
        page.html
    );
    for value in ["819-555-0142", "Boisvert", "Mireille"] {
        assert!(!page.html.contains(value));
    }
    assert_eq!(aline.get("/journal/anomalies?du=hier").status, 400);
    assert_eq!(aline.get("/journal/anomalies?du=2020-01-01&au=2026-01-01").status, 400);
}

#[test]
fn a_cell_triggered_in_urgency_stands_out_and_nothing_of_why() {
    let house = House::estrie();
    let who = |key: &str| house.sign_in(key).for_purpose("safety_planning");
    let begun = who("amina").post("/api/v1/mobilisations", &json!({"cell": house.loaded.cells["estrie"]}));
    let path = begun.expect(201)["href"].as_str().unwrap().to_owned();
    let codes = json!({"age_band": "30_44", "region": "05", "factors": ["separation_recent", "death_threats"],
        "services": ["shelter"], "level": "imminent"});
    who("amina").post(&format!("{path}/appraisal"), &codes).expect(200);
    who("louise").post(&format!("{path}/consultation"), &json!({})).expect(200);
    let urgent = json!({"decision": "triggered", "reasons": ["life_threatened"], "urgent": true});
    who("karine").post(&format!("{path}/decision"), &urgent).expect(200);
    assert_eq!(told(&house, "aline"), [("emergency".to_owned(), id(&house, "karine"), 1)]);
    assert!(!house.sign_in("aline").get(ANOMALIES).text.contains("life_threatened"));
}
