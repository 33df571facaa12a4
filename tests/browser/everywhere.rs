//! What holds on every page there is: nobody is kept out of it, it fits a telephone, and the browser has nothing to
//! complain of.

use tests::{
    chromium::{Chromium, DESK, Looks},
    harness::{House, Plan, demonstration},
};

/// Every page, and who looks at it.
fn pages(house: &House) -> Vec<(&'static str, Vec<String>)> {
    let file = house.loaded.files["EST-2026-0007"].id;
    let of_file = |page: &str| format!("/dossiers/{file}{page}");
    vec![
        ("-", vec!["/".into(), "/connexion".into(), "/problems".into(), "/nulle-part".into()]),
        (
            "amina",
            vec![
                "/accueil".into(),
                "/dossiers".into(),
                "/dossiers/ouvrir".into(),
                of_file(""),
                "/messages".into(),
                "/finalite".into(),
                "/compte".into(),
            ],
        ),
    ]
}

fn look_at_all(looks: Looks) {
    let house = House::build(Plan { scenario: demonstration(), ..Plan::default() });
    let mut wrong = Vec::new();
    for (key, paths) in pages(&house) {
        let browser = Chromium::open(house.address, looks);
        let browser = if key == "-" { browser } else { browser.signed_in(key) };
        for path in paths {
            browser.go(&path);
            let found = browser.barriers();
            if !found.is_empty() {
                wrong.push(format!("{key} {path}: {found:?}"));
            }
            if !browser.fits() {
                wrong.push(format!("{key} {path}: wider than {}", looks.width));
            }
            let complaints = browser.complaints();
            let own = |line: &&String| !line.contains("the server responded with a status of 404");
            if let Some(line) = complaints.iter().find(own) {
                wrong.push(format!("{key} {path}: {line}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_page_keeps_anybody_out_on_a_desk_in_french() {
    look_at_all(DESK);
}

#[test]
fn no_page_keeps_anybody_out_on_a_telephone_in_english_at_night() {
    look_at_all(Looks { width: 320, dark: true, lang: "en", ..DESK });
}
