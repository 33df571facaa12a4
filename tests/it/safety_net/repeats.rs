//! A new event within the window goes back before the cell.

use serde_json::json;
use tests::harness::House;

use super::{closed, code, deliver, planned, told, who};

fn referred(house: &House, at: &str) {
    house
        .database
        .run(&format!("update mobilisation set consulted_at = '{at}', met_at = '2026-11-20T15:00:00Z'"));
}

#[test]
fn a_repeat_at_exactly_twelve_months_from_the_last_referral_is_inside_and_a_day_later_is_not() {
    let report = json!({"reasons": ["repeat"]});
    let house = House::estrie();
    let path = closed(&house);
    // The last meeting was two days ago: it is not what counts.
    referred(&house, "2025-11-21T15:00:00Z");
    assert_eq!(code(&who(&house, "marc").post(&format!("{path}/repeats"), &report)), "repeat_window_over");
    referred(&house, "2025-11-22T15:00:00Z");
    let made = who(&house, "marc").post(&format!("{path}/repeats"), &report).expect(201);
    assert_eq!(made["repeat_rule"], 1);
    assert!(path.ends_with(made["repeat_of"].as_str().unwrap()));
}

#[test]
fn a_repeat_goes_back_before_the_cell_whatever_the_threshold() {
    let house = House::estrie();
    let path = closed(&house);
    let report = json!({"reasons": ["repeat"]});
    let repeats = format!("{path}/repeats");
    who(&house, "julie").post(&repeats, &report).problem(403, "not-permitted");
    who(&house, "dominic").post(&repeats, &report).problem(404, "not-found");
    who(&house, "eric").post(&repeats, &report).problem(404, "not-found");
    let made = who(&house, "nadia").post(&repeats, &report).expect(201);
    let again = made["href"].as_str().unwrap();
    let seen = who(&house, "karine").get(again).expect(200);
    assert_eq!((&seen["state"], &seen["file"]), (&json!("consulted"), &json!(house.file().id)));
    assert_eq!(seen["repeat_of"], made["repeat_of"]);
    assert_eq!(seen["brought_by"], json!(house.loaded.agencies["protection-jeunesse-demo"]));
    // Recused on the file: it never existed.
    who(&house, "eric").get(again).problem(404, "not-found");
    // One at a time: the cell is on it already.
    assert_eq!(code(&who(&house, "marc").post(&repeats, &report)), "still_open");
    deliver(&house);
    assert_eq!(told(&house, "karine", "mobilisation.repeat"), 1);
    assert_eq!(told(&house, "eric", "mobilisation.repeat"), 0);
    // No quorum has spoken.
    let decision = json!({"decision": "triggered", "reasons": ["repeat"]});
    assert_eq!(
        who(&house, "karine").post(&format!("{again}/decision"), &decision).expect(200)["state"],
        "triggered"
    );
}

#[test]
fn while_the_cell_is_at_work_a_new_event_is_recorded_and_not_referred() {
    let house = House::estrie();
    let path = planned(&house);
    let report = json!({"reasons": ["repeat"]});
    assert_eq!(code(&who(&house, "marc").post(&format!("{path}/repeats"), &report)), "still_open");
}

#[test]
fn a_repeat_not_retained_leaves_no_link_to_the_file() {
    let house = House::estrie();
    let path = closed(&house);
    let made =
        who(&house, "marc").post(&format!("{path}/repeats"), &json!({"reasons": ["repeat"]})).expect(201);
    let again = made["href"].as_str().unwrap();
    let karine = who(&house, "karine");
    karine.post(&format!("{again}/analysis"), &json!({})).expect(200);
    for key in ["marc", "louise", "thomas"] {
        let opinion = json!({"opinion": "dismiss", "reasons": ["services_suffice"]});
        who(&house, key).post(&format!("{again}/opinions"), &opinion).expect(200);
    }
    let decision = json!({"decision": "not_retained", "reasons": ["threshold_not_met"]});
    karine.post(&format!("{again}/decision"), &decision).expect(200);
    let id = made["id"].as_str().unwrap();
    let links = format!(
        "select count(*) from mobilisation m left join mobilisation_step s on s.mobilisation_id = m.id
         where m.id = '{id}' and (m.file_id is not null or s.file_id is not null or m.repeat_of is not null)"
    );
    assert_eq!(house.database.ask(&links), "0");
    let seen = karine.get(again).expect(200).to_string();
    for trace in [
        house.file().id.to_string(),
        house.loaded.users["marc"].to_string(),
        path.rsplit('/').next().unwrap().to_owned(),
    ] {
        assert!(!seen.contains(&trace));
    }
}
