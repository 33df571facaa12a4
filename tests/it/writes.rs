//! What people record, disclose, correct and take back, told by its personas.

use serde_json::{Value, json};
use tests::harness::{House, Persona};

const SAFETY: &str = "safety_planning";

fn agency(house: &House, key: &str) -> Value {
    json!(house.loaded.agencies[key])
}

fn person(house: &House, key: &str) -> Value {
    json!(house.file().persons[key])
}

fn field<'v>(view: &'v Value, person: &Value, field: &str) -> Option<&'v Value> {
    let persons = view["persons"].as_array().unwrap();
    let person = persons.iter().find(|p| p["id"] == *person)?;
    person["facts"].as_array().unwrap().iter().find(|fact| fact["field"] == field)
}

fn who(house: &House, key: &str) -> Persona {
    house.sign_in(key).for_purpose(SAFETY)
}

#[test]
fn a_worker_opens_a_file_adds_a_person_and_records_what_she_knows() {
    let house = House::estrie();
    let amina = who(&house, "amina");
    let opened = amina.post("/api/v1/files", &json!({"cell": house.loaded.cells["estrie"]}));
    let file = opened.expect(201);
    let path = format!("/api/v1/files/{}", file["id"].as_str().unwrap());
    assert_eq!(opened.header("location"), Some(path.as_str()));
    assert!(file["reference"].as_str().unwrap().starts_with("EST-2026-"));
    let added = amina
        .post(&format!("{path}/persons"), &json!({"role": "person_at_risk", "birth_date": "1990-01-02"}));
    let person = added.expect(201)["id"].clone();
    let fact = json!({"person": person, "field": "safe_phone", "value": "819-555-0100"});
    let recorded = amina.post(&format!("{path}/facts"), &fact).expect(201);
    let view = amina.get(&path).expect(200);
    let shown = field(&view, &person, "safe_phone").unwrap();
    assert_eq!(shown["id"], recorded["id"]);
    assert_eq!(shown["value"], "819-555-0100");
    assert_eq!(shown["basis"], json!({"kind": "own"}));
    assert_eq!(view["circle"].as_array().unwrap().len(), 1);
    who(&house, "julie").get(&path).problem(404, "not-found");
    let listed = amina.get("/api/v1/files").expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    assert_eq!(who(&house, "julie").get("/api/v1/files").expect(200)["items"].as_array().unwrap().len(), 1);
}

#[test]
fn a_correction_shows_to_whom_it_may_and_leaves_the_older_value_to_who_was_told_only_that() {
    let house = House::estrie();
    let path = house.file_path();
    let yves = who(&house, "yves");
    let older = house.file().facts["f27"];
    let correction = json!({"person": person(&house, "stephane"), "field": "suicidal_ideation",
        "value": "Nouvel entretien.", "supersedes": older});
    let newer = yves.post(&format!("{path}/facts"), &correction).expect(201)["id"].clone();
    let seen_by_source = yves.get(&path).expect(200);
    let stephane = person(&house, "stephane");
    assert_eq!(field(&seen_by_source, &stephane, "suicidal_ideation").unwrap()["id"], newer);
    // The police were told the older one by an act; the act does not reach what came later.
    let marc = who(&house, "marc");
    let seen_by_police = marc.get(&path).expect(200);
    assert_eq!(field(&seen_by_police, &stephane, "suicidal_ideation").unwrap()["id"], json!(older));
    marc.get(&format!("{path}/facts/{}", newer.as_str().unwrap())).problem(404, "not-found");
    marc.get(&format!("{path}/facts/{older}")).expect(200);
    let history = yves.get(&format!("{path}/facts/{older}/history")).expect(200);
    assert_eq!(history["items"].as_array().unwrap().len(), 2);
    let twice = yves.post(&format!("{path}/facts"), &correction);
    assert_eq!(twice.problem(422, "invalid")["errors"][0]["pointer"], "/supersedes");
    // One click tells the source what came since, and attests again.
    let act = house.file().disclosures["d1"];
    let since = yves.get(&format!("{path}/disclosures/{act}/renewal")).expect(200);
    assert_eq!(since["items"][0]["fact"], newer);
    assert_eq!(since["items"][0]["corrects"], json!(older));
    marc.get(&format!("{path}/disclosures/{act}/renewal")).problem(404, "not-found");
}

