//! Instruments of risk appraisal: everybody knows which there are and whose they are.

use serde_json::{Value, json};
use tests::harness::House;

#[test]
fn whoever_is_signed_in_sees_the_instruments_in_their_own_language() {
    let house = House::estrie();
    for key in ["amina", "marc", "dominic", "admin"] {
        let listed = house.sign_in(key).get("/api/v1/instruments").expect(200);
        let codes: Vec<_> = listed["items"].as_array().unwrap().iter().map(|one| &one["code"]).collect();
        assert_eq!(codes, ["cir-generique", "danger-immediat"], "{key}");
        assert!(listed["items"].as_array().unwrap().iter().all(|one| one["usable"] == json!(true)));
    }
    let amina = house.sign_in("amina");
    let french = amina.get("/api/v1/instruments/cir-generique").expect(200);
    assert_eq!(french["title"], "Grille d’appréciation CIR – générique");
    let english =
        amina.with("Accept-Language", "en").get("/api/v1/instruments/cir-generique?version=1").expect(200);
    assert_eq!(english["title"], "CIR appraisal grid – generic");
    let firearm = |view: &Value| {
        view["items"].as_array().unwrap().iter().find(|item| item["id"] == "firearm").unwrap().clone()
    };
    assert!(firearm(&french)["label"].as_str().unwrap().starts_with("Une arme à feu"));
    assert!(firearm(&english)["label"].as_str().unwrap().starts_with("A firearm"));
    assert_eq!(firearm(&french)["category"], "weapons");
    assert_eq!(
        firearm(&french)["answers"],
        json!(["present", "possible", "absent", "unknown", "refused", "not_asked", "not_applicable"])
    );
    assert_eq!(french["licence_holder"], "Projet Filet");
    assert_eq!(french["scored"], false);
}

#[test]
fn an_instrument_nobody_knows_is_absent() {
    let house = House::estrie();
    let amina = house.sign_in("amina");
    amina.get("/api/v1/instruments/dash").problem(404, "not-found");
    amina.get("/api/v1/instruments/cir-generique?version=2").problem(404, "not-found");
    amina.get("/api/v1/instruments/cir-generique?edition=2").problem(400, "bad-query");
}
