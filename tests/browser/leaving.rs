//! What a browser still shows after its reader has left.

use tests::{
    chromium::{Chromium, DESK},
    harness::House,
};

#[test]
fn going_back_after_signing_out_shows_nothing() {
    let house = House::estrie();
    let amina = Chromium::open(house.address, DESK).signed_in("amina");
    amina.go(&format!("/dossiers/{}", house.file().id));
    assert!(amina.says("819-555-0142"), "{}", amina.words());
    amina.press("form[action='/deconnexion'] button");
    amina.wait_for("a[href='/connexion']");
    for _ in 0..4 {
        amina.back();
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert!(!amina.source().contains("819-555-0142"), "at {}", amina.path());
    }
}

#[test]
fn a_page_left_alone_is_locked_with_what_was_being_written() {
    let house = House::estrie();
    let amina = Chromium::open(house.address, DESK).signed_in("amina");
    amina.go("/dossiers/ouvrir");
    amina.press("form[action='/verrou/fermer'] button");
    amina.wait_for("[name=_password]");
    assert!(amina.says("Session verrouillée"));
    amina.write("[name=_password]", tests::harness::PASSWORD);
    amina.press("main form button");
    amina.wait_for(".top__who");
    assert_eq!(amina.path(), "/dossiers/ouvrir");
}