#[test]
fn a_fact_on_the_wrong_person_is_taken_back_by_a_respondent_of_its_source_alone() {
    let house = House::estrie();
    let path = format!("{}/facts/{}/retraction", house.file_path(), house.file().facts["f08"]);
    who(&house, "amina").post(&path, &json!({})).problem(403, "not-permitted");
    who(&house, "marc").post(&path, &json!({})).problem(404, "not-found");
    who(&house, "louise").post(&path, &json!({})).expect(200);
    who(&house, "louise").post(&path, &json!({})).problem(409, "conflict");
    let seen = who(&house, "karine").get(&house.file_path()).expect(200);
    assert!(field(&seen, &person(&house, "mireille"), "incident").is_none());
}

#[test]
fn what_she_says_no_to_is_recorded_as_plainly_as_what_she_says_yes_to() {
    let house = House::estrie();
    let path = format!("{}/consents", house.file_path());
    let amina = who(&house, "amina");
    let mireille = person(&house, "mireille");
    let refusal = json!({"subject": mireille, "grantor": {"kind": "self"}, "limits_explained": true, "provisions": [
        {"effect": "deny", "recipients": [agency(&house, "coordination-demo")], "categories": ["violence_history"],
         "purposes": ["*"], "sources": ["*"]}]});
    let seen = who(&house, "karine").get(&house.file_path()).expect(200);
    assert!(field(&seen, &mireille, "incident").is_some());
    let recorded = amina.post(&path, &refusal).expect(201);
    let seen = who(&house, "karine").get(&house.file_path()).expect(200);
    assert!(field(&seen, &mireille, "incident").is_none());
    // She changes her mind: any worker of the circle may take it back.
    let withdrawal = format!("{path}/{}/withdrawal", recorded["id"].as_str().unwrap());
    who(&house, "rose").post(&withdrawal, &json!({})).expect(200);
    let seen = who(&house, "karine").get(&house.file_path()).expect(200);
    assert!(field(&seen, &mireille, "incident").is_some());
    who(&house, "rose").post(&withdrawal, &json!({})).problem(409, "conflict");
}

#[test]
fn a_consent_is_not_recorded_before_its_limits_are_explained_nor_by_who_cannot_give_it() {
    let house = House::estrie();
    let path = format!("{}/consents", house.file_path());
    let amina = who(&house, "amina");
    let provisions = json!([{"effect": "permit", "recipients": ["circle"], "categories": ["*"], "purposes": ["*"], "sources": ["*"]}]);
    let unexplained =
        json!({"subject": person(&house, "mireille"), "grantor": {"kind": "self"}, "provisions": provisions});
    assert_eq!(
        amina.post(&path, &unexplained).problem(422, "invalid")["errors"][0]["code"],
        "limits_not_explained"
    );
    let by_aggressor = json!({"subject": person(&house, "leo"), "limits_explained": true, "provisions": provisions,
        "grantor": {"kind": "parent", "person": person(&house, "stephane")}});
    assert_eq!(
        amina.post(&path, &by_aggressor).problem(422, "invalid")["errors"][0]["code"],
        "grantor_cannot"
    );
    let by_child = json!({"subject": person(&house, "leo"), "limits_explained": true, "provisions": provisions,
        "grantor": {"kind": "self"}});
    assert_eq!(amina.post(&path, &by_child).problem(422, "invalid")["errors"][0]["pointer"], "/grantor");
    let by_mother = json!({"subject": person(&house, "leo"), "limits_explained": true, "provisions": provisions,
        "grantor": {"kind": "parent", "person": person(&house, "mireille")}});
    amina.post(&path, &by_mother).expect(201);
}

#[test]
fn a_withdrawal_tells_what_of_ones_own_was_read_already() {
    let house = House::estrie();
    who(&house, "marc").get(&house.file_path()).expect(200);
    let path = format!("{}/consents/{}/withdrawal", house.file_path(), house.file().consents["c1"]);
    let withdrawn = who(&house, "amina").post(&path, &json!({})).expect(200);
    let shared = withdrawn["already_shared"].as_array().unwrap();
    assert_eq!(shared.len(), 1);
    assert_eq!(shared[0]["agency"], agency(&house, "police-demo"));
    assert!(shared[0]["fields"].as_array().unwrap().contains(&json!("strangulation")));
    let seen = who(&house, "marc").get(&house.file_path()).expect(200);
    assert!(field(&seen, &person(&house, "mireille"), "strangulation").is_none());
}

