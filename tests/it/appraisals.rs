//! Appraisals of risk: a person judges, a score never decides, and an appraisal is no way round a wall.

use serde_json::{Map, Value, json};
use tests::harness::{House, Persona};

const GRID: &str = "cir-generique";

pub(crate) fn who(house: &House, key: &str) -> Persona {
    house.sign_in(key).for_purpose("safety_planning")
}

pub(crate) fn path(house: &House) -> String {
    format!("{}/appraisals", house.file_path())
}

fn answers(answer: &str, items: &[&str]) -> Value {
    let answers = items.iter().map(|item| ((*item).to_owned(), json!({"answer": answer})));
    Value::Object(answers.collect::<Map<_, _>>())
}

pub(crate) fn numbers(answer: &str, range: std::ops::RangeInclusive<u32>) -> Map<String, Value> {
    range.map(|n| (n.to_string(), json!({"answer": answer}))).collect()
}

pub(crate) fn appraisal(house: &House, instrument: &str, answers: impl Into<Value>, level: &str) -> Value {
    json!({"person": house.file().persons["mireille"], "instrument": instrument, "answers": answers.into(), "level": level})
}

pub(crate) fn with(mut body: Value, member: &str, value: impl Into<Value>) -> Value {
    body[member] = value.into();
    body
}

/// A shape of a published instrument, for these agencies.
pub(crate) fn shape(text: &str, permitted: &[&str]) -> Value {
    with(serde_json::from_str(text).unwrap(), "permitted_orgs", permitted)
}

pub(crate) fn dash() -> Value {
    shape(
        include_str!("../../domain/src/instrument/tests/fixtures/shape-dash.json"),
        &["hebergement-demo", "police-demo"],
    )
}

pub(crate) fn import(house: &House, instrument: &Value) {
    house.sign_in("admin").post("/api/v1/instruments", instrument).expect(201);
}

pub(crate) fn read(persona: &Persona, house: &House, made: &Value) -> Value {
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

pub(crate) fn refused(answer: &tests::harness::Answer, pointer: &str, code: &str) {
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
