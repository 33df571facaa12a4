//! An agency's registers on a page: by period, with the seven points, and as files that run no formula.

use serde_json::{Value, json};
use tests::harness::{Browser, House};

fn disclosed_with_a_formula(house: &House) {
    let louise = house.sign_in("louise").for_purpose("safety_planning");
    let act = json!({
        "items": [{"fact": house.file().facts["f09"]}],
        "recipients": [{"agency": house.loaded.agencies["police-demo"], "capacity": "able_to_aid"}],
        "basis_code": "QC_P391_18_1", "expires": "single_act",
        "attestations": {"serious_risk": true, "threat": "act_of_violence", "urgency": true, "necessary_only": true},
        "record": {"exposed": [house.file().persons["mireille"]], "act_feared": "=HYPERLINK(\"http://x\")",
            "danger": "Dit : « je reviendrai », \"bientôt\"", "urgency": "séparation", "information": "étranglement"},
    });
    louise.post(&format!("{}/disclosures", house.file_path()), &act).expect(201);
}

#[test]
fn a_respondent_reads_her_agencys_register_with_the_points_of_each_record() {
    let house = House::estrie();
    let yves = Browser::signed_in(&house, "yves");
    let page = yves.get("/registres");
    assert_eq!(page.status, 200);
    assert!(page.says("homicide suivi de suicide") && page.says("2 renseignements"), "{}", page.words());
    assert!(page.says("Service de police (démonstration)") && page.says("art. 18.1"), "{}", page.words());
    assert!(!page.says("homicide conjugal"), "the register of another agency");
    assert!(!page.html.contains("plus rien à perdre"), "a register holds no value of a fact");
}

#[test]
fn a_period_without_anything_says_so_and_days_that_are_none_are_refused() {
    let house = House::estrie();
    let yves = Browser::signed_in(&house, "yves");
    let empty = yves.get("/registres?du=2026-11-18&au=2026-11-20");
    assert!(empty.says("Rien n’est inscrit pour cette période"), "{}", empty.words());
    let day = yves.get("/registres?du=2026-11-17&au=2026-11-17");
    assert!(day.says("homicide suivi de suicide"));
    assert_eq!(yves.get("/registres?du=hier").status, 400);
    assert_eq!(yves.get("/registres?du=2026-11-18&au=2026-11-17").status, 400);
}

#[test]
fn the_file_for_a_spreadsheet_runs_no_formula_and_is_named_for_its_period() {
    let house = House::estrie();
    disclosed_with_a_formula(&house);
    let louise = Browser::signed_in(&house, "louise");
    let answer = louise.open("/registres?du=2026-11-01&au=2026-11-30&format=csv");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(
        answer.header("content-disposition"),
        Some("attachment; filename=\"registre-levees-2026-11-01-2026-11-30.csv\"")
    );
    assert!(answer.text.contains("\"'=HYPERLINK(\"\"http://x\"\")\""), "{}", answer.text);
    assert!(answer.text.contains("\"Dit : « je reviendrai », \"\"bientôt\"\"\""));
    assert_eq!(answer.text.matches("\r\n").count(), 2, "the headings and one entry");
}

#[test]
fn the_file_of_data_holds_what_the_api_gives_and_says_that_it_is_whole() {
    let house = House::estrie();
    disclosed_with_a_formula(&house);
    let louise = Browser::signed_in(&house, "louise");
    let given: Value = serde_json::from_str(&louise.open("/registres?format=json").text).unwrap();
    let api = house.sign_in("louise").get("/api/v1/registers/disclosures").expect(200);
    assert_eq!((given["complete"].clone(), given["items"].clone()), (json!(true), api["items"].clone()));
}

#[test]
fn the_register_of_communications_stands_beside_it() {
    let house = House::estrie();
    let yves = Browser::signed_in(&house, "yves");
    let page = yves.get("/registres/communications");
    assert!(page.says("Par la plateforme") && page.says("Maison d’hébergement"), "{}", page.words());
    let file = yves.open("/registres/communications?format=csv");
    assert!(file.text.contains("Par la plateforme") && file.text.contains(&house.file().id.to_string()));
}

#[test]
fn the_privacy_officer_reads_her_agencys_register_and_a_worker_does_not() {
    let house = House::estrie();
    assert_eq!(Browser::signed_in(&house, "pascal").get("/registres").status, 200);
    for key in ["amina", "aline", "rose"] {
        assert_eq!(Browser::signed_in(&house, key).get("/registres").status, 403, "{key}");
    }
}

#[test]
fn whoever_is_recused_does_not_meet_the_file_in_the_register() {
    let house = House::estrie();
    let marc = Browser::signed_in(&house, "marc");
    assert!(marc.get("/registres").says("homicide conjugal"));
    let eric = Browser::signed_in(&house, "eric");
    assert!(eric.get("/registres").says("Rien n’est inscrit"), "{}", eric.get("/registres").words());
}