pub(crate) fn emergency(house: &House, fact: &str, recipient: &str) -> Value {
    let basis = who(house, "marc").get("/api/v1/legal-bases").expect(200);
    let items = basis["items"].as_array().unwrap();
    let basis = items.iter().find(|basis| basis["code"] == "QC_A21_59_1").unwrap();
    let mut attestations = serde_json::Map::new();
    for condition in basis["conditions"].as_array().unwrap() {
        attestations.insert(condition["id"].as_str().unwrap().into(), json!(true));
    }
    json!({"items": [{"fact": house.file().facts[fact]}], "basis_code": "QC_A21_59_1", "attestations": attestations,
        "recipients": [{"agency": agency(house, recipient), "capacity": "able_to_aid"}]})
}

/// What the basis asks, answered until nothing stands against the act.
pub(crate) fn attested(house: &House, persona: &Persona, path: &str, mut act: Value) -> Value {
    let answer = persona.post(path, &act);
    if answer.status == 422 {
        for wrong in answer.json()["errors"].as_array().unwrap() {
            let pointer = wrong["pointer"].as_str().unwrap();
            let Some(id) = pointer.strip_prefix("/attestations/") else { panic!("{}", answer.text) };
            act["attestations"][id] = json!("act_of_violence");
        }
        return persona.post(path, &act).expect(201);
    }
    let _ = house;
    answer.expect(201)
}

#[test]
fn a_respondent_discloses_without_consent_and_the_recipient_reads_at_once() {
    let house = House::estrie();
    let path = format!("{}/disclosures", house.file_path());
    let act = emergency(&house, "f07", "hebergement-demo");
    who(&house, "julie").post(&path, &act).problem(403, "not-permitted");
    let marc = who(&house, "marc");
    let amina = who(&house, "amina");
    let address = |view: &Value| field(view, &person(&house, "mireille"), "address").is_some();
    assert!(!address(&amina.get(&house.file_path()).expect(200)));
    let made = attested(&house, &marc, &path, act.clone());
    assert!(made["record_due"].is_string());
    assert!(address(&amina.get(&house.file_path()).expect(200)));
    // The rest of the record follows; then it stands in the register, for the source alone.
    let record = json!({"exposed": [person(&house, "mireille")], "act_feared": "homicide", "danger": "armes",
        "urgency": "libre", "information": "adresse"});
    let record_path = format!("{path}/{}/record", made["id"].as_str().unwrap());
    assert_eq!(marc.post(&record_path, &record).expect(200)["late"], false);
    let register = marc.get("/api/v1/registers/disclosures").expect(200);
    assert_eq!(register["items"].as_array().unwrap().len(), 2);
    assert_eq!(register["items"][1]["register"]["record"]["act_feared"], "homicide");
    let received = amina.get(&path).expect(200);
    let received = received["items"].as_array().unwrap();
    assert!(received.iter().all(|act| act.get("register").is_none()));
    let revocation = format!("{path}/{}/revocation", made["id"].as_str().unwrap());
    amina.post(&revocation, &json!({})).problem(404, "not-found");
    marc.post(&revocation, &json!({})).expect(200);
    assert!(!address(&amina.get(&house.file_path()).expect(200)));
}

