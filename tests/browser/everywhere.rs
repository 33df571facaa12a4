//! What holds on every page there is: nobody is kept out of it, it fits a telephone, and the browser has nothing to
//! complain of.

use tests::{
    chromium::{Chromium, DESK, Looks},
    harness::{House, Plan, demonstration},
    tour::{NOBODY, Stop, Walk, walks},
};

fn look_at_all(looks: Looks) {
    let house = House::build(Plan { scenario: demonstration(), ..Plan::default() });
    let mut wrong = Vec::new();
    for Walk { persona, stops } in walks(&house) {
        let browser = Chromium::open(house.address, looks);
        let browser = if persona == NOBODY { browser } else { browser.signed_in(persona) };
        let key = persona;
        for Stop { path, .. } in stops {
            browser.go(&path);
            let found = browser.barriers();
            if !found.is_empty() {
                wrong.push(format!("{key} {path}: {found:?}"));
            }
            if !browser.fits() {
                wrong.push(format!("{key} {path}: wider than {}", looks.width));
            }
            if browser.says("localization key") {
                wrong.push(format!("{key} {path}: a sentence is missing"));
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
