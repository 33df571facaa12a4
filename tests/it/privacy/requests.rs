//! Requests for access: due by the law of each agency, answered with grounds, and telling nobody what exists.

use serde_json::{Value, json};
use tests::harness::{Answer, Browser, House, Persona};

use super::two_officers;

const REGISTER: &str = "/api/v1/registers/access-requests";
const NEVER: &str = "01890000-0000-7000-8000-000000000000";

fn request() -> Value {
    json!({
        "received_on": "2026-11-10", "kind": "readers", "requester": "person", "subject": "Qui a lu les notes Zq95canari",
        "verified": {"on": "2026-11-12", "by": "Pascal Guay", "how": "document"},
    })
}

fn with(member: &str, value: Value) -> Value {
    let mut request = request();
    request[member] = value;
    request
}

fn entered(officer: &Persona, request: &Value) -> String {
    let body = officer.post(REGISTER, request).expect(201);
    format!("{REGISTER}/{}", body["id"].as_str().unwrap())
}

/// Does this to a request as it is seen now.
fn now(officer: &Persona, path: &str, verb: &str, body: &Value) -> Answer {
    let tag = officer.get(path).header("etag").unwrap().to_owned();
    officer.with("If-Match", &tag).post(&format!("{path}/{verb}"), body)
}

#[test]
fn a_request_is_due_by_the_law_of_the_agency_that_received_it() {
    let house = two_officers();
    let (pascal, julie) = (house.sign_in("pascal"), house.sign_in("julie"));
    for (officer, received, due) in [
        // Health: thirty days. A public body: twenty.
        (&pascal, "2026-11-10", "2026-12-10"),
        (&julie, "2026-11-10", "2026-11-30"),
        (&julie, "2024-02-09", "2024-02-29"),
        (&pascal, "2024-02-29", "2024-03-30"),
    ] {
        let mut new = with("received_on", json!(received));
        new.as_object_mut().unwrap().remove("verified");
        assert_eq!(officer.post(REGISTER, &new).expect(201)["due_on"], due, "{received}");
    }
    let listed = pascal.get(REGISTER).expect(200);
    assert_eq!(listed["items"][0]["term"]["status"], "to_verify");
    for item in listed["items"].as_array().unwrap() {
        assert_eq!(item["late"], json!(item["record"]["received_on"] == "2024-02-29"), "{item}");
    }
}

#[test]
fn more_time_is_taken_once_in_time_and_only_where_the_law_allows_it() {
    let house = two_officers();
    let (pascal, julie) = (house.sign_in("pascal"), house.sign_in("julie"));
    let because = json!({"because": "Recherche dans les archives"});
    let health = entered(&pascal, &request());
    let refused = now(&pascal, &health, "extension", &because).problem(409, "conflict");
    assert_eq!(refused["errors"][0]["code"], "extension_not_allowed");

    let police = entered(&julie, &request());
    julie.post(&format!("{police}/extension"), &because).problem(428, "precondition-required");
    now(&julie, &police, "extension", &json!({"because": " "})).problem(422, "invalid");
    assert_eq!(now(&julie, &police, "extension", &because).expect(200)["due_on"], "2026-12-10");
    now(&julie, &police, "extension", &because).problem(409, "conflict");
    // What is corrected afterwards keeps the time that was taken.
    let corrected = now(&julie, &police, "amendments", &with("received_on", json!("2026-11-11"))).expect(200);
    assert_eq!(corrected["due_on"], "2026-12-11");

    let old = entered(&julie, &with("received_on", json!("2026-10-30")));
    let late = now(&julie, &old, "extension", &because).problem(409, "conflict");
    assert_eq!(late["errors"][0]["code"], "extension_too_late");
}

