//! Passkeys, with a device made of software: added with both factors, signing in alone or beside the password,
//! taken away; and what a wrong answer gets.

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use serde_json::{Value, json};
use tests::harness::{Answer, Browser, House, PASSWORD, Page, Persona, Plan, email_of};
use totp_rs::{Builder, Secret};
use webauthn_authenticator_rs::{WebauthnAuthenticator, softpasskey::SoftPasskey};

const SITE: &str = "https://filet.example";

fn house() -> House {
    House::build(Plan { settings: |config| config.public_url = SITE.into(), ..Plan::default() })
}

fn code(secret: &str, steps: i64) -> String {
    let secret: [u8; 20] = BASE32_NOPAD.decode(secret.as_bytes()).unwrap().try_into().unwrap();
    let totp = Builder::new().with_secret(Secret::from(secret)).build().unwrap();
    let at = authz::clock::real_now().timestamp() + 30 * steps;
    totp.generate(u64::try_from(at).unwrap()).to_string()
}

/// A person with a device that keeps a key.
struct Keyed {
    persona: Persona,
    device: SoftPasskey,
    user: String,
    credential: Vec<u8>,
}

/// Makes a key as a browser would; a device of software keeps none by itself, so that is not asked of it.
fn make(device: &mut SoftPasskey, options: &Value) -> Value {
    let mut options = options.clone();
    assert_eq!(options["publicKey"]["authenticatorSelection"]["requireResidentKey"], true);
    assert_eq!(options["publicKey"]["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(options["publicKey"]["authenticatorSelection"]["userVerification"], "required");
    options["publicKey"]["authenticatorSelection"]["requireResidentKey"] = false.into();
    let made = device.do_registration(SITE.parse().unwrap(), serde_json::from_value(options).unwrap());
    serde_json::to_value(made.unwrap()).unwrap()
}

/// Sets up a second factor, then a passkey.
fn keyed(house: &House, key: &str) -> Keyed {
    let persona = house.sign_in(key);
    let asked = json!({"name": "Portable", "password": PASSWORD});
    persona.post("/api/v1/me/passkey-challenge", &asked).problem(409, "conflict");
    let proposed = persona.post("/api/v1/me/second-factor", &json!({"password": PASSWORD})).expect(200);
    let secret = proposed["secret"].as_str().unwrap();
    let first = json!({"code": code(secret, 0)});
    persona.post("/api/v1/me/second-factor/confirmation", &first).expect(200);
    persona.post("/api/v1/me/passkey-challenge", &asked).problem(422, "invalid");
    let asked = json!({"name": "Portable", "password": PASSWORD, "totp": code(secret, 1)});
    let challenge = persona.post("/api/v1/me/passkey-challenge", &asked).expect(200);
    let mut device = SoftPasskey::new(true);
    let made = make(&mut device, &challenge["options"]);
    let answer = json!({"ceremony": challenge["ceremony"], "credential": made});
    persona.post("/api/v1/me/passkeys", &answer).expect(201);
    persona.post("/api/v1/me/passkeys", &answer).problem(422, "invalid");
    let user = challenge["options"]["publicKey"]["user"]["id"].as_str().unwrap().to_owned();
    let credential = BASE64URL_NOPAD.decode(made["rawId"].as_str().unwrap().as_bytes()).unwrap();
    Keyed { persona, device, user, credential }
}

impl Keyed {
    /// What the device answers to a new challenge.
    fn answer(&mut self, house: &House) -> Value {
        let challenge = house.stranger().post("/api/v1/session/passkey-challenge", &json!({})).expect(200);
        let mut options = challenge["options"].clone();
        assert_eq!(options["publicKey"]["userVerification"], "required");
        assert_eq!(options["publicKey"]["allowCredentials"], json!([]), "nobody is named");
        let id = BASE64URL_NOPAD.encode(&self.credential);
        options["publicKey"]["allowCredentials"] = json!([{"type": "public-key", "id": id}]);
        let asked = serde_json::from_value(options).unwrap();
        let given = self.device.do_authentication(SITE.parse().unwrap(), asked).unwrap();
        let mut credential = serde_json::to_value(given).unwrap();
        credential["response"]["userHandle"] = self.user.clone().into();
        json!({"ceremony": challenge["ceremony"], "credential": credential})
    }
}

fn alone(house: &House, answer: &Value) -> Answer {
    house.stranger().post("/api/v1/session/passkey", answer)
}

#[test]
fn a_passkey_signs_in_alone_once_for_each_challenge() {
    let house = house();
    let mut amina = keyed(&house, "amina");
    let answer = amina.answer(&house);
    let session = alone(&house, &answer).expect(200);
    assert_eq!(session["user"]["email"], email_of("amina"));
    let token = session["access_token"].as_str().unwrap();
    house.stranger().with_token(token).get("/api/v1/agencies").expect(200);
    alone(&house, &answer).problem(401, "unauthenticated");
    let items = amina.persona.get("/api/v1/me/passkeys").expect(200)["items"].clone();
    assert_eq!(items[0]["name"], "Portable");
    assert_ne!(items[0]["last_used_at"], Value::Null);
}

#[test]
fn a_passkey_stands_in_for_the_code_beside_the_password_of_its_own_holder_only() {
    let house = house();
    let mut amina = keyed(&house, "amina");
    let sign_in = |email: &str, password: &str, answer: &Value| {
        let body = json!({"email": email, "password": password, "passkey": answer});
        house.stranger().post("/api/v1/session", &body)
    };
    let email = email_of("amina");
    house
        .stranger()
        .post("/api/v1/session", &json!({"email": email, "password": PASSWORD}))
        .problem(401, "unauthenticated");
    let answer = amina.answer(&house);
    sign_in(&email, "une autre phrase", &answer).problem(401, "unauthenticated");
    let answer = amina.answer(&house);
    sign_in(&email_of("louise"), PASSWORD, &answer).problem(401, "unauthenticated");
    let answer = amina.answer(&house);
    sign_in(&email, PASSWORD, &answer).expect(200);
}

#[test]
fn an_answer_that_was_changed_is_of_another_person_or_of_nobody_is_refused_in_the_same_words() {
    let house = house();
    let (mut amina, mut louise) = (keyed(&house, "amina"), keyed(&house, "louise"));
    let mut wrong = amina.answer(&house);
    let signature = wrong["credential"]["response"]["signature"].as_str().unwrap().to_owned();
    wrong["credential"]["response"]["signature"] = format!("A{}", &signature[1..]).into();
    let mut anothers = amina.answer(&house);
    anothers["credential"]["response"]["userHandle"] = louise.user.clone().into();
    let mut nobodys = louise.answer(&house);
    nobodys["credential"]["response"]["userHandle"] = BASE64URL_NOPAD.encode(&[7; 16]).into();
    let mut unasked = louise.answer(&house);
    unasked["ceremony"] = "0199aaaa-0000-7000-8000-000000000000".into();
    let unread = json!({"ceremony": unasked["ceremony"], "credential": {"id": "x"}});
    for answer in [wrong, anothers, nobodys, unasked, unread] {
        alone(&house, &answer).problem(401, "unauthenticated");
    }
}

#[test]
fn a_passkey_that_was_taken_away_or_whose_account_is_disabled_opens_nothing() {
    let house = house();
    let (mut amina, mut karine) = (keyed(&house, "amina"), keyed(&house, "karine"));
    let id = amina.persona.get("/api/v1/me/passkeys").expect(200)["items"][0]["id"].clone();
    let path = format!("/api/v1/me/passkeys/{}/removal", id.as_str().unwrap());
    amina.persona.post(&path, &json!({"password": PASSWORD})).problem(422, "invalid");
    karine.persona.post(&path, &json!({"password": PASSWORD})).problem(422, "invalid");
    let email = email_of("amina");
    house.database.run(&format!(
        "delete from passkey using account where account_id = account.id and email = '{email}'"
    ));
    let answer = amina.answer(&house);
    alone(&house, &answer).problem(401, "unauthenticated");

    let accounts = house.sign_in("admin").get("/api/v1/accounts").expect(200);
    let karines = accounts["items"].as_array().unwrap().iter().find(|one| one["email"] == email_of("karine"));
    let id = karines.unwrap()["id"].as_str().unwrap();
    let disabling = format!("/api/v1/accounts/{id}/disabling");
    let answer = karine.answer(&house);
    house.sign_in("admin").post(&disabling, &json!({})).expect(200);
    alone(&house, &answer).problem(401, "unauthenticated");
}

#[test]
fn at_an_address_without_a_name_there_are_no_passkeys_and_the_page_says_so() {
    let house = House::estrie();
    house.stranger().post("/api/v1/session/passkey-challenge", &json!({})).problem(409, "conflict");
    let amina = Browser::signed_in(&house, "amina");
    assert!(amina.get("/compte/cles").says("à cette adresse, ce n’est pas possible"));
    assert!(!Browser::stranger(&house).get("/connexion").html.contains("data-passkey-use"));
}

#[test]
fn the_pages_add_a_passkey_sign_in_with_it_and_take_it_away() {
    let house = house();
    let amina = Browser::signed_in(&house, "amina");
    assert!(amina.get("/compte/cles").says("s’ajoute à un deuxième facteur"));
    let (secret, _) = crate::pages::account::set_up(&amina, PASSWORD);
    let secret: String = secret.chars().filter(|c| !c.is_whitespace()).collect();
    let form = amina.get("/compte/cles").form("/compte/cles");
    let form = form.with("_name", "Téléphone").with("_password", PASSWORD).with("_totp", &code(&secret, 1));
    let page = amina.send(form);
    let made = page.form("/compte/cles/ajout");
    let options = crate::pages::account::between(&page, "data-passkey-make=\"", "\"");
    let options: Value =
        serde_json::from_str(&options.replace("&#34;", "\"").replace("&quot;", "\"")).unwrap();
    let mut device = SoftPasskey::new(true);
    let credential = make(&mut device, &options);
    let added = amina.send(made.with("_credential", &credential.to_string()));
    assert!(added.says("La clé d’accès est ajoutée"), "{}", added.words());
    let mut keyed = Keyed {
        persona: house.stranger(),
        device,
        user: options["publicKey"]["user"]["id"].as_str().unwrap().to_owned(),
        credential: BASE64URL_NOPAD.decode(credential["rawId"].as_str().unwrap().as_bytes()).unwrap(),
    };
    let elsewhere = Browser::stranger(&house);
    let form = elsewhere.get("/connexion").form("/connexion/cle");
    let send = |answer: &Value| {
        let ceremony = answer["ceremony"].as_str().unwrap();
        let form = form.clone().with("_ceremony", ceremony);
        elsewhere.send(form.with("_credential", &answer["credential"].to_string()))
    };
    let mut wrong = keyed.answer(&house);
    wrong["credential"]["response"]["userHandle"] = BASE64URL_NOPAD.encode(&[7; 16]).into();
    assert!(send(&wrong).says("Cette clé d’accès ne permet pas de vous connecter"));
    assert_eq!(send(&keyed.answer(&house)).path, "/accueil");
    let list = amina.get("/compte/cles");
    let id = crate::pages::account::between(&list, "href=\"/compte/cles/", "/retrait\"");
    let form = amina.get(&format!("/compte/cles/{id}/retrait")).form(&format!("/compte/cles/{id}/retrait"));
    let gone = amina.send(form.with("_password", PASSWORD).with("_totp", &code(&secret, -1)));
    assert_eq!(gone.status, 422, "a code before the last one serves no more");
}

#[test]
fn on_the_page_a_passkey_stands_in_for_the_code_beside_the_password() {
    let house = house();
    let mut amina = keyed(&house, "amina");
    let browser = Browser::stranger(&house);
    let page = browser.get("/connexion");
    assert!(page.html.contains("data-passkey-beside=\"/connexion\""), "{}", page.html);
    let form = page.form("/connexion").with("_email", &email_of("amina"));
    let send = |password: &str, answer: &Value| {
        let form = form.clone().with("_password", password);
        let form = form.with("_ceremony", answer["ceremony"].as_str().unwrap());
        browser.send(form.with("_credential", &answer["credential"].to_string()))
    };
    // Neither of the two is enough, and the words do not say which was wrong.
    let alone = browser.send(form.clone().with("_password", PASSWORD));
    let wrong = send("une autre phrase", &amina.answer(&house));
    assert!(alone.says("Ces renseignements ne permettent pas de vous connecter"), "{}", alone.words());
    assert_eq!(alone.words(), wrong.words());
    assert_eq!(wrong.form("/connexion").get("_email"), Some(email_of("amina").as_str()));
    assert_eq!(wrong.form("/connexion").get("_credential"), Some(""), "an answer is never written back");
    let unread = browser.send(form.clone().with("_password", PASSWORD).with("_credential", "{"));
    assert!(unread.says("Cette clé d’accès ne permet pas de vous connecter"), "{}", unread.words());
    assert_eq!(send(PASSWORD, &amina.answer(&house)).path, "/accueil");
}

#[test]
fn a_locked_session_opens_to_a_passkey_of_its_holder_and_to_nobody_elses() {
    let house = house();
    let (mut amina, mut louise) = (keyed(&house, "amina"), keyed(&house, "louise"));
    let browser = Browser::stranger(&house);
    let send = |page: &Page, path: &str, answer: &Value| {
        let form = page.form(path).with("_ceremony", answer["ceremony"].as_str().unwrap());
        browser.send(form.with("_credential", &answer["credential"].to_string()))
    };
    send(&browser.get("/connexion"), "/connexion/cle", &amina.answer(&house));
    let locked = browser.send(browser.get("/accueil").form("/verrou/fermer"));
    let refused = send(&locked, "/verrou/cle", &louise.answer(&house));
    assert_eq!(refused.status, 422);
    assert!(refused.says("Cette clé d’accès ne permet pas de déverrouiller"), "{}", refused.words());
    assert!(browser.get("/accueil").path.starts_with("/verrou"));
    assert_eq!(send(&locked, "/verrou/cle", &amina.answer(&house)).path, "/accueil");
    assert_eq!(browser.get("/accueil").path, "/accueil");
}
