//! What a cell's coordinator may publish, and what nobody can work out of it.

use serde_json::{Value, json};
use tests::harness::{House, Persona};

fn who(house: &House, key: &str) -> Persona {
    house.sign_in(key).for_purpose("safety_planning")
}

fn brought(house: &House, level: &str, times: usize, decision: Option<&str>) {
    let (amina, louise, karine) = (who(house, "amina"), who(house, "louise"), who(house, "karine"));
    for _ in 0..times {
        let begun = amina.post("/api/v1/mobilisations", &json!({"cell": house.loaded.cells["estrie"]}));
        let path = begun.expect(201)["href"].as_str().unwrap().to_owned();
        let codes = json!({"age_band": "18_29", "region": "05", "factors": ["isolation"], "level": level});
        amina.post(&format!("{path}/appraisal"), &codes).expect(200);
        louise.post(&format!("{path}/consultation"), &json!({})).expect(200);
        if let Some(decision) = decision {
            let decision = json!({"decision": decision, "reasons": ["life_threatened"], "urgent": true});
            karine.post(&format!("{path}/decision"), &decision).expect(200);
        }
    }
}

fn count(view: &Value, table: &str, code: &str) -> Value {
    let tables = view["tables"].as_array().unwrap();
    let table = tables.iter().find(|t| t["name"] == table).unwrap();
    table["counts"].as_array().unwrap().iter().find(|c| c["code"] == code).unwrap()["count"].clone()
}

#[test]
fn a_coordinator_reads_a_year_in_which_no_small_count_can_be_read() {
    let house = House::estrie();
    brought(&house, "moderate", 7, None);
    brought(&house, "imminent", 9, Some("triggered"));
    brought(&house, "watch", 2, Some("triggered"));
    let path = format!("/api/v1/cells/{}/statistics?year=2026", house.loaded.cells["estrie"]);
    let view = house.sign_in("karine").get(&path).expect(200);
    assert_eq!(view["total"], Value::Null);
    assert_eq!(count(&view, "state", "triggered"), 11);
    assert_eq!(count(&view, "state", "consulted"), 7);
    assert_eq!(count(&view, "state", "closed"), Value::Null);
    assert_eq!(count(&view, "level", "watch"), Value::Null);
    assert_eq!(count(&view, "level", "imminent"), 9);
    assert_eq!(count(&view, "consulted_to_triggered", "within_24_hours"), 11);
    for small in 0..5 {
        assert!(!view["tables"].to_string().contains(&format!("\"count\":{small}}}")), "{small}");
    }
    // Another year is another population, and it is empty.
    let empty = house.sign_in("karine").get(&path.replace("2026", "2025")).expect(200);
    assert_eq!(count(&empty, "state", "triggered"), Value::Null);
    house.sign_in("karine").get(&path.replace("2026", "soon")).problem(400, "bad-query");
    house.sign_in("karine").get(&format!("{path}&level=watch")).problem(400, "bad-query");
    house.sign_in("marc").get(&path).expect(200);
    house.sign_in("amina").get(&path).problem(403, "not-permitted");
    house.sign_in("dominic").get(&path).problem(404, "not-found");
}

#[test]
fn a_region_is_read_by_whoever_coordinates_one_of_its_cells() {
    let house = House::estrie();
    brought(&house, "moderate", 6, None);
    let region = house.sign_in("karine").get("/api/v1/regions/05/statistics?year=2026").expect(200);
    assert_eq!(region["region"], "05");
    assert_eq!(count(&region, "state", "consulted"), 6);
    assert_eq!(count(&region, "state", "triggered"), Value::Null);
    house.sign_in("karine").get("/api/v1/regions/16/statistics?year=2026").problem(404, "not-found");
    house.sign_in("karine").get("/api/v1/regions/nowhere/statistics?year=2026").problem(404, "not-found");
}
