//! A situation handed to another cell.

use serde_json::{Value, json};
use tests::harness::House;

use super::{closed, code, deliver, planned, told, who};

/// Dominic coordinates the other cell too, and its committee sits.
fn neighbours(house: &House) {
    let (dominic, cell) = (house.loaded.users["dominic"], house.loaded.cells["monteregie"]);
    house.database.run(&format!(
        "insert into role_grant (account_id, cell_id, role, valid_from, granted_at) values ('{dominic}', '{cell}', 3, '2026-01-01T00:00:00Z', now())"
    ));
}

#[test]
fn the_other_cell_learns_the_codes_and_never_the_file() {
    let house = House::estrie();
    neighbours(&house);
    let path = planned(&house);
    let (karine, dominic) = (who(&house, "karine"), who(&house, "dominic"));
    let hand = |cell: &str| json!({"cell": house.loaded.cells[cell], "reasons": ["moved_away"], "text": "canari : elle part à Longueuil."});
    let transfer = format!("{path}/transfer");
    let own = karine.post(&transfer, &hand("estrie")).problem(422, "invalid");
    assert_eq!(own["errors"][0]["pointer"], "/cell");
    who(&house, "louise").post(&transfer, &hand("monteregie")).problem(403, "not-permitted");
    let before: Vec<Value> = ["karine", "marc", "rose"]
        .iter()
        .map(|key| who(&house, key).get(&house.file_path()).expect(200)["persons"].clone())
        .collect();
    assert_eq!(karine.post(&transfer, &hand("monteregie")).expect(200)["state"], "transferred");
    let board = dominic.get("/api/v1/mobilisations").expect(200);
    assert_eq!(board["items"].as_array().unwrap().len(), 1);
    let there = format!("/api/v1/mobilisations/{}", board["items"][0]["id"].as_str().unwrap());
    let seen = dominic.get(&there).expect(200);
    assert_eq!(seen["state"], "consulted");
    assert_eq!(seen["brought_by"], json!(house.loaded.agencies["coordination-demo"]));
    assert_eq!(seen["consultation"]["factors"], json!(["death_threats"]));
    assert_eq!(seen["due_at"], "2026-11-23T15:00:00Z");
    assert!(seen.get("file").is_none());
    for hidden in [house.file().id.to_string(), house.loaded.users["julie"].to_string(), "canari".into()] {
        assert!(!seen.to_string().contains(&hidden), "{hidden}");
    }
    dominic.get(&house.file_path()).problem(404, "not-found");
    dominic.get(&path).problem(404, "not-found");
    karine.get(&there).problem(404, "not-found");
    deliver(&house);
    assert_eq!(told(&house, "dominic", "mobilisation.received"), 1);
    // Here everybody keeps reading.
    let after: Vec<Value> = ["karine", "marc", "rose"]
        .iter()
        .map(|key| who(&house, key).get(&house.file_path()).expect(200)["persons"].clone())
        .collect();
    assert_eq!(before, after);
    let here = karine.get(&path).expect(200);
    assert_eq!(here["transferred_to"], json!(house.loaded.cells["monteregie"]));
    assert_eq!(code(&karine.post(&transfer, &hand("monteregie"))), "step_not_possible");
}

#[test]
fn identity_opens_there_anew_on_ones_own_lawful_basis() {
    let house = House::estrie();
    neighbours(&house);
    let path = planned(&house);
    let hand = json!({"cell": house.loaded.cells["monteregie"], "reasons": ["moved_away"]});
    who(&house, "karine").post(&format!("{path}/transfer"), &hand).expect(200);
    let dominic = who(&house, "dominic");
    let board = dominic.get("/api/v1/mobilisations").expect(200);
    let there = format!("/api/v1/mobilisations/{}", board["items"][0]["id"].as_str().unwrap());
    let urgent = json!({"decision": "triggered", "reasons": ["life_threatened"], "urgent": true});
    dominic.post(&format!("{there}/decision"), &urgent).expect(200);
    let opened =
        dominic.post("/api/v1/files", &json!({"cell": house.loaded.cells["monteregie"]})).expect(201);
    dominic
        .post(
            &format!("/api/v1/files/{}/persons", opened["id"].as_str().unwrap()),
            &json!({"role": "person_at_risk"}),
        )
        .expect(201);
    // He may bring his own file; what the first cell knew gives no basis here.
    let bring = dominic.post(&format!("{there}/identity"), &json!({"file": opened["id"]}));
    assert_eq!(code(&bring), "no_lawful_basis");
    dominic.post(&format!("{there}/identity"), &json!({"file": house.file().id})).problem(404, "not-found");
}

#[test]
fn what_is_closed_is_not_handed_over() {
    let house = House::estrie();
    let path = closed(&house);
    let hand = json!({"cell": house.loaded.cells["monteregie"], "reasons": ["moved_away"]});
    assert_eq!(code(&who(&house, "karine").post(&format!("{path}/transfer"), &hand)), "step_not_possible");
}
