//! One's own account on the pages: the second factor, the password, sessions, notices, language, invitations.

use api::config::SecondFactor;
use authz::clock::real_now;
use data_encoding::BASE32_NOPAD;
use serde_json::json;
use tests::harness::{Browser, House, PASSWORD, Page, Plan, email_of};
use totp_rs::{Builder, Secret};

const CHOSEN: &str = "quatre mots sans rapport aucun";

fn installation() -> House {
    House::build(Plan { settings: |config| config.second_factor = SecondFactor::Required, ..Plan::default() })
}

/// The code an authenticator shows, so many steps of thirty seconds from now.
pub fn code(secret: &str, steps: i64) -> String {
    let secret: String = secret.chars().filter(|c| !c.is_whitespace()).collect();
    let secret: [u8; 20] = BASE32_NOPAD.decode(secret.as_bytes()).unwrap().try_into().unwrap();
    let totp = Builder::new().with_secret(Secret::from(secret)).build().unwrap();
    totp.generate(u64::try_from(real_now().timestamp() + 30 * steps).unwrap()).to_string()
}

/// What stands between two marks of a page.
pub fn between<'p>(page: &'p Page, before: &str, after: &str) -> &'p str {
    let (_, rest) = page.html.split_once(before).unwrap_or_else(|| panic!("no {before} on {}", page.path));
    rest.split(after).next().unwrap()
}

fn sign_in(browser: &Browser, email: &str, password: &str, code: &str) -> Page {
    let form = browser.get("/connexion").form("/connexion");
    browser.send(form.with("_email", email).with("_password", password).with("_code", code))
}

/// Sets up a second factor as the page asks; gives the secret and the page of the recovery codes.
pub fn set_up(browser: &Browser, password: &str) -> (String, Page) {
    let asked = browser.get("/compte/second-facteur").form("/compte/second-facteur");
    let shown = browser.send(asked.with("_password", password));
    let secret = between(&shown, "<code class=\"secret\">", "</code>").to_owned();
    let form = shown.form("/compte/second-facteur/confirmation");
    let kept = browser.send(form.with("_code", &code(&secret, 0)));
    assert_eq!(kept.status, 200, "{}", kept.words());
    (secret, kept)
}

#[test]
fn who_must_set_up_a_second_factor_is_led_to_it_and_nowhere_else() {
    let house = installation();
    let amina = Browser::stranger(&house);
    let email = email_of("amina");
    let first = sign_in(&amina, &email, PASSWORD, "");
    assert_eq!(first.path, "/compte");
    assert!(first.says("Votre organisme exige un deuxième facteur"), "{}", first.words());
    assert!(!first.html.contains("href=\"/dossiers\""), "she is shown nowhere else to go");
    for page in ["/accueil", "/messages", "/compte/avis"] {
        assert_eq!(amina.get(page).path, "/compte", "{page}");
    }
    let asked = amina.get("/compte/second-facteur").form("/compte/second-facteur");
    let refused = amina.send(asked.with("_password", "une autre phrase"));
    assert_eq!(refused.status, 422);
    assert!(refused.says("Le mot de passe ou le code ne correspond pas"), "{}", refused.words());
    assert!(!refused.html.contains("une autre phrase"), "a password is never written back");
    let (secret, kept) = set_up(&amina, PASSWORD);
    assert!(kept.says("Ces codes ne seront plus jamais affichés"), "{}", kept.words());
    assert_eq!(kept.html.matches("<li><code>").count(), 10);
    assert_eq!(amina.get("/accueil").path, "/accueil", "the same session now goes everywhere");

    let again = Browser::stranger(&house);
    let without = sign_in(&again, &email, PASSWORD, "");
    assert!(without.says("Ces renseignements ne permettent pas de vous connecter"), "{}", without.words());
    assert_eq!(sign_in(&again, &email, PASSWORD, &code(&secret, 1)).path, "/accueil");
}

#[test]
fn the_key_is_drawn_on_the_page_and_a_wrong_first_code_sets_up_nothing() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let asked = amina.get("/compte/second-facteur").form("/compte/second-facteur");
    let shown = amina.send(asked.with("_password", PASSWORD));
    assert!(shown.html.contains("<svg class=\"qr\" role=\"img\""));
    assert!(shown.html.contains("otpauth://totp/Filet:amina%40"));
    let wrong = amina.send(shown.form("/compte/second-facteur/confirmation").with("_code", "000000"));
    assert_eq!(wrong.status, 422);
    assert!(!wrong.html.contains("<svg"), "the key is shown once");
    assert!(amina.get("/compte").says("Pas encore établi"));
}

