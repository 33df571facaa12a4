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

/// A mobilisation goes on from its consultation to an action, a meeting and closure, as the moments are told.
fn lived(house: &House, reasons: &[&str]) {
    let path = crate::safety_net::at_work(house);
    crate::safety_net::agreed(house, &path, &crate::safety_net::patrol(house));
    let karine = who(house, "karine");
    karine.post(&format!("{path}/plan"), &json!({})).expect(200);
    let police = house.loaded.agencies["police-demo"];
    let closure = json!({"reasons": reasons, "residual_level": "moderate", "following": [police]});
    karine.post(&format!("{path}/closure"), &closure).expect(200);
}

#[test]
fn it_is_told_how_soon_somebody_was_protected_and_why_cells_stop_and_no_small_number_of_it() {
    let house = House::estrie();
    for _ in 0..6 {
        lived(&house, &["net_holds", "risk_reduced"]);
    }
    for _ in 0..2 {
        lived(&house, &["death"]);
    }
    let path = format!("/api/v1/cells/{}/statistics?year=2026", house.loaded.cells["estrie"]);
    let read = || house.sign_in("karine").get(&path).expect(200);
    let view = read();
    // Under the reason named first; one that was named less often, or beside another, does not show.
    assert_eq!(count(&view, "closed_for", "net_holds"), 6);
    for code in ["risk_reduced", "death", "not_closed"] {
        assert_eq!(count(&view, "closed_for", code), Value::Null, "{code}");
    }
    assert_eq!(count(&view, "triggered_to_first_action", "within_24_hours"), 8);
    assert_eq!(count(&view, "convened_to_first_action", "not_yet"), 8);
    assert_eq!(count(&view, "identified_to_convened", "not_yet"), 8);
    // Three waited three days for a first action; one that was called off is none.
    let three = "select id from mobilisation order by id limit 3";
    house.database.run(&format!(
        "update safety_action set written_at = written_at + interval '3 days' where mobilisation_id in ({three});
         insert into safety_action (id, mobilisation_id, cell_id, file_id, kind, owner_agency, owner_account, protects,
             written_by, written_agency, written_at, due_at, status)
           select gen_random_uuid(), mobilisation_id, cell_id, file_id, kind, owner_agency, owner_account, protects,
             written_by, written_agency, opened_at, due_at, 4
           from safety_action join (select id as of, opened_at from mobilisation) m on of = mobilisation_id
           where mobilisation_id in ({three})"
    ));
    let view = read();
    assert_eq!(count(&view, "triggered_to_first_action", "within_24_hours"), 5);
    assert_eq!(count(&view, "triggered_to_first_action", "within_7_days"), Value::Null);
    // Where the first meeting was convened a day and a half after the worry, and the action had not waited for it.
    house.database.run(
        "insert into mobilisation_step (mobilisation_id, position, cell_id, file_id, move, state, at, reasons)
           select id, 90 + n, cell_id, file_id, 'convene', 6, opened_at + n * interval '36 hours', '{}'
           from mobilisation, generate_series(1, 2) n",
    );
    let view = read();
    assert_eq!(count(&view, "identified_to_convened", "within_48_hours"), 8);
    assert_eq!(count(&view, "convened_to_first_action", "within_24_hours"), 5);
    for small in 0..5 {
        assert!(!view["tables"].to_string().contains(&format!("\"count\":{small}}}")), "{small}");
    }
}

#[test]
fn a_cell_that_is_reopened_is_not_closed_for_any_reason() {
    let house = House::estrie();
    for _ in 0..5 {
        lived(&house, &["net_holds"]);
    }
    let path = format!("/api/v1/cells/{}/statistics?year=2026", house.loaded.cells["estrie"]);
    let read = || house.sign_in("karine").get(&path).expect(200);
    assert_eq!(count(&read(), "closed_for", "net_holds"), 5);
    let board = who(&house, "marc").get("/api/v1/mobilisations").expect(200);
    let one = board["items"][0]["id"].as_str().unwrap().to_owned();
    let again = json!({"reasons": ["new_event"]});
    who(&house, "marc").post(&format!("/api/v1/mobilisations/{one}/reopening"), &again).expect(200);
    assert_eq!(count(&read(), "closed_for", "net_holds"), Value::Null);
}
