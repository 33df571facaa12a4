//! Accounts in a real installation: second factors required, an admin who looks after her agency's people and
//! nobody else's, and nothing that tells whether somebody has an account.

use api::config::SecondFactor;
use authz::clock::real_now;
use data_encoding::BASE32_NOPAD;
use serde_json::{Value, json};
use tests::harness::{House, PASSWORD, Persona, Plan};
use totp_rs::{Builder, Secret};

const CHOSEN: &str = "une phrase que moi seule connais";

/// Second factors are required; limits stay generous, since everybody here comes from one address.
fn installation() -> House {
    House::build(Plan { settings: |config| config.second_factor = SecondFactor::Required, ..Plan::default() })
}

/// The code an authenticator shows, so many steps of thirty seconds from now.
fn code(secret: &str, steps: i64) -> String {
    let secret: [u8; 20] = BASE32_NOPAD.decode(secret.as_bytes()).unwrap().try_into().unwrap();
    let totp = Builder::new().with_secret(Secret::from(secret)).build().unwrap();
    totp.generate(u64::try_from(real_now().timestamp() + 30 * steps).unwrap()).to_string()
}

fn open(house: &House, email: &str, password: &str, totp: Option<&str>) -> tests::harness::Answer {
    let mut body = json!({"email": email, "password": password});
    if let Some(totp) = totp {
        body["totp"] = totp.into();
    }
    house.stranger().post("/api/v1/session", &body)
}

fn bearer(house: &House, session: &Value) -> Persona {
    house.stranger().with_token(session["access_token"].as_str().unwrap())
}

/// Sets up a second factor in a session that may do nothing else yet; gives the secret and recovery codes.
fn set_up(persona: &Persona, password: &str) -> (String, Vec<String>) {
    let proposed = persona.post("/api/v1/me/second-factor", &json!({"password": password})).expect(200);
    let secret = proposed["secret"].as_str().unwrap().to_owned();
    persona.post("/api/v1/me/second-factor/confirmation", &json!({"code": "000000"})).problem(422, "invalid");
    let confirmed = persona.post("/api/v1/me/second-factor/confirmation", &json!({"code": code(&secret, 0)}));
    let codes = confirmed.expect(200)["recovery_codes"].as_array().unwrap().clone();
    (secret, codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect())
}

/// The admin of the coordination agency, signed in with both factors.
fn admin(house: &House) -> Persona {
    let first = house.sign_in("admin");
    first.get("/api/v1/accounts").problem(403, "set-up-first");
    set_up(&first, PASSWORD);
    first
}

fn invite(admin: &Persona, name: &str, email: &str) -> (String, String) {
    let invited = admin.post("/api/v1/accounts", &json!({"name": name, "email": email})).expect(201);
    let token = invited["invitation"]["token"].as_str().unwrap();
    (invited["id"].as_str().unwrap().to_owned(), token.to_owned())
}