#[test]
fn no_agency_discloses_anothers_fact_nor_what_a_vault_keeps_nor_without_attesting() {
    let house = House::estrie();
    let path = format!("{}/disclosures", house.file_path());
    let marc = who(&house, "marc");
    let anothers = emergency(&house, "f08", "sante-demo");
    let refused = marc.post(&path, &anothers).problem(422, "invalid");
    assert_eq!(refused["errors"][0]["pointer"], "/items/0/fact");
    assert_eq!(refused["errors"][0]["code"], "unknown_reference");
    let nothing = json!({"items": [], "recipients": [], "basis_code": "QC_A21_59_1"});
    let refused = marc.post(&path, &nothing).problem(422, "invalid");
    let codes: Vec<&str> =
        refused["errors"].as_array().unwrap().iter().map(|e| e["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"empty_list") && codes.contains(&"not_attested"), "{codes:?}");
    let mut vaulted = emergency(&house, "f06", "police-demo");
    vaulted["basis_code"] = json!("QC_P391_18_1");
    let refused = who(&house, "louise").post(&path, &vaulted).problem(422, "invalid");
    assert_eq!(refused["errors"][0]["code"], "vaulted");
}

#[test]
fn the_circle_grows_by_a_respondent_and_ends_by_the_agency_or_the_coordinator() {
    let house = House::estrie();
    let path = format!("{}/circle", house.file_path());
    let newcomer = json!({"agency": agency(&house, "police-voisine-demo")});
    who(&house, "julie").post(&path, &newcomer).problem(403, "not-permitted");
    who(&house, "louise").post(&path, &newcomer).expect(201);
    who(&house, "louise").post(&path, &newcomer).problem(409, "conflict");
    let end = |key: &str| format!("{path}/{}/end", house.loaded.agencies[key]);
    who(&house, "louise").post(&end("police-voisine-demo"), &json!({})).problem(403, "not-permitted");
    who(&house, "karine").post(&end("police-voisine-demo"), &json!({})).expect(200);
    who(&house, "karine").post(&end("police-voisine-demo"), &json!({})).problem(404, "not-found");
    who(&house, "yves").post(&end("conjoints-demo"), &json!({})).expect(200);
    // Outside, the services for partners keep only what they recorded themselves.
    let seen = who(&house, "yves").get(&house.file_path()).expect(200);
    assert_eq!(seen["circle"].as_array().unwrap().len(), 1);
    assert_eq!(seen["persons"].as_array().unwrap().len(), 1);
}

#[test]
fn a_recused_person_meets_the_answer_of_an_id_that_never_existed() {
    let house = House::estrie();
    let path = format!("{}/recusals", house.file_path());
    who(&house, "julie").get(&house.file_path()).expect(200);
    let julie = json!({"user": house.loaded.users["julie"]});
    who(&house, "marc").post(&path, &julie).problem(403, "not-permitted");
    who(&house, "karine").post(&path, &julie).expect(201);
    let absent = who(&house, "julie").get(&house.file_path());
    let never = who(&house, "julie").get("/api/v1/files/01890000-0000-7000-8000-000000000000");
    let body = |answer: &tests::harness::Answer| {
        let mut body = answer.json();
        body["instance"] = json!("");
        body
    };
    assert_eq!((absent.status, body(&absent)), (never.status, body(&never)));
    assert_eq!(who(&house, "karine").get(&path).expect(200)["items"].as_array().unwrap().len(), 2);
    who(&house, "marc").get(&path).problem(403, "not-permitted");
    who(&house, "amina").post(&path, &json!({})).expect(201);
    who(&house, "amina").get(&house.file_path()).problem(404, "not-found");
}

#[test]
fn a_closed_file_sets_and_an_emergency_act_brings_it_back() {
    let house = House::estrie();
    let path = house.file_path();
    let karine = who(&house, "karine");
    let seen = karine.get(&path);
    let closure = format!("{path}/closure");
    karine.post(&closure, &json!({})).problem(428, "precondition-required");
    karine.with("If-Match", "\"old\"").post(&closure, &json!({})).problem(412, "precondition-failed");
    let closed = karine.with("If-Match", seen.header("etag").unwrap()).post(&closure, &json!({})).expect(200);
    assert_eq!(closed["status"], "closed");
    assert_eq!(closed["sunset_at"], "2026-12-22T15:00:00Z");
    let made = attested(
        &house,
        &who(&house, "marc"),
        &format!("{path}/disclosures"),
        emergency(&house, "f07", "hebergement-demo"),
    );
    assert_eq!(made["reopened"], true);
    assert_eq!(karine.get(&path).expect(200)["status"], "active");
}

#[test]
fn a_repeated_creation_changes_nothing_and_another_body_under_its_key_is_refused() {
    let house = House::estrie();
    let amina = who(&house, "amina").with("Idempotency-Key", "une-fois");
    let body = json!({"role": "relative"});
    let path = format!("{}/persons", house.file_path());
    let first = amina.post(&path, &body).expect(201);
    let again = amina.post(&path, &body).expect(201);
    assert_eq!(first["id"], again["id"]);
    amina.post(&path, &json!({"role": "child"})).problem(422, "idempotency-conflict");
    let count =
        house.database.ask(&format!("select count(*) from person where file_id = '{}'", house.file().id));
    assert_eq!(count, "7");
}

#[test]
fn explain_says_why_and_who_could_lift_it_and_nothing_of_what_exists() {
    let house = House::estrie();
    let ask = |who: &Persona, key: &str, field: &str| {
        who.get(&format!("{}/explain?person={}&field={field}", house.file_path(), house.file().persons[key]))
    };
    let julie = who(&house, "julie");
    let existing = ask(&julie, "mireille", "sexual_assault").expect(200);
    assert_eq!(existing["reason"], "refused");
    assert!(existing["who_could_lift_it"].as_str().unwrap().contains("personne"));
    // A field of the same category that holds nothing answers alike.
    let empty = ask(&julie, "mireille", "kit_status").expect(200);
    assert_eq!(existing["why"], empty["why"]);
    ask(&julie, "mireille", "no_such_field").problem(400, "bad-query");
    let english = ask(&julie.with("Accept-Language", "en"), "mireille", "kit_status").expect(200);
    assert!(english["why"].as_str().unwrap().starts_with("The person said no"));
}

#[test]
fn a_search_finds_whom_the_gate_would_show_and_nobody_else() {
    let house = House::estrie();
    let path = format!("{}/facts", house.file_path());
    let amina = who(&house, "amina");
    // Recording a name or a birth date keeps the index in step.
    let mireille = person(&house, "mireille");
    let corrected = json!({"person": mireille, "field": "family_name", "value": "Boisvert-Côté", "supersedes": house.file().facts["f02"]});
    amina.post(&path, &corrected).expect(201);
    let ask = |who: &Persona, body: &Value| who.post("/api/v1/search/persons", body);
    let exact = json!({"family_name": "boisvert cote", "birth_date": "1991-03-12"});
    assert_eq!(ask(&amina, &exact).expect(200)["items"][0]["person"], mireille);
    assert_eq!(
        ask(&amina, &json!({"given_name": "MIREILLE", "birth_year": 1991})).expect(200)["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        ask(&amina, &json!({"family_name": "boisvert cote", "birth_year": 1992})).expect(200)["items"],
        json!([])
    );
    // The services for partners are refused everything of hers: they find nobody.
    assert_eq!(ask(&who(&house, "yves"), &exact).expect(200)["items"], json!([]));
    assert_eq!(ask(&who(&house, "dominic"), &exact).expect(200)["items"], json!([]));
    ask(&amina, &json!({"family_name": "Boisvert"})).problem(422, "invalid");
}

#[test]
fn every_read_leaves_a_row_that_its_auditor_finds_and_others_do_not() {
    let house = House::estrie();
    let read = who(&house, "marc").get(&house.file_path()).expect(200);
    let aline = house.sign_in("aline");
    let log = aline.get(&format!("/api/v1/access-events?file={}", house.file().id)).expect(200);
    let row = &log["items"].as_array().unwrap()[0];
    assert_eq!(row["id"], read["access_event"]);
    assert_eq!(row["act"], "file.read");
    assert_eq!(row["actor"], json!(house.loaded.users["marc"]));
    assert!(row["disclosed"].as_array().unwrap().iter().any(|part| part["basis"] == "consent"));
    assert!(!log.to_string().contains("Mireille"));
    let pascal = house.sign_in("pascal");
    let own = pascal.get(&format!("{}/access-log", house.file_path())).expect(200);
    let marcs =
        own["items"].as_array().unwrap().iter().find(|row| row["id"] == read["access_event"]).unwrap();
    // Marc read no fact of the health agency: its officer sees that a row exists, no more.
    assert!(marcs.get("actor").is_none());
    house.sign_in("marc").get("/api/v1/access-events").problem(403, "not-permitted");
    house.sign_in("marc").get(&format!("{}/access-log", house.file_path())).problem(403, "not-permitted");
    house.sign_in("dominic").get(&format!("{}/access-log", house.file_path())).problem(404, "not-found");
}