#[test]
fn recovery_codes_are_renewed_with_both_factors_and_the_old_ones_serve_no_more() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let (secret, first) = set_up(&amina, PASSWORD);
    let old = between(&first, "<li><code>", "</code>").to_owned();
    let form = amina.get("/compte/codes-de-secours").form("/compte/codes-de-secours");
    let without = amina.send(form.clone().with("_password", PASSWORD));
    assert_eq!(without.status, 422);
    let renewed = amina.send(form.with("_password", PASSWORD).with("_totp", &code(&secret, 1)));
    let new = between(&renewed, "<li><code>", "</code>").to_owned();
    let other = Browser::stranger(&house);
    let refused = sign_in(&other, &email_of("amina"), PASSWORD, &old);
    assert!(refused.says("Ces renseignements ne permettent pas"));
    assert_ne!(sign_in(&other, &email_of("amina"), PASSWORD, &new).path, "/connexion");
}

#[test]
fn a_password_is_changed_with_the_old_one_and_every_other_session_ends() {
    let house = House::estrie();
    let (here, elsewhere) = (Browser::signed_in(&house, "amina"), Browser::signed_in(&house, "amina"));
    let form = here.get("/compte/mot-de-passe").form("/compte/mot-de-passe");
    let fill = |current: &str, new: &str, again: &str| {
        form.clone().with("_current", current).with("_new", new).with("_again", again)
    };
    let wrong = here.send(fill("une autre phrase", CHOSEN, CHOSEN));
    assert!(wrong.says("Le mot de passe ou le code ne correspond pas"), "{}", wrong.words());
    assert!(
        here.send(fill(PASSWORD, CHOSEN, "autre chose")).says("Les deux mots de passe ne sont pas les mêmes")
    );
    assert!(here.send(fill(PASSWORD, "court", "court")).says("trop court"));
    let changed = here.send(fill(PASSWORD, CHOSEN, CHOSEN));
    assert!(changed.says("Votre mot de passe est changé"), "{}", changed.words());
    assert!(elsewhere.get("/messages").path.starts_with("/connexion"), "a page asks for a sign-in");
    assert_ne!(sign_in(&elsewhere, &email_of("amina"), CHOSEN, "").path, "/connexion");
}

#[test]
fn sessions_are_listed_and_ended_one_by_one_or_all_at_once() {
    let house = House::estrie();
    let (here, elsewhere) = (Browser::signed_in(&house, "amina"), Browser::signed_in(&house, "amina"));
    let list = here.get("/compte/sessions");
    assert!(list.says("Ici"), "{}", list.words());
    let action = between(&list, "action=\"/compte/sessions/0", "\"").to_owned();
    let ended = here.send(list.form(&format!("/compte/sessions/0{action}")));
    assert!(ended.says("La session est fermée"), "{}", ended.words());
    assert!(elsewhere.get("/messages").path.starts_with("/connexion"));
    let out = here.send(here.get("/compte/sessions").form("/compte/sessions/fin"));
    assert!(out.says("Toutes vos sessions sont fermées"), "{}", out.words());
    assert!(here.get("/messages").path.starts_with("/connexion"));
}

#[test]
fn notices_are_set_with_their_quiet_hours_and_without() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let api = house.sign_in("amina");
    let form = amina.get("/compte/avis").form("/compte/avis");
    let wished = form.with("channels/mail", "digest").with("quiet_hours/from", "21:00");
    let half = amina.send(wished.clone());
    assert_eq!(half.status, 422, "an end is missing: {}", half.words());
    let saved = amina.send(wished.with("quiet_hours/to", "07:30"));
    assert!(saved.says("Vos préférences sont enregistrées"), "{}", saved.words());
    let said = api.get("/api/v1/me/notifications").expect(200);
    assert_eq!(said["channels"]["mail"], "digest");
    assert_eq!(said["quiet_hours"], json!({"from": "21:00", "to": "07:30"}));
    let form = amina.get("/compte/avis").form("/compte/avis");
    amina.send(form.with("quiet_hours/from", "").with("quiet_hours/to", ""));
    assert_eq!(api.get("/api/v1/me/notifications").expect(200)["quiet_hours"], json!(null));
}

#[test]
fn the_language_one_chooses_is_that_of_the_pages_after_signing_in_and_of_mails() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let form = amina.get("/compte").form("/compte/langue");
    assert!(amina.send(form.with("language", "en")).says("Your language is saved."));
    let elsewhere = Browser::signed_in(&house, "amina");
    assert!(elsewhere.get("/compte").says("What protects your account"));
    let api = house.sign_in("amina");
    assert_eq!(api.get("/api/v1/me").expect(200)["language"], "en");
    let put = |language: &str| {
        let body = json!({"language": language}).to_string();
        api.send("PUT", "/api/v1/me/language", Some(("application/json", &body)))
    };
    put("de").problem(422, "invalid");
    assert_eq!(put("fr").status, 204);
    assert_eq!(api.get("/api/v1/me").expect(200)["language"], "fr");
    let tongue = house
        .database
        .ask("select count(*) from account where locale = 'fr' and locale_chosen_at is not null");
    assert_eq!(tongue, "1");
}

