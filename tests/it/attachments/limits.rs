//! How much may be attached, and what of it the log repeats.

use serde_json::json;
use tests::harness::House;

use super::*;

fn new(house: &House) -> serde_json::Value {
    json!({"person": house.file().persons["mireille"], "category": "violence_history", "name": "Photo"})
}

#[test]
fn an_agency_attaches_a_hundred_files_at_most_and_what_others_attached_fills_nothing() {
    let house = House::estrie();
    let first = add(&house, "amina", "mireille", "violence_history");
    let id = first.rsplit('/').next().unwrap();
    house.database.run(&format!(
        "insert into document select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid()))).*
         from document d, generate_series(1, 99) where d.id = '{id}'"
    ));
    let amina = who(&house, "amina");
    let full = amina.post(&path(&house), &new(&house)).problem(409, "conflict");
    assert_eq!(full["errors"][0]["code"], "too_many_attachments");
    let english = amina.with("Accept-Language", "en").post(&path(&house), &new(&house));
    let message = english.problem(409, "conflict")["errors"][0]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("retract"), "{message}");
    who(&house, "marc").post(&path(&house), &new(&house)).expect(201);
    // What is taken back makes room.
    who(&house, "louise").post(&format!("{first}/retraction"), &json!({})).expect(200);
    amina.post(&path(&house), &new(&house)).expect(201);
    amina.post(&path(&house), &new(&house)).problem(409, "conflict");
}

#[test]
fn an_agencys_attachments_hold_so_many_bytes_at_most_together() {
    let house = House::estrie();
    let (first, second) = (
        add(&house, "amina", "mireille", "violence_history"),
        add(&house, "amina", "mireille", "violence_history"),
    );
    let amina = who(&house, "amina");
    put(&amina, &first, "application/pdf", &pdf(100)).expect(200);
    // As if that one held all but half a mebibyte of what it may.
    let id = first.rsplit('/').next().unwrap();
    house.database.run(&format!(
        "alter table attachment_chunk alter column sealed set storage extended;
         insert into attachment_chunk (document_id, position, file_id, cell_id, sealed)
         select document_id, 1000 + n, file_id, cell_id, decode(repeat('00', case n when 1 then 7864320 else 8388608 end), 'hex')
         from attachment_chunk, generate_series(1, 25) n where document_id = '{id}' and position = 0"
    ));
    let full = put(&amina, &second, "application/pdf", &pdf(1024 * 1024)).problem(409, "conflict");
    assert_eq!(full["errors"][0]["code"], "attachments_too_large");
    assert!(full["errors"][0]["message"].as_str().unwrap().contains("200\u{a0}Mio"));
    put(&amina, &second, "application/pdf", &pdf(100_000)).expect(200);
    let of_another = add(&house, "marc", "stephane", "weapons");
    put(&who(&house, "marc"), &of_another, "application/pdf", &pdf(1024 * 1024)).expect(200);
}

#[test]
fn the_log_names_what_was_shown_once_however_many_there_were() {
    let house = House::estrie();
    for _ in 0..3 {
        add(&house, "amina", "mireille", "violence_history");
    }
    let seen = who(&house, "marc").get(&path(&house)).expect(200);
    assert_eq!(seen["items"].as_array().unwrap().len(), 3);
    let log = house.sign_in("aline").get(&format!("{}/access-log", house.file_path())).expect(200);
    let event = log["items"].as_array().unwrap().iter().find(|event| event["id"] == seen["access_event"]);
    let disclosed = event.unwrap()["disclosed"].as_array().unwrap();
    assert_eq!(disclosed.len(), 1);
    assert_eq!(disclosed[0]["fields"], json!(["attachment"]));
}
