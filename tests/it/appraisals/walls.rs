//! What an appraisal shows to whom: no more than a fact of each category would.

use serde_json::{Map, Value, json};
use tests::harness::House;

use super::*;

#[test]
fn an_answer_shows_only_where_a_fact_of_its_category_would() {
    let house = House::estrie();
    let amina = who(&house, "amina");
    let told = ["strangulation", "sexual_coercion", "firearm", "own_fear", "isolation", "workable_plan"];
    let made = amina
        .post(&path(&house), &appraisal(&house, GRID, answers("present", &told), "imminent"))
        .expect(201);
    // By Mireille's consent the police see history, appraisal, household and plan; never sexual violence.
    let marc = who(&house, "marc");
    let seen = read(&marc, &house, &made);
    assert_eq!(seen["level"], "imminent");
    assert_eq!(seen["basis"]["kind"], "consent");
    for item in ["strangulation", "own_fear", "isolation", "workable_plan"] {
        assert_eq!(answer(&seen, item)["answer"], "present", "{item}");
    }
    for item in ["sexual_coercion", "firearm", "suicidal_signs", "pregnancy_or_infant"] {
        assert_eq!(answer(&seen, item)["withheld"], true, "{item}");
        assert_eq!(answer(&seen, item).get("answer"), None, "{item}");
    }
    assert_eq!(seen["outcome"]["answered"], 4);
    let log = house.sign_in("aline").get(&format!("{}/access-log", house.file_path())).expect(200);
    let event = log["items"].as_array().unwrap().iter().find(|event| event["id"] == seen["access_event"]);
    let logged = event.unwrap().to_string();
    assert!(logged.contains("\"appraisal\"") && logged.contains("violence_history"), "{logged}");
    assert!(!logged.contains("sexual_violence"), "{logged}");
}

#[test]
fn what_is_withheld_has_the_same_shape_whatever_it_holds() {
    let house = House::estrie();
    import(&house, &dash());
    let amina = who(&house, "amina");
    let marc = who(&house, "marc");
    // 16 speaks of sexual violence, 13 of weapons: neither shows to the police. The level is the same.
    let seen: Vec<Value> = ["yes", "no", "unknown", "not_applicable"]
        .into_iter()
        .map(|hidden| {
            let mut given = numbers("yes", 1..=12);
            given.extend([
                ("13".to_owned(), json!({"answer": hidden})),
                ("16".into(), json!({"answer": hidden})),
            ]);
            let new = with(appraisal(&house, "shape-dash", given, "aggravated"), "reasons", "Elle le dit.");
            let made = amina.post(&path(&house), &new).expect(201);
            let mut seen = read(&marc, &house, &made);
            seen["id"] = Value::Null;
            seen["access_event"] = Value::Null;
            seen
        })
        .collect();
    for other in &seen {
        assert_eq!(*other, seen[0]);
    }
    assert!(withheld(&seen[0]).contains(&"16") && withheld(&seen[0]).contains(&"13"));
    // Items 1, 5 and 9 are of health: what shows is nine, and the rest may be anything.
    assert_eq!(seen[0]["outcome"]["score"], json!({"min": 9, "max": 24}));
    assert_eq!(seen[0]["outcome"]["bands"], json!(["below", "visible_high"]));
}

#[test]
fn police_see_by_disclosure_the_level_and_not_what_she_said_of_sexual_violence() {
    let house = House::estrie();
    let (amina, marc) = (who(&house, "amina"), who(&house, "marc"));
    let consents = format!("{}/consents/{}/withdrawal", house.file_path(), house.file().consents["c1"]);
    amina.post(&consents, &json!({})).expect(200);
    let told = ["strangulation", "sexual_coercion", "own_fear"];
    let new = appraisal(&house, GRID, answers("present", &told), "immediate");
    let made = amina.post(&path(&house), &new).expect(201);
    let at = format!("{}/{}", path(&house), made["id"].as_str().unwrap());
    marc.get(&at).problem(404, "not-found");
    assert_eq!(marc.get(&path(&house)).expect(200)["items"], json!([]));
    disclose(&house, &made["id"], &Value::Null);
    let seen = marc.get(&at).expect(200);
    assert_eq!((&seen["level"], &seen["basis"]["kind"]), (&json!("immediate"), &json!("disclosure")));
    assert_eq!(answer(&seen, "own_fear")["answer"], "present");
    assert_eq!(
        answer(&seen, "sexual_coercion"),
        &json!({"item": "sexual_coercion", "category": "sexual_violence", "withheld": true})
    );
    // The act told an appraisal: it opens no category that it did not name.
    assert_eq!(answer(&seen, "strangulation")["withheld"], true);
    // What is learned later is not told by it; what was told does not vanish.
    let corrected =
        with(appraisal(&house, GRID, answers("present", &told), "watch"), "supersedes", made["id"].clone());
    let corrected = amina.post(&path(&house), &corrected).expect(201);
    marc.get(&format!("{}/{}", path(&house), corrected["id"].as_str().unwrap())).problem(404, "not-found");
    assert_eq!(marc.get(&path(&house)).expect(200)["items"][0]["id"], made["id"]);
    let listed = amina.get(&path(&house)).expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&listed["items"][0]["id"], &listed["items"][0]["level"]),
        (&corrected["id"], &json!("watch"))
    );
}

