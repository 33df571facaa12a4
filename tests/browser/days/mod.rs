//! Each persona's day, on pages alone, named after the sentences that say what it is made of. Each part is lived
//! twice: with a mouse, and with nothing but a keyboard.

mod audit;
mod coordinator;
mod respondent;
mod worker;

use serde_json::{Value, json};
use tests::{
    chromium::{Chromium, DESK},
    hand::{Hand, Person},
    harness::{House, Persona},
};

/// Somebody signs in at a desk, in French.
fn sits_down(house: &House, key: &str, hand: Hand) -> Person {
    Person::at(Chromium::open(house.address, DESK).signed_in(key), hand)
}

/// Lives a part of a day with each hand.
macro_rules! lived {
    ($($name:ident: $part:path;)*) => {$(
        mod $name {
            #[test]
            fn with_a_mouse() {
                $part(tests::hand::Hand::Mouse);
            }

            #[test]
            fn with_a_keyboard_alone() {
                $part(tests::hand::Hand::Keyboard);
            }
        }
    )*};
}
use lived;

fn who(house: &House, key: &str) -> Persona {
    house.sign_in(key).for_purpose("safety_planning")
}

/// A situation before the cell, as far as others have brought it.
struct Situation {
    path: String,
    reference: String,
}

/// Amina has signalled a situation and appraised it.
fn appraised(house: &House) -> Situation {
    let amina = who(house, "amina");
    let begun = json!({"cell": house.loaded.cells["estrie"], "own_reference": "chambre bleue"});
    let path = amina.post("/api/v1/mobilisations", &begun).expect(201)["href"].as_str().unwrap().to_owned();
    let codes =
        json!({"age_band": "30_44", "region": "05", "factors": ["death_threats"], "level": "imminent"});
    amina.post(&format!("{path}/appraisal"), &codes).expect(200);
    let seen = amina.get(&path).expect(200);
    Situation { path, reference: seen["reference"].as_str().unwrap().to_owned() }
}

impl Situation {
    /// Louise has brought it to the cell, without identity.
    fn consulted(self, house: &House) -> Self {
        who(house, "louise").post(&format!("{}/consultation", self.path), &json!({})).expect(200);
        self
    }

    /// Karine has called the committee.
    fn in_analysis(self, house: &House) -> Self {
        who(house, "karine").post(&format!("{}/analysis", self.path), &json!({})).expect(200);
        self
    }

    /// Three agencies of the committee have said that life is threatened.
    fn opined(&self, house: &House) {
        for key in ["marc", "louise", "thomas"] {
            let opinion = json!({"opinion": "trigger", "reasons": ["life_threatened"]});
            who(house, key).post(&format!("{}/opinions", self.path), &opinion).expect(200);
        }
    }

    /// The cell is triggered, as life cannot wait, and knows which file it is about.
    fn at_work(self, house: &House) -> Self {
        let urgent = json!({"decision": "triggered", "reasons": ["life_threatened"], "urgent": true});
        who(house, "karine").post(&format!("{}/decision", self.path), &urgent).expect(200);
        let file = json!({"file": house.file().id});
        who(house, "louise").post(&format!("{}/identity", self.path), &file).expect(200);
        self
    }

    /// Karine has called the four agencies that it takes. The page of the meeting.
    fn convened(&self, house: &House) -> String {
        let seats: Vec<Value> = [
            ("police-demo", "marc"),
            ("hebergement-demo", "louise"),
            ("sante-demo", "thomas"),
            ("protection-jeunesse-demo", "nadia"),
        ]
        .iter()
        .map(|(agency, key)| json!({"agency": house.loaded.agencies[*agency], "person": house.loaded.users[*key], "capacity": "able_to_aid"}))
        .collect();
        let meeting = json!({"kind": "regular", "starts_at": "2026-11-22T20:00:00Z", "mode": "in_person",
            "place": "Salle 204", "participants": seats});
        let made = who(house, "karine").post(&format!("{}/meetings", self.path), &meeting).expect(201);
        let path = made["href"].as_str().unwrap();
        path.replace("/api/v1/mobilisations", "/cellule").replace("/meetings", "/rencontres")
    }
}
