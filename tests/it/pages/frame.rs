//! What holds for every page: who gets in, what a form must carry, what a lock keeps.

use tests::harness::{Browser, House};

#[test]
fn amina_signs_in_declares_why_she_reads_and_opens_a_file_without_any_script() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let files = amina.get("/dossiers");
    assert!(files.says("EST-2026-0007"), "{}", files.words());
    let form = amina.get("/dossiers/ouvrir").form("/dossiers/ouvrir");
    let opened = amina.send(form);
    assert_eq!(opened.status, 200);
    assert!(opened.path.starts_with("/dossiers/"), "{}", opened.path);
    assert!(opened.says("Le dossier est ouvert."), "{}", opened.words());
}

#[test]
fn nobody_sees_a_page_before_signing_in_and_is_led_back_to_it_after() {
    let house = House::estrie();
    let stranger = Browser::stranger(&house);
    let asked = stranger.get(&format!("/dossiers/{}", house.file().id));
    assert!(asked.path.starts_with("/connexion?suite="), "{}", asked.path);
    let form = asked.form("/connexion").with("_email", "amina@hebergement-demo.example");
    let wrong = stranger.send(form.clone().with("_password", "une phrase au hasard"));
    assert!(wrong.says("Ces renseignements ne permettent pas de vous connecter."));
    let unknown = stranger.send(form.with("_email", "personne@nulle-part.example").with("_password", "x"));
    assert!(unknown.says("Ces renseignements ne permettent pas de vous connecter."));
    let right = stranger.send(
        asked
            .form("/connexion")
            .with("_email", "amina@hebergement-demo.example")
            .with("_password", tests::harness::PASSWORD),
    );
    assert!(right.path.starts_with("/finalite"), "{}", right.path);
}

#[test]
fn a_form_that_does_not_come_from_our_pages_does_nothing() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let form = amina.get("/dossiers/ouvrir").form("/dossiers/ouvrir");
    assert_eq!(amina.answer(&form.clone().with("_csrf", "ailleurs")).status, 403);
    assert_eq!(amina.answer(&form).status, 303);
}

#[test]
fn a_form_sent_twice_is_carried_out_once() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let form = amina.get("/dossiers/ouvrir").form("/dossiers/ouvrir");
    let once = amina.answer(&form).header("location").map(str::to_owned);
    let twice = amina.answer(&form).header("location").map(str::to_owned);
    assert!(once.is_some());
    assert_eq!(once, twice);
}

#[test]
fn a_locked_session_shows_nothing_keeps_what_was_written_and_opens_to_its_holder() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let begun = amina.get("/dossiers/ouvrir").form("/dossiers/ouvrir");
    let lock = amina.get("/accueil").form("/verrou/fermer");
    let locked = amina.send(lock);
    assert!(locked.says("Session verrouillée"), "{}", locked.words());
    assert!(amina.get("/dossiers").path.starts_with("/verrou?suite="));
    let kept = amina.send(begun);
    assert!(kept.path.starts_with("/verrou?suite=%2Fdossiers%2Fouvrir"), "{}", kept.path);
    let refused = amina.send(kept.form("/verrou").with("_password", "une autre phrase"));
    assert!(refused.says("Ces renseignements ne permettent pas"));
    let open = amina.send(kept.form("/verrou").with("_password", tests::harness::PASSWORD));
    assert_eq!(open.path, "/dossiers/ouvrir");
    assert!(open.says("Voici ce que vous aviez commencé à écrire."), "{}", open.words());
}

#[test]
fn after_signing_out_the_browser_holds_nothing_that_opens_a_page() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let out = amina.get("/accueil").form("/deconnexion");
    assert_eq!(amina.send(out).path, "/");
    assert!(amina.get("/dossiers").path.starts_with("/connexion"));
}

#[test]
fn what_does_not_exist_and_what_may_not_be_known_are_one_page() {
    let house = House::estrie();
    let eric = Browser::signed_in(&house, "eric");
    let hidden = eric.get(&format!("/dossiers/{}", house.file().id));
    let never = eric.get("/dossiers/0199aaaa-0000-7000-8000-000000000000");
    assert_eq!((hidden.status, never.status), (404, 404));
    assert_eq!(hidden.words(), never.words());
}
