//! Instruments of risk appraisal: everybody knows which there are and whose they are.

use serde_json::{Value, json};
use tests::harness::House;

use crate::appraisals::{appraisal, dash, import, numbers, path, read, refused, shape, who, with};

const GRID: &str = "cir-generique";

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

#[test]
fn an_instrument_is_used_only_by_whom_its_holder_names_and_who_is_trained() {
    let house = House::estrie();
    let police = include_str!("../../domain/src/instrument/tests/fixtures/shape-police-dash.json");
    let mut worded = shape(police, &["police-demo"]);
    worded["languages"] = json!(["en"]);
    let mut place = 0;
    for item in worded["items"].as_array_mut().unwrap() {
        place += 1;
        item["label"] = json!({"en": format!("Wording {place}")});
    }
    worded["triggers"][0]["label"] = json!({"en": "High"});
    import(&house, &worded);
    let new = appraisal(&house, "shape-police-dash", numbers("no", 1..=27), "watch");
    refused(&who(&house, "amina").post(&path(&house), &new), "/instrument", "licence_does_not_reach");
    let attested = with(new.clone(), "training_attested", true);
    refused(&who(&house, "amina").post(&path(&house), &attested), "/instrument", "licence_does_not_reach");
    refused(&who(&house, "marc").post(&path(&house), &new), "/training_attested", "training_not_attested");
    who(&house, "marc").post(&path(&house), &attested).expect(201);
    // Everybody knows whose it is; its wording is for those it names, in the language it has.
    for (key, usable, label) in [("marc", true, json!("Wording 1")), ("amina", false, Value::Null)] {
        let seen = house.sign_in(key).get("/api/v1/instruments/shape-police-dash").expect(200);
        assert_eq!((&seen["usable"], &seen["items"][0]["label"]), (&json!(usable), &label), "{key}");
        assert_eq!(seen["licence_holder"], "L. Richards");
    }
    let listed = house.sign_in("amina").get("/api/v1/instruments").expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 3);
}

#[test]
fn an_instrument_is_imported_by_an_admin_of_the_coordination_sound_and_never_altered() {
    let house = House::estrie();
    let admin = house.sign_in("admin");
    let send = |body: &Value| admin.post("/api/v1/instruments", body);
    house.sign_in("karine").post("/api/v1/instruments", &json!({})).problem(403, "not-permitted");
    house.sign_in("marc").post("/api/v1/instruments", &dash()).problem(403, "not-permitted");
    refused(&send(&with(dash(), "code", GRID)), "/code", "duplicate");
    refused(
        &send(&with(dash(), "bands", json!([{"id": "a", "from": null, "to": 24}]))),
        "/bands/0/to",
        "bands_gap",
    );
    refused(&send(&with(dash(), "colour", "red")), "/colour", "unknown_member");
    let made = send(&dash()).expect(201);
    assert_eq!((&made["code"], &made["version"]), (&json!("shape-dash"), &json!(1)));
    refused(&send(&dash()), "/version", "duplicate");
    let amina = who(&house, "amina");
    let first = amina
        .post(&path(&house), &appraisal(&house, "shape-dash", numbers("yes", 1..=14), "aggravated"))
        .expect(201);
    // The second version counts to fifteen; what was appraised by the first stays with it.
    let mut second = with(dash(), "version", 2);
    second["bands"][0]["to"] = json!(15);
    second["bands"][1]["from"] = json!(15);
    send(&second).expect(201);
    assert_eq!(house.sign_in("amina").get("/api/v1/instruments/shape-dash").expect(200)["version"], 2);
    assert_eq!(
        house.sign_in("amina").get("/api/v1/instruments/shape-dash?version=1").expect(200)["version"],
        1
    );
    assert_eq!(read(&amina, &house, &first)["outcome"]["bands"], json!(["visible_high"]));
    let mut given = numbers("no", 15..=24);
    given.extend(numbers("yes", 1..=14));
    let later = amina.post(&path(&house), &appraisal(&house, "shape-dash", given, "watch")).expect(201);
    let seen = read(&amina, &house, &later);
    assert_eq!((&seen["instrument"]["version"], &seen["outcome"]["bands"]), (&json!(2), &json!(["below"])));
    let altered = house.database.ask("select has_table_privilege('filet_app', 'instrument', 'update')");
    assert_eq!(altered, "false");
}

#[test]
fn unknown_is_never_no() {
    let house = House::estrie();
    let odara = include_str!("../../domain/src/instrument/tests/fixtures/shape-odara.json");
    import(&house, &shape(odara, &["police-demo"]));
    let marc = who(&house, "marc");
    let mut given = numbers("no", 3..=10);
    given.extend(numbers("yes", 1..=2));
    given.extend(numbers("unknown", 11..=12));
    for id in ["index_assault", "cohabited"] {
        given.insert(id.into(), json!({"answer": "yes"}));
    }
    let new = with(appraisal(&house, "shape-odara", given.clone(), "moderate"), "training_attested", true);
    let made = marc.post(&path(&house), &new).expect(201);
    let seen = read(&marc, &house, &made);
    assert_eq!(seen["outcome"]["score"], json!({"min": 2, "max": 5}), "two unknown, one not asked");
    assert_eq!(seen["outcome"]["bands"], json!(["b2", "b3", "b4", "b5_6"]));
    assert_eq!(seen["outcome"]["missing"], 3);
    assert_eq!(seen["outcome"]["prorated"], json!({"score": 3, "band": "b3"}));
    given.insert("cohabited".into(), json!({"answer": "no"}));
    let outside = with(appraisal(&house, "shape-odara", given, "moderate"), "training_attested", true);
    let made = marc.post(&path(&house), &outside).expect(201);
    let seen = read(&marc, &house, &made);
    assert_eq!(seen["outcome"]["inclusion"], "not_met");
    assert_eq!((&seen["outcome"]["score"], &seen["outcome"]["bands"]), (&Value::Null, &json!([])));
}
