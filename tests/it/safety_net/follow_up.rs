//! Plan, review, reappraisal, closure, lessons, reopening.

use serde_json::{Value, json};
use tests::harness::House;

use super::{agreed, at_work, closed, closure, code, deliver, moved, patrol, person, planned, told, who};

#[test]
fn a_net_has_at_least_one_action_and_a_day_to_look_at_it_again() {
    let house = House::estrie();
    let path = at_work(&house);
    let karine = who(&house, "karine");
    let plan = format!("{path}/plan");
    assert_eq!(code(&karine.post(&plan, &json!({}))), "no_action");
    let action = agreed(&house, &path, &patrol(&house));
    moved(&karine, &action, "cancellation", &json!({"reasons": ["agreed_by_mistake"]})).expect(200);
    assert_eq!(code(&karine.post(&plan, &json!({}))), "no_action");
    agreed(&house, &path, &patrol(&house));
    let past = karine.post(&plan, &json!({"review_at": "2026-11-22T15:00:00Z"})).problem(422, "invalid");
    assert_eq!(past["errors"][0]["code"], "in_the_past");
    who(&house, "marc").post(&plan, &json!({})).problem(403, "not-permitted");
    let moved = karine.post(&plan, &json!({"text": "Tout le monde a lu le plan."})).expect(200);
    assert_eq!((&moved["state"], &moved["due_at"]), (&json!("planned"), &json!("2026-12-22T15:00:00Z")));
    let seen = who(&house, "marc").get(&path).expect(200);
    let words = |seen: &Value| seen["steps"].as_array().unwrap().last().unwrap().get("words").cloned();
    assert_eq!(words(&seen), Some(json!("Tout le monde a lu le plan.")));
    assert_eq!(words(&who(&house, "yves").get(&path).expect(200)), None);
    assert_eq!(code(&karine.post(&plan, &json!({}))), "step_not_possible");
    deliver(&house);
    assert_eq!(told(&house, "yves", "mobilisation.planned"), 1);
    assert_eq!(told(&house, "eric", "mobilisation.planned"), 0);
}

#[test]
fn days_until_a_review_are_elapsed_time_when_clocks_change() {
    let house = House::estrie();
    house.database.run("update cell set review_within_days = 150 where key = 'estrie'");
    let path = at_work(&house);
    agreed(&house, &path, &patrol(&house));
    let moved = who(&house, "karine").post(&format!("{path}/plan"), &json!({})).expect(200);
    // Clocks change on 14 March 2027; 150 times 24 hours do not.
    assert_eq!(moved["due_at"], "2027-04-21T15:00:00Z");
}

#[test]
fn a_review_sets_the_next_one_and_its_level_moves_nothing() {
    let house = House::estrie();
    let path = planned(&house);
    let karine = who(&house, "karine");
    let reviews = format!("{path}/reviews");
    let missing = karine.post(&reviews, &json!({"reasons": ["net_holds"]})).problem(422, "invalid");
    assert_eq!(missing["errors"][0]["pointer"], "/review_at");
    for level in ["immediate", "watch"] {
        let review = json!({"review_at": "2026-11-29T15:00:00Z", "level": level, "reasons": ["net_holds"]});
        assert_eq!(karine.post(&reviews, &review).expect(200)["state"], "follow_up");
        let seen = karine.get(&path).expect(200);
        assert_eq!((&seen["state"], &seen["consultation"]["level"]), (&json!("follow_up"), &json!(level)));
        assert_eq!(seen["due_at"], "2026-11-29T15:00:00Z");
    }
    let wrong = json!({"review_at": "2026-11-29T15:00:00Z", "level": "grave", "reasons": ["net_holds"]});
    assert_eq!(karine.post(&reviews, &wrong).problem(422, "invalid")["errors"][0]["pointer"], "/level");
}

