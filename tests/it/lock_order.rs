//! Acts that hold a mobilisation and its file, begun from either side at once: each waits its turn, none fails.

use std::{sync::Barrier, thread};

use serde_json::{Value, json};
use tests::harness::{House, Persona};

use crate::safety_net::{at_work, patrol};

const ROUNDS: usize = 12;

fn who(house: &House, key: &str) -> Persona {
    house.sign_in(key).for_purpose("safety_planning")
}

/// Sends all of these at the same moment, again and again, and gives every status there was.
fn at_once(sent: &[(Persona, String, Value)]) -> Vec<u16> {
    let start = Barrier::new(sent.len());
    thread::scope(|scope| {
        let senders: Vec<_> = sent
            .iter()
            .map(|(persona, path, body)| {
                scope.spawn(|| {
                    let post = |_| {
                        start.wait();
                        persona.post(path, body).status
                    };
                    (0..ROUNDS).map(post).collect::<Vec<_>>()
                })
            })
            .collect();
        senders.into_iter().flat_map(|sender| sender.join().unwrap()).collect()
    })
}

#[test]
fn facts_and_appraisals_of_a_file_and_actions_of_its_mobilisation_wait_their_turn() {
    let house = House::estrie();
    let process = at_work(&house);
    let file = house.file_path();
    let mireille = house.file().persons["mireille"];
    let incident = json!({"person": mireille, "field": "incident", "value": "Il l’a suivie."});
    let appraisal =
        json!({"person": mireille, "instrument": "cir-generique", "answers": {}, "level": "imminent"});
    let statuses = at_once(&[
        (who(&house, "amina"), format!("{file}/facts"), incident),
        (who(&house, "louise"), format!("{file}/appraisals"), appraisal.clone()),
        (who(&house, "marc"), format!("{file}/appraisals"), appraisal),
        (who(&house, "karine"), format!("{process}/actions"), patrol(&house)),
    ]);
    assert_eq!(statuses, [201; 4 * ROUNDS]);
    let deadlocks = "select deadlocks from pg_stat_database where datname = current_database()";
    assert_eq!(house.database.ask(deadlocks), "0");
}
