//! The register of confidentiality incidents: what the law asks for, kept version by version, for one person's eyes.

use serde_json::{Value, json};
use tests::harness::{Browser, House, Persona, cluster};

use super::two_officers;

const REGISTER: &str = "/api/v1/registers/incidents";

fn incident() -> Value {
    json!({
        "information": "Adresse d'une personne suivie Zq91canari", "circumstances": "Courriel au mauvais destinataire Zq92canari",
        "occurred_from": "2026-11-18", "aware_on": "2026-11-20", "persons": 2, "persons_estimated": true,
        "sensitivity": "Élevée Zq93canari", "consequences": "La personne pourrait être retrouvée.",
        "serious": true, "measures": "Le destinataire a détruit le courriel Zq94canari",
    })
}

fn with(member: &str, value: Value) -> Value {
    let mut incident = incident();
    incident[member] = value;
    incident
}

fn entered(pascal: &Persona) -> String {
    let made = pascal.post(REGISTER, &incident());
    let body = made.expect(201);
    let path = format!("{REGISTER}/{}", body["id"].as_str().unwrap());
    assert_eq!(made.header("location"), Some(path.as_str()));
    path
}

#[test]
fn an_incident_is_entered_amended_and_closed_and_every_version_stays() {
    let house = House::estrie();
    let pascal = house.sign_in("pascal");
    let path = entered(&pascal);
    let first = pascal.get(&path);
    let view = first.expect(200);
    assert_eq!(view["awaits"], json!(["authority", "persons"]));
    assert_eq!(
        (&view["closed"], &view["version"], &view["kept_until"]),
        (&json!(false), &json!(1), &json!("2031-11-20"))
    );
    let tag = first.header("etag").unwrap().to_owned();
    pascal.post(&format!("{path}/closure"), &json!({})).problem(428, "precondition-required");
    let closing = pascal.with("If-Match", &tag).post(&format!("{path}/closure"), &json!({}));
    assert_eq!(closing.problem(409, "conflict")["errors"][0]["code"], "notice_waiting");

    let mut told = with("cai_notified_on", json!("2026-11-21"));
    told["deferred_because"] = json!("Une enquête est en cours.");
    let amending = format!("{path}/amendments");
    pascal.post(&amending, &told).problem(428, "precondition-required");
    let amended = pascal.with("If-Match", &tag).post(&amending, &told).expect(200);
    assert_eq!(amended["version"], 2);
    // Whoever writes over what she did not see is told so.
    pascal.with("If-Match", &tag).post(&amending, &incident()).problem(412, "precondition-failed");

    let tag = pascal.get(&path).header("etag").unwrap().to_owned();
    pascal.with("If-Match", &tag).post(&format!("{path}/closure"), &json!({})).expect(200);
    let closed = pascal.get(&path);
    let view = closed.expect(200);
    assert_eq!((&view["closed"], view["versions"].as_array().unwrap().len()), (&json!(true), 3));
    assert_eq!(
        view["versions"][0]["record"]["cai_notified_on"],
        Value::Null,
        "the first version is as it was"
    );
    let tag = closed.header("etag").unwrap();
    pascal.with("If-Match", tag).post(&format!("{path}/closure"), &json!({})).problem(409, "conflict");
    // What is learned later opens it again.
    pascal.with("If-Match", tag).post(&amending, &told).expect(200);
    assert_eq!(pascal.get(&path).expect(200)["closed"], false);
    assert_eq!(house.database.ask("select count(*)::text from register_version"), "4");
}

#[test]
fn only_the_agencys_own_privacy_officer_knows_of_an_incident() {
    let house = two_officers();
    let path = entered(&house.sign_in("pascal"));
    let julie = house.sign_in("julie");
    julie.get(&path).problem(404, "not-found");
    julie
        .with("If-Match", "\"x\"")
        .post(&format!("{path}/amendments"), &incident())
        .problem(404, "not-found");
    julie.with("If-Match", "\"x\"").post(&format!("{path}/closure"), &json!({})).problem(404, "not-found");
    assert_eq!(julie.get(REGISTER).expect(200)["items"], json!([]));
    // Of her own agency Thomas is the respondent; Aline audits; Karine coordinates.
    for key in ["thomas", "aline", "karine", "admin"] {
        let persona = house.sign_in(key);
        persona.get(REGISTER).problem(403, "not-permitted");
        persona.post(REGISTER, &json!({"nonsense": true})).problem(403, "not-permitted");
        let (real, never) =
            (persona.get(&path), persona.get(&format!("{REGISTER}/01890000-0000-7000-8000-000000000000")));
        assert_eq!(
            real.problem(404, "not-found")["detail"],
            never.problem(404, "not-found")["detail"],
            "{key}"
        );
    }
}