#[test]
fn a_new_event_asks_for_a_new_appraisal_and_tells_nobody_what_it_was() {
    let house = House::estrie();
    let path = planned(&house);
    let recusal = json!({"user": house.loaded.users["thomas"]});
    who(&house, "karine").post(&format!("{}/recusals", house.file_path()), &recusal).expect(201);
    let facts = format!("{}/facts", house.file_path());
    let fact = |field: &str, value: &str| json!({"person": person(&house, "mireille"), "field": field, "value": value});
    let amina = who(&house, "amina");
    let asked = |key: &str| who(&house, key).get(&path).expect(200).get("reappraisal_due_at").cloned();
    amina.post(&facts, &fact("safety_measure", "Nouvelle mesure.")).expect(201);
    assert_eq!(asked("karine"), None);
    amina.post(&facts, &fact("incident", "canari : il l’a suivie jusqu’au refuge.")).expect(201);
    assert_eq!(asked("karine"), Some(json!("2026-11-22T15:00:00Z")));
    let board = who(&house, "karine").get("/api/v1/mobilisations").expect(200);
    assert_eq!(board["items"][0]["reappraisal_due_at"], "2026-11-22T15:00:00Z");
    deliver(&house);
    for (key, times) in
        [("karine", 1), ("marc", 1), ("yves", 1), ("nadia", 1), ("eric", 0), ("thomas", 0), ("julie", 0)]
    {
        assert_eq!(told(&house, key, "mobilisation.reappraisal"), times, "{key}");
    }
    let inbox = house.sign_in("yves").get("/api/v1/me/inbox").expect(200).to_string();
    assert!(!inbox.contains("canari"));
    let review = json!({"review_at": "2026-11-24T15:00:00Z", "reasons": ["new_event"]});
    who(&house, "karine").post(&format!("{path}/reviews"), &review).expect(200);
    assert_eq!(asked("karine"), None);
}

#[test]
fn a_new_appraisal_answers_what_a_new_event_asked_for_and_nothing_else_does() {
    let house = House::estrie();
    let path = planned(&house);
    let amina = who(&house, "amina");
    let event = json!({"person": person(&house, "mireille"), "field": "incident", "value": "Il est revenu."});
    let facts = format!("{}/facts", house.file_path());
    let asked = |key: &str| who(&house, key).get(&path).expect(200)["reappraisal_due_at"].clone();
    amina.post(&facts, &event).expect(201);
    assert_eq!(asked("karine"), "2026-11-22T15:00:00Z");
    // Neither an action, nor another kind of document, nor an appraisal that is refused.
    let action = agreed(&house, &path, &patrol(&house));
    let done = json!({"outcome": "done", "evidence": "Fait."});
    moved(&who(&house, "julie"), &action, "outcome", &done).expect(200);
    let appraisals = format!("{}/appraisals", house.file_path());
    let appraisal = |level: &str| {
        json!({"person": person(&house, "mireille"), "instrument": "cir-generique", "level": level,
            "answers": {"strangulation": {"answer": "present"}}, "reasons": "Il est revenu."})
    };
    amina.post(&appraisals, &appraisal("grave")).problem(422, "invalid");
    assert_eq!(asked("karine"), "2026-11-22T15:00:00Z");
    // Somebody appraises again, whatever the level: it is answered for everybody, and no state moved.
    amina.post(&appraisals, &appraisal("immediate")).expect(201);
    for key in ["karine", "marc", "yves"] {
        assert_eq!(asked(key), Value::Null, "{key}");
    }
    let board = who(&house, "karine").get("/api/v1/mobilisations").expect(200);
    assert_eq!(board["items"][0]["reappraisal_due_at"], Value::Null);
    assert_eq!(board["items"][0]["state"], "planned");
    // The next event asks anew.
    amina.post(&facts, &event).expect(201);
    assert_eq!(asked("karine"), "2026-11-22T15:00:00Z");
}

#[test]
fn closing_leaves_no_action_to_nobody_and_does_not_close_the_file() {
    let house = House::estrie();
    let path = planned(&house);
    let (karine, shut) = (who(&house, "karine"), format!("{path}/closure"));
    let mut alone = closure(&house);
    alone["following"] = json!([]);
    assert_eq!(code(&karine.post(&shut, &alone)), "actions_open");
    alone["following"] = json!([house.loaded.agencies["sante-demo"]]);
    assert_eq!(code(&karine.post(&shut, &alone)), "actions_open");
    alone["following"] = json!([house.loaded.agencies["aide-victimes-demo"]]);
    let outside = karine.post(&shut, &alone).problem(422, "invalid");
    assert_eq!(outside["errors"][0]["pointer"], "/following/0");
    who(&house, "louise").post(&shut, &closure(&house)).problem(403, "not-permitted");
    assert_eq!(karine.post(&shut, &closure(&house)).expect(200)["state"], "closed");
    let seen = who(&house, "marc").get(&path).expect(200);
    assert_eq!((&seen["residual_level"], &seen["due_at"]), (&json!("moderate"), &Value::Null));
    assert_eq!(seen["following"], json!([house.loaded.agencies["police-demo"]]));
    assert_eq!(karine.get(&house.file_path()).expect(200)["status"], "active");
    // Who goes on still says what came of it.
    let actions = who(&house, "julie").get(&format!("{path}/actions")).expect(200);
    let action = format!("{path}/actions/{}", actions["items"][0]["id"].as_str().unwrap());
    moved(&who(&house, "julie"), &action, "outcome", &json!({"outcome": "done"})).expect(200);
}