#[test]
fn a_person_is_invited_enrols_sets_up_a_second_factor_and_works() {
    let house = installation();
    let admin = admin(&house);
    let email = "camille.roy@coordination-demo.example";
    let (id, token) = invite(&admin, "Camille Roy", email);
    let weak = house.stranger().post("/api/v1/enrolment", &json!({"token": token, "password": "court"}));
    assert_eq!(weak.problem(422, "invalid")["errors"][0]["pointer"], "/password");
    let enrolled = house.stranger().post("/api/v1/enrolment", &json!({"token": token, "password": CHOSEN}));
    let session = enrolled.expect(200);
    assert_eq!(session["user"]["must_set_up_second_factor"], true);
    let camille = bearer(&house, &session);
    camille.get("/api/v1/me").expect(200);
    camille.get("/api/v1/agencies").problem(403, "set-up-first");
    let (secret, _) = set_up(&camille, CHOSEN);
    camille.get("/api/v1/agencies").expect(200);

    house
        .stranger()
        .post("/api/v1/enrolment", &json!({"token": token, "password": CHOSEN}))
        .problem(422, "invalid");
    open(&house, email, CHOSEN, None).problem(401, "unauthenticated");
    open(&house, email, CHOSEN, Some("000000")).problem(401, "unauthenticated");
    let next = code(&secret, 1);
    open(&house, email, CHOSEN, Some(&next)).expect(200);
    open(&house, email, CHOSEN, Some(&next)).problem(401, "unauthenticated");

    let files = || camille.for_purpose("safety_planning").get("/api/v1/files");
    assert_eq!(files().expect(200)["items"], json!([]), "an account alone opens nothing");
    let cell = house.loaded.cells["estrie"];
    let role = json!({"cell": cell, "role": "worker"});
    admin.post(&format!("/api/v1/accounts/{id}/roles"), &role).expect(200);
    assert_eq!(
        files().expect(200)["items"].as_array().unwrap().len(),
        1,
        "a role counts from the next request"
    );
    let end = json!({"cell": cell, "role": "worker"});
    assert!(admin.post(&format!("/api/v1/accounts/{id}/roles/end"), &end).status < 300);
    assert_eq!(files().expect(200)["items"], json!([]));
}

#[test]
fn a_lost_telephone_is_replaced_by_a_recovery_code_that_serves_once() {
    let house = installation();
    let amina = house.sign_in("amina");
    let (_, codes) = set_up(&amina, PASSWORD);
    assert_eq!(codes.len(), 10);
    let email = tests::harness::email_of("amina");
    let typed = codes[0].to_lowercase().replace('-', " ");
    open(&house, &email, PASSWORD, Some(&typed)).expect(200);
    open(&house, &email, PASSWORD, Some(&codes[0])).problem(401, "unauthenticated");
    open(&house, &email, PASSWORD, Some(&codes[1])).expect(200);
}

#[test]
fn an_admin_resets_a_password_never_sees_it_and_every_session_ends() {
    let house = installation();
    let admin = admin(&house);
    let karine = house.sign_in("karine");
    let (secret, _) = set_up(&karine, PASSWORD);
    let id = house.loaded.users["karine"];
    let offered = admin.post(&format!("/api/v1/accounts/{id}/password-reset"), &json!({})).expect(201);
    let token = offered["token"].as_str().or_else(|| offered["invitation"]["token"].as_str()).unwrap();
    let body = json!({"token": token, "password": CHOSEN});
    assert!(house.stranger().post("/api/v1/password-reset", &body).status < 300);
    karine.get("/api/v1/me").problem(401, "unauthenticated");
    let email = tests::harness::email_of("karine");
    open(&house, &email, PASSWORD, Some(&code(&secret, 1))).problem(401, "unauthenticated");
    open(&house, &email, CHOSEN, Some(&code(&secret, 1))).expect(200);
    house.stranger().post("/api/v1/password-reset", &body).problem(422, "invalid");
}

#[test]
fn an_admin_looks_after_her_own_agencys_people_only() {
    let house = installation();
    let admin = admin(&house);
    let listed = admin.get("/api/v1/accounts").expect(200).to_string();
    assert!(listed.contains("karine@") && !listed.contains("amina@"));
    let (own, foreign) = (house.loaded.users["karine"], house.loaded.users["amina"]);
    admin.get(&format!("/api/v1/accounts/{own}")).expect(200);
    let nobody = "01890000-0000-7000-8000-000000000000";
    for verb in ["disabling", "password-reset", "invitation", "sessions/end"] {
        let body = json!({});
        let theirs = admin.post(&format!("/api/v1/accounts/{foreign}/{verb}"), &body);
        let nobodys = admin.post(&format!("/api/v1/accounts/{nobody}/{verb}"), &body);
        assert_eq!(theirs.status, nobodys.status, "{verb}");
        assert_eq!(theirs.status, 404, "{verb}");
    }
    admin.get(&format!("/api/v1/accounts/{foreign}")).problem(404, "not-found");
    let worker = house.sign_in("amina");
    set_up(&worker, PASSWORD);
    worker.get("/api/v1/accounts").problem(403, "not-permitted");
    worker
        .post("/api/v1/accounts", &json!({"name": "X", "email": "x@x.example"}))
        .problem(403, "not-permitted");
}

