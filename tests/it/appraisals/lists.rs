//! Appraisals side by side, over time and page by page.

use serde_json::{Value, json};
use tests::harness::{House, Persona};

use super::*;

#[test]
fn two_appraisals_are_compared_as_far_as_both_show() {
    let house = House::estrie();
    let (amina, marc) = (who(&house, "amina"), who(&house, "marc"));
    let mut given = answers("absent", &["strangulation", "sexual_coercion", "escalation"]);
    let earlier = amina.post(&path(&house), &appraisal(&house, GRID, given.clone(), "moderate")).expect(201);
    house.database.run("update document set recorded_at = recorded_at - interval '1 hour'");
    for item in ["strangulation", "sexual_coercion"] {
        given[item] = json!({"answer": "present"});
    }
    let later = amina.post(&path(&house), &appraisal(&house, GRID, given, "imminent")).expect(201);
    let compare = |persona: &Persona, one: &Value, with: &Value| {
        let at = format!(
            "{}/{}/comparison?with={}",
            path(&house),
            one["id"].as_str().unwrap(),
            with["id"].as_str().unwrap()
        );
        persona.get(&at)
    };
    let seen = compare(&amina, &later, &earlier).expect(200);
    assert_eq!((&seen["earlier"], &seen["later"]), (&earlier["id"], &later["id"]));
    assert_eq!(
        (&seen["from"], &seen["to"], &seen["direction"]),
        (&json!("moderate"), &json!("imminent"), &json!("up"))
    );
    let change = |item: &str| json!({"item": item, "from": "absent", "to": "present"});
    assert_eq!(seen["changes"], json!([change("strangulation"), change("sexual_coercion")]));
    assert_eq!(seen["withheld"], json!([]));
    let seen = compare(&marc, &earlier, &later).expect(200);
    assert_eq!(seen["changes"], json!([change("strangulation")]));
    assert!(seen["withheld"].as_array().unwrap().contains(&json!("sexual_coercion")));
    assert!(seen["withheld"].as_array().unwrap().contains(&json!("firearm")));
    compare(&amina, &earlier, &earlier).problem(404, "not-found");
    compare(&who(&house, "yves"), &earlier, &later).problem(404, "not-found");
    let other =
        amina.post(&path(&house), &appraisal(&house, "danger-immediat", json!({}), "watch")).expect(201);
    compare(&amina, &earlier, &other).problem(404, "not-found");

    let trend = |persona: &Persona, instrument: &str| {
        let person = house.file().persons["mireille"];
        let seen = persona
            .get(&format!("{}/trend?person={person}&instrument={instrument}", path(&house)))
            .expect(200);
        let items = seen["items"].as_array().unwrap().clone();
        items
            .into_iter()
            .map(|point| (point["level"].clone(), point["direction"].clone()))
            .collect::<Vec<_>>()
    };
    let both = [(json!("moderate"), Value::Null), (json!("imminent"), json!("up"))];
    assert_eq!(trend(&amina, GRID), both);
    assert_eq!(trend(&marc, GRID), both);
    assert_eq!(trend(&amina, "danger-immediat"), [(json!("watch"), Value::Null)]);
    assert!(trend(&who(&house, "yves"), GRID).is_empty());
    // An incident recorded since calls for a new appraisal.
    let due = || {
        let person = house.file().persons["mireille"];
        let at = format!("{}/trend?person={person}&instrument={GRID}", path(&house));
        amina.get(&at).expect(200)["due"].clone()
    };
    assert_eq!(due(), Value::Null);
    house.database.run("update document set recorded_at = '2026-11-16T14:10:00Z'");
    assert_eq!(due(), "new_incident");
    assert!(trend(&amina, "dash").is_empty());
}

#[test]
fn a_list_of_appraisals_continues_where_it_stopped() {
    let house = House::estrie();
    let amina = who(&house, "amina");
    let made: Vec<Value> = (0..3)
        .map(|_| {
            amina.post(&path(&house), &appraisal(&house, GRID, json!({}), "watch")).expect(201)["id"].clone()
        })
        .collect();
    let first = amina.get(&format!("{}?limit=2", path(&house))).expect(200);
    let next = first["next"].as_str().unwrap();
    let second = amina.get(&format!("{}?limit=2&cursor={next}", path(&house))).expect(200);
    assert_eq!(second["next"], Value::Null);
    let ids: Vec<Value> = [first, second]
        .iter()
        .flat_map(|page| page["items"].as_array().unwrap().clone())
        .map(|one| one["id"].clone())
        .collect();
    let mut sorted = made.clone();
    sorted.sort_by_key(Value::to_string);
    assert_eq!(ids, sorted);
}