/// The shelter tells the police a document under the emergency exception, attesting what it asks. The act.
fn disclose(house: &House, document: &Value, renews: &Value) -> Value {
    let (louise, code) = (who(house, "louise"), "QC_P391_18_1");
    let bases = louise.get("/api/v1/legal-bases").expect(200);
    let basis = bases["items"].as_array().unwrap().iter().find(|basis| basis["code"] == code).unwrap();
    let conditions = basis["conditions"].as_array().unwrap().iter();
    let attested: Map<String, Value> =
        conditions.map(|condition| (condition["id"].as_str().unwrap().to_owned(), json!(true))).collect();
    let mut act = json!({"items": [{"document": document}], "basis_code": code, "attestations": attested,
        "recipients": [{"agency": house.loaded.agencies["police-demo"], "capacity": "able_to_aid"}],
        "renews": renews});
    let path = format!("{}/disclosures", house.file_path());
    for wrong in louise.post(&path, &act).problem(422, "invalid")["errors"].as_array().unwrap() {
        let id = wrong["pointer"].as_str().unwrap().strip_prefix("/attestations/").expect("an attestation");
        act["attestations"][id] = json!("act_of_violence");
    }
    louise.post(&path, &act).expect(201)["id"].clone()
}

#[test]
fn a_correction_of_an_appraisal_that_was_told_is_listed_and_attested_again() {
    let house = House::estrie();
    let (amina, marc) = (who(&house, "amina"), who(&house, "marc"));
    let withdrawal = format!("{}/consents/{}/withdrawal", house.file_path(), house.file().consents["c1"]);
    amina.post(&withdrawal, &json!({})).expect(200);
    let record = |level: &str, supersedes: &Value| {
        let new = appraisal(&house, GRID, answers("present", &["own_fear"]), level);
        amina.post(&path(&house), &with(new, "supersedes", supersedes.clone())).expect(201)["id"].clone()
    };
    let told = record("immediate", &Value::Null);
    let act = disclose(&house, &told, &Value::Null);
    let since = |act: &Value| {
        let path = format!("{}/disclosures/{}/renewal", house.file_path(), act.as_str().unwrap());
        marc.get(&path).problem(404, "not-found");
        amina.get(&path).expect(200)["items"].clone()
    };
    assert_eq!(since(&act), json!([]));
    // Of two corrections only the one that stands is to be told; both are of what was told.
    let between = record("imminent", &told);
    let newest = record("watch", &between);
    let listed = since(&act);
    assert_eq!(listed.as_array().unwrap().len(), 1, "{listed}");
    assert_eq!(
        (&listed[0]["document"], &listed[0]["kind"], &listed[0]["category"], &listed[0]["corrects"]),
        (&newest, &json!("appraisal"), &json!("risk_appraisal"), &told)
    );
    assert_eq!(marc.get(&path(&house)).expect(200)["items"][0]["id"], told);
    let again = disclose(&house, &newest, &act);
    assert_eq!(since(&again), json!([]));
    let seen = marc.get(&path(&house)).expect(200);
    assert_eq!(seen["items"].as_array().unwrap().len(), 1);
    assert_eq!((&seen["items"][0]["id"], &seen["items"][0]["level"]), (&newest, &json!("watch")));
}

#[test]
fn a_vaulted_appraisal_is_hidden_from_whom_the_vault_does_not_name() {
    let house = House::estrie();
    let amina = who(&house, "amina");
    let health = json!([house.loaded.agencies["sante-demo"]]);
    let new =
        with(appraisal(&house, GRID, answers("present", &["strangulation"]), "aggravated"), "vault", health);
    let made = amina.post(&path(&house), &new).expect(201);
    let at = format!("{}/{}", path(&house), made["id"].as_str().unwrap());
    who(&house, "marc").get(&at).problem(404, "not-found");
    let seen = who(&house, "thomas").get(&at).expect(200);
    assert_eq!(answer(&seen, "strangulation")["answer"], "present");
}