#[test]
fn disabling_an_account_ends_it_at_once_and_the_last_admin_cannot_be_lost() {
    let house = installation();
    let admin = admin(&house);
    let karine = house.sign_in("karine");
    set_up(&karine, PASSWORD);
    let path = format!("/api/v1/accounts/{}/disabling", house.loaded.users["karine"]);
    assert!(admin.send("POST", &path, None).status < 300);
    karine.get("/api/v1/me").problem(401, "unauthenticated");
    open(&house, &tests::harness::email_of("karine"), PASSWORD, None).problem(401, "unauthenticated");
    let own = format!("/api/v1/accounts/{}/disabling", house.loaded.users["admin"]);
    assert_eq!(admin.send("POST", &own, None).status / 100, 4);
    admin.get("/api/v1/me").expect(200);
}

#[test]
fn sessions_are_listed_and_ended_at_once() {
    let house = House::estrie();
    let (here, there) = (house.sign_in("amina"), house.sign_in("amina"));
    let sessions = here.get("/api/v1/me/sessions").expect(200);
    let items = sessions["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    let other =
        items.iter().find(|session| session["current"] == false).unwrap()["id"].as_str().unwrap().to_owned();
    assert!(here.send("DELETE", &format!("/api/v1/me/sessions/{other}"), None).status < 300);
    there.get("/api/v1/me").problem(401, "unauthenticated");
    here.get("/api/v1/me").expect(200);
    let marc = house.sign_in("marc");
    let foreign = marc.get("/api/v1/me/sessions").expect(200)["items"][0]["id"].as_str().unwrap().to_owned();
    here.send("DELETE", &format!("/api/v1/me/sessions/{foreign}"), None).problem(404, "not-found");
    marc.get("/api/v1/me").expect(200);
}

#[test]
fn a_program_has_an_account_that_its_agencys_admin_ends() {
    let house = installation();
    let admin = admin(&house);
    let made = admin.post("/api/v1/service-accounts", &json!({"name": "Registre"})).expect(201);
    let id = made["id"].as_str().unwrap();
    let listed = admin.get("/api/v1/accounts").expect(200);
    let found = listed["items"].as_array().unwrap().iter().find(|account| account["id"] == id).unwrap();
    assert_eq!(found["service"], true);
    assert!(admin.send("POST", &format!("/api/v1/accounts/{id}/disabling"), None).status < 300);
}

#[test]
fn whoever_guesses_learns_nothing_and_is_locked_out() {
    let house = House::build(Plan {
        settings: |config| {
            config.demo = false;
            config.public_url = "https://filet.example".into();
            config.second_factor = SecondFactor::Optional;
        },
        ..Plan::default()
    });
    let email = tests::harness::email_of("amina");
    let slowly = |email: &str, password: &str| {
        // Within what one address may try.
        std::thread::sleep(std::time::Duration::from_millis(300));
        open(&house, email, password, None)
    };
    let unknown = slowly("personne@nulle-part.example", "une phrase au hasard");
    let mut body = unknown.problem(401, "unauthenticated");
    for _ in 0..5 {
        let wrong = slowly(&email, "une phrase au hasard").problem(401, "unauthenticated");
        assert_eq!((&wrong["title"], &wrong["detail"]), (&body["title"], &body["detail"]));
    }
    let locked = slowly(&email, PASSWORD).problem(401, "unauthenticated");
    assert_eq!(locked["detail"], body["detail"].take(), "a locked account answers like a wrong password");
    slowly(&tests::harness::email_of("marc"), PASSWORD).expect(200);
    let log = house
        .database
        .ask("select string_agg(act || ':' || coalesce(object::text, '-'), ' ') from access_event");
    assert!(!log.contains('@'), "no address is written into the log");
}