#[test]
fn the_file_closes_with_its_last_mobilisation_only_and_opens_again_with_it() {
    let house = House::estrie();
    let (first, second) = (planned(&house), planned(&house));
    let karine = who(&house, "karine");
    let mut both = closure(&house);
    both["close_file"] = json!(true);
    assert_eq!(code(&karine.post(&format!("{first}/closure"), &both)), "other_mobilisation_open");
    assert_eq!(karine.get(&first).expect(200)["state"], "planned", "nothing of it was kept");
    karine.post(&format!("{first}/closure"), &closure(&house)).expect(200);
    karine.post(&format!("{second}/closure"), &both).expect(200);
    assert_eq!(karine.get(&house.file_path()).expect(200)["status"], "closed");
    let again = json!({"reasons": ["new_event"]});
    who(&house, "julie").post(&format!("{second}/reopening"), &again).problem(403, "not-permitted");
    let moved = who(&house, "marc").post(&format!("{second}/reopening"), &again).expect(200);
    assert_eq!((&moved["state"], &moved["due_at"]), (&json!("triggered"), &json!("2026-11-23T15:00:00Z")));
    assert_eq!(karine.get(&house.file_path()).expect(200)["status"], "active");
    let seen = karine.get(&second).expect(200);
    assert_eq!((&seen["closed_at"], &seen["residual_level"]), (&Value::Null, &Value::Null));
}

#[test]
fn lessons_are_counted_without_whose_they_are_and_shown_from_five_up() {
    let house = House::estrie();
    let path = planned(&house);
    let karine = who(&house, "karine");
    let lessons = json!({"themes": ["firearms", "timeliness"], "what_helped": ["early_alert"], "what_hindered": ["no_place"]});
    assert_eq!(code(&karine.post(&format!("{path}/lessons"), &lessons)), "step_not_possible");
    karine.post(&format!("{path}/closure"), &closure(&house)).expect(200);
    let named = json!({"themes": ["Mireille Boisvert"]});
    let refused = karine.post(&format!("{path}/lessons"), &named).problem(422, "invalid");
    assert_eq!(refused["errors"][0]["code"], "unknown_code");
    who(&house, "marc").post(&format!("{path}/lessons"), &lessons).problem(403, "not-permitted");
    karine.post(&format!("{path}/lessons"), &lessons).expect(201);
    assert_eq!(code(&karine.post(&format!("{path}/lessons"), &lessons)), "step_not_possible");
    // What is kept names a cell, a month and codes.
    let columns = house.database.ask(
        "select string_agg(column_name, ' ' order by column_name) from information_schema.columns where table_name = 'lesson'",
    );
    assert_eq!(columns, "aspect cell_id code month times");
    let shown = format!("/api/v1/cells/{}/lessons", house.loaded.cells["estrie"]);
    let items = |times: i32| {
        house.database.run(&format!("update lesson set times = {times} where code = 'firearms'"));
        house.sign_in("aline").get(&shown).expect(200)["items"].clone()
    };
    assert_eq!(items(4), json!([]));
    let five = json!([{"aspect": "theme", "code": "firearms", "at_least": 5}]);
    assert_eq!(items(5), five);
    // One more lesson does not show in the difference.
    assert_eq!(items(9), five);
    assert_eq!(items(10)[0]["at_least"], 10);
    house.sign_in("dominic").get(&shown).problem(404, "not-found");
}

#[test]
fn a_closed_mobilisation_is_read_as_before() {
    let house = House::estrie();
    let path = closed(&house);
    for key in ["karine", "marc", "yves", "rose"] {
        who(&house, key).get(&path).expect(200);
    }
    who(&house, "eric").get(&path).problem(404, "not-found");
}