#[test]
fn the_auditor_sees_in_the_log_that_an_incident_was_entered_and_nothing_of_it() {
    let house = House::estrie();
    let path = entered(&house.sign_in("pascal"));
    let aline = house.sign_in("aline");
    let log = aline.get("/api/v1/access-events?act=incident.enter");
    let row = log.expect(200)["items"][0].clone();
    assert_eq!((&row["act"], &row["disclosed"]), (&json!("incident.enter"), &json!([])));
    aline.get(&path).problem(404, "not-found");
    assert!(!log.text.contains("canari"));
}

#[test]
fn what_is_wrong_is_named_by_its_place_and_never_repeated() {
    let house = House::estrie();
    let pascal = house.sign_in("pascal");
    for (member, value, code) in [
        ("occurred_from", json!("2026-02-29"), "not_a_date"),
        ("occurred_from", json!("hier canari"), "not_a_date"),
        ("aware_on", json!("2026-11-23"), "in_the_future"),
        ("aware_on", json!("2026-11-17"), "wrong_order"),
        ("occurred_to", json!("2026-11-17"), "wrong_order"),
        ("cai_notified_on", json!("2026-11-19"), "wrong_order"),
        ("persons", json!(4_000_000_000_u32), "out_of_range"),
        ("persons", json!(-1), "wrong_type"),
        ("circumstances", json!(" "), "blank"),
        ("circumstances", json!("canari\u{0}"), "control_character"),
        ("measures", json!("canari".repeat(1_000)), "too_long"),
        ("information", Value::Null, "missing"),
        ("colour", json!("canari"), "unknown_member"),
    ] {
        let answer = pascal.post(REGISTER, &with(member, value));
        let wrong = answer.problem(422, "invalid")["errors"][0].clone();
        assert_eq!(
            (&wrong["pointer"], &wrong["code"]),
            (&json!(format!("/{member}")), &json!(code)),
            "{}",
            answer.text
        );
        assert!(!answer.text.contains("canari"), "{}", answer.text);
    }
    pascal.post(REGISTER, &json!({})).problem(422, "invalid");
    assert_eq!(house.database.ask("select count(*)::text from register_entry"), "0");
}

#[test]
fn known_of_on_29_february_it_is_kept_for_five_whole_years() {
    let house = House::estrie();
    let pascal = house.sign_in("pascal");
    let mut leap = with("aware_on", json!("2024-02-29"));
    leap["occurred_from"] = json!("2024-02-29");
    pascal.post(REGISTER, &leap).expect(201);
    assert_eq!(pascal.get(REGISTER).expect(200)["items"][0]["kept_until"], "2029-03-01");
}

#[test]
fn sent_twice_under_one_key_it_is_entered_once() {
    let house = House::estrie();
    let pascal = house.sign_in("pascal").with("Idempotency-Key", "un-incident");
    let first = pascal.post(REGISTER, &incident()).expect(201);
    assert_eq!(pascal.post(REGISTER, &incident()).expect(201)["id"], first["id"]);
    pascal.post(REGISTER, &with("persons", json!(3))).problem(422, "idempotency-conflict");
    assert_eq!(house.database.ask("select count(*)::text from register_entry"), "1");
}

#[test]
fn no_word_of_it_rests_in_clear_or_reaches_the_log() {
    let house = House::estrie();
    let pascal = house.sign_in("pascal");
    let path = entered(&pascal);
    assert!(pascal.get(&path).text.contains("Zq92canari"));
    for table in ["register_entry", "register_version", "access_event", "idempotency", "outbox"] {
        let rows =
            house.database.ask(&format!("select coalesce(string_agg(t::text, ' '), '') from {table} t"));
        assert!(!rows.contains("canari"), "{table}");
    }
    assert!(!cluster().log().contains("Zq92canari"));
}