#[test]
fn an_answer_says_its_grounds_and_gives_nothing_to_somebody_unverified() {
    let house = House::estrie();
    let pascal = house.sign_in("pascal");
    let mut unverified = request();
    unverified.as_object_mut().unwrap().remove("verified");
    let path = entered(&pascal, &unverified);
    let answer =
        |outcome: &str, grounds: Value| json!({"on": "2026-11-20", "outcome": outcome, "grounds": grounds});
    for (body, pointer, code) in [
        (answer("in_part", json!([])), "/grounds", "empty_list"),
        (answer("given", json!(["third_party"])), "/grounds", "grounds_not_expected"),
        (answer("refused", json!(["third_party", "third_party"])), "/grounds", "duplicate"),
        (answer("refused", json!(["other_law"])), "/explanation", "missing"),
        (json!({"on": "2026-11-09", "outcome": "nothing_held"}), "/on", "wrong_order"),
        (json!({"on": "2026-11-23", "outcome": "nothing_held"}), "/on", "in_the_future"),
        (json!({"on": "2026-02-29", "outcome": "nothing_held"}), "/on", "not_a_date"),
        (answer("canari", json!([])), "/outcome", "unknown_word"),
    ] {
        let refused = now(&pascal, &path, "answer", &body);
        let wrong = refused.problem(422, "invalid")["errors"][0].clone();
        assert_eq!((&wrong["pointer"], &wrong["code"]), (&json!(pointer), &json!(code)), "{}", refused.text);
        assert!(!refused.text.contains("canari"));
    }
    let gives = answer("in_part", json!(["third_party"]));
    let refused = now(&pascal, &path, "answer", &gives).problem(409, "conflict");
    assert_eq!(refused["errors"][0]["code"], "identity_not_verified");
    now(&pascal, &path, "amendments", &request()).expect(200);
    assert_eq!(now(&pascal, &path, "answer", &gives).expect(200)["late"], false);
    let view = pascal.get(&path).expect(200);
    assert_eq!((&view["answered"], view["versions"].as_array().unwrap().len()), (&json!(true), 3));
    for (verb, body) in [("answer", gives), ("amendments", request())] {
        now(&pascal, &path, verb, &body).problem(409, "conflict");
    }
}

#[test]
fn a_file_that_exists_and_one_that_never_did_are_entered_and_shown_alike() {
    let house = two_officers();
    let julie = house.sign_in("julie");
    let about = |file: &str, person: &str| {
        let mut new = with("file", json!(file));
        new["person"] = json!(person);
        let made = julie.post(REGISTER, &new);
        let id = made.expect(201)["id"].as_str().unwrap().to_owned();
        let path = format!("{REGISTER}/{id}");
        let answered = now(&julie, &path, "answer", &json!({"on": "2026-11-20", "outcome": "nothing_held"}));
        let told = |answer: &Answer| {
            let mut body = answer.json();
            for member in ["id", "access_event", "href", "at", "entered_at"] {
                body.as_object_mut().unwrap().remove(member);
            }
            body.to_string().replace(file, "file").replace(person, "person").replace(&id, "id")
        };
        (told(&made), told(&answered), told(&julie.get(&path)))
    };
    let real = about(&house.file().id.to_string(), &house.file().persons["mireille"].to_string());
    assert_eq!(real, about(NEVER, "01890000-0000-7000-8000-000000000001"));
    let refused = julie.post(REGISTER, &with("file", json!("EST-2026-0007")));
    assert_eq!(refused.problem(422, "invalid")["errors"][0]["code"], "not_an_id");
}

#[test]
fn only_the_agencys_own_privacy_officer_knows_of_a_request() {
    let house = two_officers();
    let path = entered(&house.sign_in("pascal"), &request());
    let julie = house.sign_in("julie");
    julie.get(&path).problem(404, "not-found");
    for (verb, body) in [
        ("amendments", request()),
        ("extension", json!({"because": "x"})),
        ("answer", json!({"on": "2026-11-20", "outcome": "nothing_held"})),
    ] {
        julie.with("If-Match", "\"x\"").post(&format!("{path}/{verb}"), &body).problem(404, "not-found");
    }
    assert_eq!(julie.get(REGISTER).expect(200)["items"], json!([]));
    // One register's handle opens nothing in the other.
    let incident = path.replace("access-requests", "incidents");
    house.sign_in("pascal").get(&incident).problem(404, "not-found");
    for key in ["thomas", "aline", "karine", "admin"] {
        let persona = house.sign_in(key);
        persona.get(REGISTER).problem(403, "not-permitted");
        persona.post(REGISTER, &request()).problem(403, "not-permitted");
        persona.get(&path).problem(404, "not-found");
    }
}

