//! Appraisals of risk: a person judges, a score never decides, and an appraisal is no way round a wall.

use serde_json::{Map, Value, json};
use tests::harness::{House, Persona};

const GRID: &str = "cir-generique";

fn who(house: &House, key: &str) -> Persona {
    house.sign_in(key).for_purpose("safety_planning")
}

fn path(house: &House) -> String {
    format!("{}/appraisals", house.file_path())
}

fn answers(answer: &str, items: &[&str]) -> Value {
    let answers = items.iter().map(|item| ((*item).to_owned(), json!({"answer": answer})));
    Value::Object(answers.collect::<Map<_, _>>())
}

fn numbers(answer: &str, range: std::ops::RangeInclusive<u32>) -> Map<String, Value> {
    range.map(|n| (n.to_string(), json!({"answer": answer}))).collect()
}

fn appraisal(house: &House, instrument: &str, answers: impl Into<Value>, level: &str) -> Value {
    json!({"person": house.file().persons["mireille"], "instrument": instrument, "answers": answers.into(), "level": level})
}

fn with(mut body: Value, member: &str, value: impl Into<Value>) -> Value {
    body[member] = value.into();
    body
}

/// A shape of a published instrument, for these agencies.
fn shape(text: &str, permitted: &[&str]) -> Value {
    with(serde_json::from_str(text).unwrap(), "permitted_orgs", permitted)
}

fn dash() -> Value {
    shape(
        include_str!("../../domain/src/instrument/tests/fixtures/shape-dash.json"),
        &["hebergement-demo", "police-demo"],
    )
}

fn import(house: &House, instrument: &Value) {
    house.sign_in("admin").post("/api/v1/instruments", instrument).expect(201);
}

fn read(persona: &Persona, house: &House, made: &Value) -> Value {
    persona.get(&format!("{}/{}", path(house), made["id"].as_str().unwrap())).expect(200)
}

fn answer<'v>(view: &'v Value, item: &str) -> &'v Value {
    view["answers"].as_array().unwrap().iter().find(|one| one["item"] == item).unwrap()
}

/// The items of these answers that are withheld.
fn withheld(view: &Value) -> Vec<&str> {
    let answers = view["answers"].as_array().unwrap().iter().filter(|one| one["withheld"] == true);
    answers.map(|one| one["item"].as_str().unwrap()).collect()
}

fn refused(answer: &tests::harness::Answer, pointer: &str, code: &str) {
    let body = answer.problem(422, "invalid");
    let errors = body["errors"].as_array().unwrap();
    assert!(errors.iter().any(|one| one["pointer"] == pointer && one["code"] == code), "{}", answer.text);
}

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
    disclose(&house, &made["id"], "police-demo");
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

/// The shelter tells a document under the emergency exception, attesting what it asks.
fn disclose(house: &House, document: &Value, recipient: &str) {
    let (louise, code) = (who(house, "louise"), "QC_P391_18_1");
    let bases = louise.get("/api/v1/legal-bases").expect(200);
    let basis = bases["items"].as_array().unwrap().iter().find(|basis| basis["code"] == code).unwrap();
    let conditions = basis["conditions"].as_array().unwrap().iter();
    let attested: Map<String, Value> =
        conditions.map(|condition| (condition["id"].as_str().unwrap().to_owned(), json!(true))).collect();
    let mut act = json!({"items": [{"document": document}], "basis_code": code, "attestations": attested,
        "recipients": [{"agency": house.loaded.agencies[recipient], "capacity": "able_to_aid"}]});
    let path = format!("{}/disclosures", house.file_path());
    let asked = louise.post(&path, &act);
    if asked.status == 422 {
        for wrong in asked.json()["errors"].as_array().unwrap() {
            let id =
                wrong["pointer"].as_str().unwrap().strip_prefix("/attestations/").expect("an attestation");
            act["attestations"][id] = json!("act_of_violence");
        }
        louise.post(&path, &act).expect(201);
    }
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
    assert_eq!(altered, "f");
}

#[test]
fn two_appraisals_are_compared_as_far_as_both_show() {
    let house = House::estrie();
    let (amina, marc) = (who(&house, "amina"), who(&house, "marc"));
    let mut given = answers("absent", &["strangulation", "sexual_coercion", "escalation"]);
    let earlier = amina.post(&path(&house), &appraisal(&house, GRID, given.clone(), "moderate")).expect(201);
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