#[test]
fn the_register_continues_where_it_stopped_the_newest_first() {
    let house = House::estrie();
    let pascal = house.sign_in("pascal");
    let ids: Vec<Value> = (1..=3)
        .map(|n| pascal.post(REGISTER, &with("persons", json!(n))).expect(201)["id"].clone())
        .collect();
    let page = pascal.get(&format!("{REGISTER}?limit=2")).expect(200);
    assert_eq!(page["items"].as_array().unwrap().len(), 2);
    let rest =
        pascal.get(&format!("{REGISTER}?limit=2&cursor={}", page["next"].as_str().unwrap())).expect(200);
    let mut seen: Vec<Value> = [&page, &rest]
        .iter()
        .flat_map(|page| page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()))
        .collect();
    seen.sort_by_key(Value::to_string);
    let mut all = ids;
    all.sort_by_key(Value::to_string);
    assert_eq!((seen, &rest["next"]), (all, &Value::Null));
}

#[test]
fn on_the_pages_a_serious_incident_waits_until_its_notices_are_given() {
    let house = House::estrie();
    let pascal = Browser::signed_in(&house, "pascal");
    assert!(pascal.get("/registres/incidents").says("Aucun incident n’est inscrit"));
    let asked = pascal.get("/registres/incidents/nouveau").form("/registres/incidents/nouveau");
    let filled = asked
        .with("information", "Une adresse")
        .with("circumstances", "Perte d'un cahier\nà l'arrêt d'autobus")
        .with("occurred_from", "2026-11-18")
        .with("aware_on", "2026-11-20")
        .with("persons:int", "2")
        .with("sensitivity", "Élevée")
        .with("serious:bool", "true")
        .with("measures", "Le cahier est retrouvé.");
    let refused = pascal.send(filled.clone().with("occurred_from", "2026-11-30"));
    assert!(refused.status == 422 && refused.says("n’est pas encore venu"), "{}", refused.words());
    assert!(
        refused.html.contains("arrêt d&#39;autobus") || refused.html.contains("arrêt d'autobus"),
        "nothing is lost"
    );
    let page = pascal.send(filled);
    assert!(page.says("L’incident est inscrit") && page.says("Avis à donner"), "{}", page.words());
    assert!(page.path.starts_with("/registres/incidents/") && !page.path.contains("cahier"));
    assert!(page.says("À garder au registre au moins jusqu’au 20 novembre 2031"));
    let home = pascal.get("/accueil");
    assert!(
        home.says("Incident sérieux. Avis à donner") && home.says("Connu depuis le 20 novembre 2026"),
        "{}",
        home.words()
    );
    let path = page.path.split('?').next().unwrap().to_owned();

    let close = pascal.get(&format!("{path}/fermeture")).form(&format!("{path}/fermeture"));
    let refused = pascal.send(close);
    assert!(refused.status == 422 && refused.says("Un avis reste à donner"), "{}", refused.words());

    let amend = pascal.get(&format!("{path}/modification")).form(&format!("{path}/modification"));
    assert_eq!((amend.get("persons:int"), amend.get("serious:bool")), (Some("2"), Some("true")));
    let stale = pascal.get(&format!("{path}/modification")).form(&format!("{path}/modification"));
    let told = amend.with("cai_notified_on", "2026-11-21").with("persons_notified_on", "2026-11-21");
    let page = pascal.send(told);
    assert!(page.says("Ce que le registre disait avant") && !page.says("Avis à donner"), "{}", page.words());
    assert!(!pascal.get("/accueil").says("Incident sérieux"));
    // A form from the page as it was before.
    assert_eq!(pascal.send(stale.with("persons:int", "9")).status, 412);
    let close = pascal.get(&format!("{path}/fermeture")).form(&format!("{path}/fermeture"));
    assert!(pascal.send(close).says("L’incident est fermé"));

    let csv = pascal.open("/registres/incidents?format=csv");
    assert_eq!(csv.header("content-disposition"), Some("attachment; filename=\"registre-incidents.csv\""));
    assert!(csv.text.contains("Le cahier est retrouvé.") && csv.text.contains("Fermé"), "{}", csv.text);
    let data: Value = serde_json::from_str(&pascal.open("/registres/incidents?format=json").text).unwrap();
    assert_eq!((&data["complete"], &data["items"][0]["record"]["persons"]), (&json!(true), &json!(2)));
}

#[test]
fn the_tabs_of_the_registers_are_those_one_may_open() {
    let house = House::estrie();
    assert!(Browser::signed_in(&house, "pascal").get("/registres").says("Incidents de confidentialité"));
    let thomas = Browser::signed_in(&house, "thomas");
    assert!(!thomas.get("/registres").says("Incidents de confidentialité"));
    for page in ["/registres/incidents", "/registres/incidents/nouveau"] {
        assert_eq!(thomas.get(page).status, 403, "{page}");
    }
}
