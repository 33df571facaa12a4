//! A passkey in a real browser, with a device that recognises its holder.

use data_encoding::BASE32_NOPAD;
use serde_json::json;
use tests::{
    chromium::{Chromium, DESK},
    hand::{Hand, Person},
    harness::{House, PASSWORD, Plan, email_of},
};
use totp_rs::{Builder, Secret};

/// A passkey belongs to the name of a site, so the house must know its own before it opens.
fn house() -> House {
    House::build(Plan {
        settings: |config| {
            let free = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
            config.listen = free.local_addr().unwrap();
            config.public_url = format!("http://localhost:{}", config.listen.port());
        },
        ..Plan::default()
    })
}

fn code(secret: &str, steps: i64) -> String {
    let secret: [u8; 20] = BASE32_NOPAD.decode(secret.as_bytes()).unwrap().try_into().unwrap();
    let totp = Builder::new().with_secret(Secret::from(secret)).build().unwrap();
    let at = authz::clock::real_now().timestamp() + 30 * steps;
    totp.generate(u64::try_from(at).unwrap()).to_string()
}

#[test]
fn a_passkey_made_on_this_device_opens_filet_by_itself_and_no_more_once_taken_away() {
    let house = house();
    let site = format!("http://localhost:{}", house.address.port());
    let amina = Person::at(Chromium::open_at(site, DESK).signed_in("amina"), Hand::Keyboard);
    amina.browser.tell("WebAuthn.enable", json!({}));
    let device = json!({"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
        "hasUserVerification": true, "isUserVerified": true, "automaticPresenceSimulation": true}});
    amina.browser.tell("WebAuthn.addVirtualAuthenticator", device);

    amina.press("Mon compte");
    amina.press("Établir le deuxième facteur");
    amina.write("Votre mot de passe", PASSWORD);
    amina.press("Continuer");
    let secret =
        amina.browser.ask("return document.querySelector('.secret').textContent.replace(/\\s/g, '')");
    let secret = secret.as_str().unwrap();
    amina.write("Premier code", &code(secret, 0));
    amina.press("Confirmer");
    amina.sees("Codes de secours");
    let spare = amina.browser.ask("return document.querySelector('.codes code').textContent");
    amina.press("Ils sont en lieu sûr");

    amina.press("Mon compte");
    amina.press("Voir les clés d’accès");
    amina.write("Comment l’appeler", "Portable du bureau");
    amina.write("Votre mot de passe", PASSWORD);
    amina.write("Code de vérification", &code(secret, 1));
    amina.press("Continuer");
    amina.press("Créer la clé sur cet appareil");
    amina.sees("La clé d’accès est ajoutée.");
    amina.press("Se déconnecter");

    amina.press("Se connecter");
    amina.press("Se connecter avec une clé d’accès");
    amina.sees("Amina Haddad");
    let complaints = amina.browser.complaints();
    assert!(complaints.is_empty(), "{complaints:?}");

    amina.press("Mon compte");
    amina.press("Voir les clés d’accès");
    amina.press("Retirer Portable du bureau");
    amina.write("Votre mot de passe", PASSWORD);
    amina.write("Code de vérification", spare.as_str().unwrap());
    amina.press("Retirer");
    amina.sees("La clé d’accès est retirée.");
    amina.press("Se déconnecter");
    amina.press("Se connecter");
    amina.press("Se connecter avec une clé d’accès");
    amina.sees("Cette clé d’accès ne permet pas de vous connecter.");
    assert!(!amina.browser.says(&email_of("amina")));
}