#[test]
fn no_word_of_a_request_rests_in_clear_or_reaches_the_log() {
    let house = House::estrie();
    let pascal = house.sign_in("pascal").with("Idempotency-Key", "une-demande");
    let path = entered(&pascal, &request());
    assert_eq!(entered(&pascal, &request()), path, "sent twice, entered once");
    for table in ["register_entry", "register_version", "access_event", "idempotency", "outbox"] {
        let rows =
            house.database.ask(&format!("select coalesce(string_agg(t::text, ' '), '') from {table} t"));
        assert!(!rows.contains("canari") && !rows.contains("Pascal Guay"), "{table}");
    }
    let log = house.sign_in("aline").get("/api/v1/access-events?act=access_request.enter");
    assert_eq!(log.expect(200)["items"][0]["act"], "access_request.enter");
}

#[test]
fn on_the_pages_a_request_waits_with_its_day_until_it_is_answered() {
    let house = House::estrie();
    let pascal = Browser::signed_in(&house, "pascal");
    assert!(pascal.get("/registres/demandes").says("Aucune demande n’est inscrite"));
    let asked = pascal.get("/registres/demandes/nouvelle").form("/registres/demandes/nouvelle");
    let file = house.file().id.to_string();
    let filled = asked
        .with("received_on", "2026-10-10")
        .with("kind", "readers")
        .with("requester", "representative")
        .with("subject", "Qui a lu les notes de 2026")
        .with("file", &file);
    let refused = pascal.send(filled.clone().with("file", "EST-2026-0007"));
    assert_eq!(refused.status, 422);
    let page = pascal.send(
        filled.with("verified/on", "2026-10-12").with("verified/by", "P. G.").with("verified/how", "mandate"),
    );
    assert!(
        page.says("La demande est inscrite") && page.says("En retard : l’échéance était le 9 novembre 2026"),
        "{}",
        page.words()
    );
    assert!(page.says("À vérifier auprès d’un·e juriste"), "{}", page.words());
    assert!(page.html.contains(&format!("href=\"/journal/dossier/{file}\"")));
    let home = pascal.get("/accueil");
    assert!(
        home.says("Demande d’accès : Qui a lu ces renseignements") && home.says("En retard"),
        "{}",
        home.words()
    );
    let path = page.path.split('?').next().unwrap().to_owned();
    let answer = pascal.get(&format!("{path}/reponse")).form(&format!("{path}/reponse"));
    let refused = pascal.send(answer.clone().with("on", "2026-11-20").with("outcome", "refused"));
    assert_eq!(refused.status, 422, "a refusal without grounds");
    let page = pascal
        .send(answer.with("on", "2026-11-20").with("outcome", "in_part").and("grounds[]", "third_party"));
    assert!(
        page.says("Répondu le 20 novembre 2026, après l’échéance du 9 novembre 2026"),
        "{}",
        page.words()
    );
    assert!(
        page.says("dont la communication risque de lui nuire")
            && page.says("Ce que le registre disait avant")
    );
    assert!(!pascal.get("/accueil").says("Demande d’accès :"));
    let csv = pascal.open("/registres/demandes?format=csv");
    assert!(csv.text.contains("Accordée en partie") && csv.text.contains("2026-11-09"), "{}", csv.text);
    assert_eq!(Browser::signed_in(&house, "thomas").get("/registres/demandes").status, 403);
}
