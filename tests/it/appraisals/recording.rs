//! A person appraises: with what she knows, on an instrument that suggests and never decides.

use serde_json::{Value, json};
use tests::harness::House;

use super::*;

#[test]
fn a_worker_appraises_with_what_she_knows_from_whom_and_since_when() {
    let house = House::estrie();
    let amina = who(&house, "amina");
    let given = json!({
        "strangulation": {"answer": "present", "known_on": "2026-11-15"},
        "firearm": {"answer": "possible", "source": "relative"},
        "safe_place": {"answer": "present", "source": "professional"},
        "suicidal_signs": {"answer": "unknown"},
    });
    let new =
        with(appraisal(&house, GRID, given, "imminent"), "imminence", "Il connaît l’adresse de l’école.");
    let made = amina.post(&path(&house), &new);
    let at = made.header("location").unwrap().to_owned();
    let made = made.expect(201);
    assert_eq!(at, format!("{}/{}", path(&house), made["id"].as_str().unwrap()));
    let seen = amina.get(&at).expect(200);
    assert_eq!(seen["level"], "imminent");
    assert_eq!(seen["stance"], "unsuggested");
    assert_eq!(seen["basis"], json!({"kind": "own"}));
    assert_eq!(seen["instrument"], json!({"code": GRID, "version": 1}));
    assert_eq!(seen["outcome"]["score"], Value::Null);
    assert_eq!(seen["answers"].as_array().unwrap().len(), 36);
    assert!(withheld(&seen).is_empty());
    assert_eq!(answer(&seen, "strangulation")["known_on"], "2026-11-15");
    assert_eq!(answer(&seen, "firearm")["source"], "relative");
    assert_eq!(answer(&seen, "suicidal_signs")["answer"], "unknown");
    assert_eq!(answer(&seen, "escalation")["answer"], "not_asked");
    assert_eq!(seen["outcome"]["answered"], 3);
    // Whom nothing lets see it is told nothing of it: a recused and a stranger to the file not even its absence.
    who(&house, "eric").get(&at).problem(404, "not-found");
    who(&house, "yves").get(&at).problem(404, "not-found");
    assert_eq!(who(&house, "yves").get(&path(&house)).expect(200)["items"], json!([]));
    house.sign_in("pascal").for_purpose("safety_planning").get(&at).problem(403, "no-content-role");
    house.sign_in("amina").get(&at).problem(400, "purpose-required");
}

#[test]
fn a_score_of_fourteen_of_twenty_four_changes_no_state_and_three_of_twenty_four_is_referable_by_judgement() {
    let house = House::estrie();
    import(&house, &dash());
    let amina = who(&house, "amina");
    let file = || {
        let mut file = amina.get(&house.file_path()).expect(200);
        file["access_event"] = Value::Null;
        file
    };
    let before = file();
    let high = appraisal(&house, "shape-dash", numbers("yes", 1..=14), "aggravated");
    let made = amina.post(&path(&house), &high).expect(201);
    let seen = read(&amina, &house, &made);
    assert_eq!(seen["outcome"]["score"], json!({"min": 14, "max": 24}));
    assert_eq!(seen["outcome"]["suggestion"], json!({"certain": "aggravated", "possible": "aggravated"}));
    assert_eq!(seen["stance"], "within");
    assert_eq!(file(), before, "a score changes nothing by itself");

    let mut low = numbers("no", 4..=24);
    low.extend(numbers("yes", 1..=3));
    let low = appraisal(&house, "shape-dash", low, "imminent");
    refused(&amina.post(&path(&house), &low), "/reasons", "reasons_needed");
    let judged = with(low, "reasons", "Il l’a suivie hier et a parlé des enfants au passé.");
    let made = amina.post(&path(&house), &judged).expect(201);
    let seen = read(&amina, &house, &made);
    assert_eq!((&seen["level"], &seen["stance"]), (&json!("imminent"), &json!("raised")));
    assert_eq!(seen["outcome"]["bands"], json!(["below"]));

    let lowered = appraisal(&house, "shape-dash", numbers("yes", 1..=20), "watch");
    refused(&amina.post(&path(&house), &lowered), "/reasons", "reasons_needed");
    let made = amina.post(&path(&house), &with(lowered, "reasons", "Il est détenu.")).expect(201);
    assert_eq!(read(&amina, &house, &made)["stance"], "lowered");
    assert_eq!(file(), before);
}

#[test]
fn an_appraisal_is_refused_by_name_for_each_thing_that_is_wrong() {
    let house = House::estrie();
    let amina = who(&house, "amina");
    let send = |body: &Value| amina.post(&path(&house), body);
    let new = |given: Value| appraisal(&house, GRID, given, "watch");
    refused(&send(&appraisal(&house, "dash", json!({}), "watch")), "/instrument", "unknown_instrument");
    refused(&send(&with(new(json!({})), "version", 2)), "/instrument", "unknown_instrument");
    refused(&send(&new(json!({"gun": {"answer": "present"}}))), "/answers/gun", "unknown_item");
    refused(
        &send(&new(json!({"firearm": {"answer": "yes"}}))),
        "/answers/firearm/answer",
        "answer_outside_domain",
    );
    refused(
        &send(&new(json!({"firearm": {"answer": "perhaps"}}))),
        "/answers/firearm/answer",
        "unknown_word",
    );
    let ahead = json!({"firearm": {"answer": "present", "known_on": "2026-11-23"}});
    refused(&send(&new(ahead)), "/answers/firearm/known_on", "in_the_future");
    refused(&send(&with(new(json!({})), "level", "extreme")), "/level", "unknown_word");
    refused(&send(&with(new(json!({})), "reasons", "  ")), "/reasons", "blank");
    refused(&send(&with(new(json!({})), "score", 14)), "/score", "unknown_member");
    refused(
        &send(&with(new(json!({})), "person", json!(house.loaded.users["amina"]))),
        "/person",
        "unknown_reference",
    );
    let stranger = send(&new(json!({"Mireille Boisvert": {"answer": "present"}})));
    assert!(!stranger.text.contains("Boisvert"), "{}", stranger.text);
    // Who may: worker upward of a circle agency, for a purpose that is no review.
    house
        .sign_in("amina")
        .for_purpose("case_review")
        .post(&path(&house), &new(json!({})))
        .problem(400, "purpose-required");
    who(&house, "dominic").post(&path(&house), &json!({})).problem(404, "not-found");
    who(&house, "pascal").post(&path(&house), &json!({})).problem(403, "not-permitted");
    who(&house, "sofia").post(&path(&house), &json!({})).problem(403, "not-permitted");
}