#[test]
fn an_invitation_leads_to_a_password_then_to_the_second_factor_and_serves_once() {
    let house = installation();
    let admin = Browser::stranger(&house);
    sign_in(&admin, &email_of("admin"), PASSWORD, "");
    let (secret, _) = set_up(&admin, PASSWORD);
    let signed = house.stranger().post(
        "/api/v1/session",
        &json!({"email": email_of("admin"), "password": PASSWORD, "totp": code(&secret, 1)}),
    );
    let api = house.stranger().with_token(signed.expect(200)["access_token"].as_str().unwrap());
    let email = "camille.roy@coordination-demo.example";
    let invited = api.post("/api/v1/accounts", &json!({"name": "Camille Roy", "email": email})).expect(201);
    let token = invited["invitation"]["token"].as_str().unwrap();

    let camille = Browser::stranger(&house);
    let link = camille.get(&format!("/invitation?jeton={token}"));
    let nobody = camille.get("/invitation?jeton=fli_nimporte");
    assert_eq!(link.words(), nobody.words(), "a link says nothing of whether it serves");
    let form = link.form("/invitation");
    let short = camille.send(form.clone().with("_new", "court").with("_again", "court"));
    assert!(short.says("trop court"), "{}", short.words());
    let chosen = form.with("_new", CHOSEN).with("_again", CHOSEN);
    let opened = camille.send(chosen.clone());
    assert_eq!(opened.path, "/compte?fait=enrolled");
    assert!(opened.says("Votre organisme exige un deuxième facteur"));
    set_up(&camille, CHOSEN);
    assert_eq!(camille.get("/accueil").path, "/accueil");
    let spent = Browser::stranger(&house).send(chosen);
    let never = nobody.form("/invitation").with("_new", CHOSEN).with("_again", CHOSEN);
    let unknown = Browser::stranger(&house).send(never);
    assert_eq!((spent.status, unknown.status), (422, 422));
    assert_eq!(spent.words(), unknown.words());
}

#[test]
fn a_reset_sets_another_password_and_asks_to_sign_in() {
    let house = House::estrie();
    let admin = house.sign_in("admin");
    let karine = admin.get("/api/v1/accounts").expect(200)["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|account| account["email"] == email_of("karine"))
        .unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let offered = admin.post(&format!("/api/v1/accounts/{karine}/password-reset"), &json!({})).expect(201);
    let browser = Browser::stranger(&house);
    let link = browser.get(&format!("/nouveau-mot-de-passe?jeton={}", offered["token"].as_str().unwrap()));
    let form = link.form("/nouveau-mot-de-passe").with("_new", CHOSEN).with("_again", CHOSEN);
    let done = browser.send(form);
    assert!(done.says("Votre nouveau mot de passe est enregistré"), "{}", done.words());
    assert_ne!(sign_in(&browser, &email_of("karine"), CHOSEN, "").path, "/connexion");
}

#[test]
fn a_password_that_was_handed_over_is_changed_before_anything_else() {
    let house = House::estrie();
    let email = email_of("amina");
    house.database.run(&format!("update account set password_must_change = true where email = '{email}'"));
    let amina = Browser::stranger(&house);
    let first = sign_in(&amina, &email, PASSWORD, "");
    assert_eq!(first.path, "/compte");
    assert!(first.says("Choisissez le vôtre"), "{}", first.words());
    assert_eq!(amina.get("/dossiers").path, "/finalite?suite=%2Fdossiers");
    assert_eq!(amina.get("/messages").path, "/compte", "nothing opens yet");
    let form = amina.get("/compte/mot-de-passe").form("/compte/mot-de-passe");
    amina.send(form.with("_current", PASSWORD).with("_new", CHOSEN).with("_again", CHOSEN));
    assert_eq!(amina.get("/messages").path, "/messages");
}

#[test]
fn a_form_with_a_password_in_it_is_never_kept_as_a_draft() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    for path in ["/compte/mot-de-passe", "/compte/second-facteur"] {
        let page = amina.get(path);
        assert!(page.html.contains("type=\"password\""), "{path}");
        assert!(!page.html.contains("data-draft"), "{path}");
    }
    assert!(amina.get("/dossiers/ouvrir").html.contains("data-draft"));
}
