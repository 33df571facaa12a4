//! Four eyes: a role that gives power over others counts when a second admin, who is another person, confirms it.

use serde_json::{Value, json};
use tests::harness::{House, Persona};

const CHOSEN: &str = "une phrase que moi seule connais";

/// Another account of the coordination agency, enrolled.
fn colleague(house: &House, name: &str, like: Option<&str>) -> (Persona, String) {
    let admin = house.sign_in("admin");
    let email = format!("{}@coordination-demo.example", name.to_lowercase());
    let mut body = json!({"name": name, "email": email});
    if let Some(like) = like {
        body["same_person_as"] = like.into();
    }
    let invited = admin.post("/api/v1/accounts", &body).expect(201);
    let token = invited["invitation"]["token"].clone();
    let enrolled = house.stranger().post("/api/v1/enrolment", &json!({"token": token, "password": CHOSEN}));
    let session = enrolled.expect(200);
    let persona = house.stranger().with_token(session["access_token"].as_str().unwrap());
    (persona, invited["id"].as_str().unwrap().to_owned())
}

/// Makes somebody an admin by the terminal of the machine, as the second one of an installation is made.
pub fn make_admin(house: &House, id: &str) {
    house.database.run(&format!(
        "insert into role_grant (account_id, cell_id, role, valid_from, granted_at)
         select '{id}', cell_id, role, valid_from, granted_at from role_grant
         where account_id = '{}'",
        house.loaded.users["admin"]
    ));
}

fn ask(house: &House, admin: &Persona, id: &str, role: &str) -> Value {
    let body = json!({"cell": house.loaded.cells["estrie"], "role": role});
    admin.post(&format!("/api/v1/accounts/{id}/roles"), &body).expect(200)
}

fn roles(persona: &Persona) -> Vec<String> {
    let me = persona.get("/api/v1/me").expect(200);
    let roles = me["roles"].as_array().unwrap().iter();
    roles.map(|held| held["role"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_role_of_power_counts_once_a_second_person_confirms_it_and_a_workers_at_once() {
    let house = House::estrie();
    let admin = house.sign_in("admin");
    let (second, second_id) = colleague(&house, "Solange", None);
    let (camille, id) = colleague(&house, "Camille", None);
    make_admin(&house, &second_id);
    assert_eq!(ask(&house, &admin, &id, "worker")["awaits"], Value::Null);
    for role in ["coordinator", "auditor", "privacy_officer", "admin"] {
        let asked = ask(&house, &admin, &id, role);
        let request = asked["awaits"].as_str().unwrap();
        assert!(!roles(&camille).contains(&role.to_owned()), "{role} waits");
        let path = format!("/api/v1/role-requests/{request}");
        let own = admin.post(&format!("{path}/confirmation"), &json!({}));
        own.problem(403, "not-permitted");
        second.post(&format!("{path}/confirmation"), &json!({})).expect(200);
        assert!(roles(&camille).contains(&role.to_owned()), "{role} counts");
        second.post(&format!("{path}/confirmation"), &json!({})).problem(409, "conflict");
    }
    let log = house
        .database
        .ask("select string_agg(act, ' ' order by id) from access_event where act like 'role.%'");
    assert!(log.contains("role.ask") && log.contains("role.confirm") && log.contains("role.grant"), "{log}");
}

#[test]
fn nobody_confirms_a_role_for_herself_nor_what_she_asked_for_and_a_refusal_gives_nothing() {
    let house = House::estrie();
    let admin = house.sign_in("admin");
    let (second, second_id) = colleague(&house, "Solange", None);
    make_admin(&house, &second_id);
    let asked = ask(&house, &admin, &second_id, "coordinator");
    let path = format!("/api/v1/role-requests/{}", asked["awaits"].as_str().unwrap());
    second.post(&format!("{path}/confirmation"), &json!({})).problem(403, "not-permitted");
    let waiting = second.get("/api/v1/role-requests").expect(200);
    assert_eq!(waiting["items"][0]["may_confirm"], false);
    let twice = json!({"cell": house.loaded.cells["estrie"], "role": "coordinator"});
    admin.post(&format!("/api/v1/accounts/{second_id}/roles"), &twice).problem(409, "conflict");
    admin.post(&format!("{path}/refusal"), &json!({})).expect(200);
    assert!(!roles(&second).contains(&"coordinator".to_owned()));
    assert_eq!(admin.get("/api/v1/role-requests").expect(200)["items"], json!([]));
    let own = json!({"cell": house.loaded.cells["estrie"], "role": "auditor"});
    let path = format!("/api/v1/accounts/{}/roles", house.loaded.users["admin"]);
    admin.post(&path, &own).problem(403, "not-permitted");
}

#[test]
fn a_request_is_known_to_the_admins_of_its_agency_and_of_the_coordination_and_to_nobody_else() {
    let house = House::estrie();
    let admin = house.sign_in("admin");
    let (_, id) = colleague(&house, "Camille", None);
    let asked = ask(&house, &admin, &id, "coordinator");
    let path = format!("/api/v1/role-requests/{}/confirmation", asked["awaits"].as_str().unwrap());
    for key in ["karine", "aline"] {
        house.sign_in(key).get("/api/v1/role-requests").problem(403, "not-permitted");
        house.sign_in(key).post(&path, &json!({})).problem(403, "not-permitted");
    }
    // An admin of the shelter: the request is of another agency's people, and does not exist for her.
    house.database.run(&format!(
        "insert into role_grant (account_id, cell_id, role, valid_from, granted_at)
         select '{}', cell_id, role, valid_from, granted_at from role_grant where account_id = '{}'",
        house.loaded.users["louise"], house.loaded.users["admin"]
    ));
    let louise = house.sign_in("louise");
    assert_eq!(louise.get("/api/v1/role-requests").expect(200)["items"], json!([]));
    louise.post(&path, &json!({})).problem(404, "not-found");
    // The only admin of the shelter proposes a colleague: the coordination confirms.
    let asked = ask(&house, &louise, &house.loaded.users["amina"].to_string(), "privacy_officer");
    let path = format!("/api/v1/role-requests/{}/confirmation", asked["awaits"].as_str().unwrap());
    assert_eq!(admin.get("/api/v1/role-requests").expect(200)["items"].as_array().unwrap().len(), 2);
    admin.post(&path, &json!({})).expect(200);
    assert!(roles(&house.sign_in("amina")).contains(&"privacy_officer".to_owned()));
}

#[test]
fn a_request_lapses_after_seven_days() {
    let house = House::estrie();
    let admin = house.sign_in("admin");
    let (second, second_id) = colleague(&house, "Solange", None);
    let (_, id) = colleague(&house, "Camille", None);
    make_admin(&house, &second_id);
    let asked = ask(&house, &admin, &id, "auditor");
    house.database.run("update role_request set lapses_at = lapses_at - interval '7 days'");
    let path = format!("/api/v1/role-requests/{}/confirmation", asked["awaits"].as_str().unwrap());
    second.post(&path, &json!({})).problem(409, "conflict");
    assert_ne!(ask(&house, &admin, &id, "auditor")["awaits"], asked["awaits"], "it may be asked for again");
}
