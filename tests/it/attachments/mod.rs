//! Files attached to a situation, told by its personas.

mod limits;
mod photos;

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpStream},
    time::Duration,
};

use serde_json::{Value, json};
use tests::harness::{House, PASSWORD, Persona, cluster, email_of};

const SAFETY: &str = "safety_planning";
/// Stands in names and contents, and may be seen only by who may see those.
const CANARY: &str = "canari-5d1e";
/// The smallest PNG: one black dot.
const DOT: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\x0aIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82";

fn who(house: &House, key: &str) -> Persona {
    house.sign_in(key).for_purpose(SAFETY)
}

fn path(house: &House) -> String {
    format!("{}/attachments", house.file_path())
}

fn add(house: &House, key: &str, person: &str, category: &str) -> String {
    let new = json!({"person": house.file().persons[person], "category": category,
        "name": format!("Jugement {CANARY}.pdf")});
    let added = who(house, key).post(&path(house), &new);
    let id = added.expect(201)["id"].as_str().unwrap().to_owned();
    assert_eq!(added.header("location"), Some(format!("{}/{id}", path(house)).as_str()));
    format!("{}/{id}", path(house))
}

/// A PDF of this length, full of what must not be found.
fn pdf(length: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    while bytes.len() < length {
        bytes.extend_from_slice(format!("{CANARY} {}\n", bytes.len()).as_bytes());
    }
    bytes.truncate(length);
    bytes
}

fn put(persona: &Persona, attachment: &str, kind: &str, content: &[u8]) -> tests::harness::Answer {
    persona.send_bytes("PUT", &format!("{attachment}/content"), Some((kind, content)))
}

fn listed(persona: &Persona, house: &House) -> Vec<Value> {
    persona.get(&path(house)).expect(200)["items"].as_array().unwrap().clone()
}

#[test]
fn a_worker_attaches_a_judgment_and_those_who_may_read_its_category_read_it_byte_for_byte() {
    let house = House::estrie();
    let amina = who(&house, "amina");
    let attachment = add(&house, "amina", "mireille", "violence_history");
    let waiting = amina.get(&attachment).expect(200);
    assert_eq!(waiting["content"], Value::Null);
    amina.get(&format!("{attachment}/content")).problem(404, "not-found");
    let content = pdf(200_001);
    let put_back = put(&amina, &attachment, "application/pdf", &content).expect(200);
    assert_eq!(put_back["id"], waiting["id"]);
    for key in ["amina", "louise", "karine", "marc", "rose"] {
        let reader = who(&house, key);
        let seen = reader.get(&attachment).expect(200);
        assert_eq!(seen["name"], format!("Jugement {CANARY}.pdf"), "{key}");
        assert_eq!(seen["category"], "violence_history");
        assert_eq!(seen["source"]["key"], "hebergement-demo");
        assert_eq!(seen["basis"]["kind"], if ["amina", "louise"].contains(&key) { "own" } else { "consent" });
        assert_eq!(seen["content"]["media_type"], "application/pdf");
        assert_eq!(seen["content"]["size"], 200_001);
        assert_eq!(listed(&reader, &house).len(), 1, "{key}");
        let got = reader.get(&format!("{attachment}/content"));
        assert!(got.status == 200 && got.bytes == content, "{key}: {} bytes", got.bytes.len());
    }
}

#[test]
fn what_is_handed_out_is_kept_and_never_shown_by_the_browser() {
    let house = House::estrie();
    let amina = who(&house, "amina");
    let attachment = add(&house, "amina", "mireille", "violence_history");
    put(&amina, &attachment, "text/plain; charset=utf-8", "Elle a dit : « non ».".as_bytes()).expect(200);
    let got = amina.get(&format!("{attachment}/content"));
    assert_eq!(got.text, "Elle a dit : « non ».");
    for (name, value) in [
        ("content-type", "text/plain; charset=utf-8"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        (
            "content-disposition",
            "attachment; filename=\"piece-jointe.txt\"; filename*=UTF-8''Jugement%20canari-5d1e.pdf.txt",
        ),
    ] {
        assert_eq!(got.header(name), Some(value), "{name}");
    }
    let row = "select count(*) from access_event where act = 'attachment.content' and decision = 0 and id = ";
    let event = got.header("access-event").unwrap();
    assert_eq!(house.database.ask(&format!("{row} '{event}'")), "1");
}

#[test]
fn whoever_the_gate_shows_nothing_gets_the_answer_of_what_never_existed() {
    let house = House::estrie();
    let attachment = add(&house, "amina", "mireille", "violence_history");
    put(&who(&house, "amina"), &attachment, "application/pdf", &pdf(90_000)).expect(200);
    let never = format!("{}/01890000-0000-7000-8000-000000000000", path(&house));
    // Yves works with partners, Sofia's agency left the circle, Éric is recused, Dominic is of another cell.
    for key in ["yves", "sofia", "eric", "dominic"] {
        let persona = who(&house, key);
        for rest in ["", "/content"] {
            let (real, none) =
                (persona.get(&format!("{attachment}{rest}")), persona.get(&format!("{never}{rest}")));
            let same = |answer: &tests::harness::Answer| {
                let mut body = answer.json();
                body["instance"] = Value::Null;
                (answer.status, body)
            };
            assert_eq!(same(&real), same(&none), "{key}{rest}");
            real.problem(404, "not-found");
        }
        put(&persona, &attachment, "application/pdf", &pdf(100)).problem(404, "not-found");
        persona.post(&format!("{attachment}/retraction"), &json!({})).problem(404, "not-found");
        let list = persona.get(&path(&house));
        assert!(list.status == 404 || list.expect(200)["items"] == json!([]), "{key}");
    }
    // Marc may read it and does not own it: changing it is for its source alone.
    put(&who(&house, "marc"), &attachment, "application/pdf", &pdf(100)).problem(404, "not-found");
    who(&house, "pascal").get(&format!("{attachment}/content")).problem(403, "no-content-role");
    who(&house, "pascal").post(&path(&house), &json!({})).problem(403, "not-permitted");
}

#[test]
fn what_is_vaulted_is_for_those_it_names() {
    let house = House::estrie();
    let new = json!({"person": house.file().persons["mireille"], "category": "violence_history", "name": "Photo",
        "vault": [house.loaded.agencies["sante-demo"]]});
    let id = who(&house, "amina").post(&path(&house), &new).expect(201)["id"].as_str().unwrap().to_owned();
    let attachment = format!("{}/{id}", path(&house));
    put(&who(&house, "amina"), &attachment, "image/png", DOT).expect(200);
    assert_eq!(who(&house, "thomas").get(&format!("{attachment}/content")).bytes, DOT);
    who(&house, "marc").get(&attachment).problem(404, "not-found");
    let got = who(&house, "amina").get(&format!("{attachment}/content"));
    assert!(got.header("content-disposition").unwrap().ends_with("UTF-8''Photo.png"));
}

#[test]
fn only_files_that_nothing_runs_are_taken_and_only_as_what_they_are() {
    let house = House::estrie();
    let amina = who(&house, "amina");
    let attachment = add(&house, "amina", "mireille", "violence_history");
    let refused: [(&str, &[u8], &str); 8] = [
        ("application/pdf", b"MZ\x90\0canari-5d1e", "file_type_not_allowed"),
        ("text/html", b"<!doctype html>canari-5d1e", "file_type_not_allowed"),
        ("text/plain", b"<!doctype html>canari-5d1e", "file_type_not_allowed"),
        ("image/png", b"<svg xmlns='http://www.w3.org/2000/svg'>canari-5d1e</svg>", "file_type_not_allowed"),
        ("application/zip", b"PK\x03\x04canari-5d1e", "file_type_not_allowed"),
        ("image/png", b"%PDF-1.7 canari-5d1e", "file_type_mismatch"),
        ("text/plain", b"%PDF-1.7 canari-5d1e", "file_type_mismatch"),
        ("text/plain", b"", "missing"),
    ];
    for (kind, content, code) in refused {
        let answer = put(&amina, &attachment, kind, content);
        assert_eq!(answer.problem(422, "invalid")["errors"][0]["code"], code, "{kind}");
        assert!(!answer.text.contains(CANARY));
    }
    let big = pdf(10 * 1024 * 1024 + 1);
    put(&amina, &attachment, "application/pdf", &big).problem(413, "payload-too-large");
    assert_eq!(amina.get(&attachment).expect(200)["content"], Value::Null);
    // The largest that may be is taken, once.
    let largest = &big[..big.len() - 1];
    put(&amina, &attachment, "application/pdf", largest).expect(200);
    assert!(amina.get(&format!("{attachment}/content")).bytes == largest);
    let again = put(&amina, &attachment, "application/pdf", &pdf(100));
    assert_eq!(again.problem(409, "conflict")["errors"][0]["code"], "already_uploaded");
    // A form is never as long as a file.
    let long = json!({"person": house.file().persons["mireille"], "category": "violence_history", "name": "a".repeat(1_100_000)});
    amina.post(&path(&house), &long).problem(413, "payload-too-large");
    for (name, code) in [
        (" ", "blank"),
        ("a\nb", "several_lines"),
        ("a\u{0}", "control_character"),
        ("a\u{202e}b", "unpaired_direction"),
    ] {
        let new =
            json!({"person": house.file().persons["mireille"], "category": "violence_history", "name": name});
        let refused = amina.post(&path(&house), &new).problem(422, "invalid");
        assert_eq!(
            (&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]),
            (&json!("/name"), &json!(code))
        );
    }
}

#[test]
fn an_upload_cut_half_way_leaves_nothing() {
    let house = House::estrie();
    let attachment = add(&house, "amina", "mireille", "violence_history");
    let session =
        house.stranger().post("/api/v1/session", &json!({"email": email_of("amina"), "password": PASSWORD}));
    let token = session.expect(200)["access_token"].as_str().unwrap().to_owned();
    let content = pdf(1_000_000);
    let head = format!(
        "PUT {attachment}/content HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nPurpose-Of-Use: {SAFETY}\r\nContent-Type: application/pdf\r\nContent-Length: {}\r\n\r\n",
        content.len()
    );
    for sent in [0, 1, 70_000, content.len() - 1] {
        let mut stream = TcpStream::connect(house.address).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&content[..sent]).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    assert_eq!(house.database.ask("select count(*) from attachment_content"), "0");
    assert_eq!(house.database.ask("select count(*) from attachment_chunk"), "0");
    let amina = who(&house, "amina");
    amina.get(&format!("{attachment}/content")).problem(404, "not-found");
    put(&amina, &attachment, "application/pdf", &content).expect(200);
}

#[test]
fn what_rests_is_sealed_and_opens_only_where_it_lies() {
    let house = House::estrie();
    let (first, second) = (
        add(&house, "amina", "mireille", "violence_history"),
        add(&house, "amina", "mireille", "violence_history"),
    );
    let amina = who(&house, "amina");
    for attachment in [&first, &second] {
        put(&amina, attachment, "application/pdf", &pdf(150_000)).expect(200);
    }
    let needle = format!(
        "position('\\x{}'::bytea in ",
        CANARY.bytes().map(|b| format!("{b:02x}")).collect::<String>()
    );
    for (table, column) in
        [("attachment_chunk", "sealed"), ("attachment_content", "about_sealed"), ("document", "body_sealed")]
    {
        assert_eq!(
            house.database.ask(&format!("select count(*) from {table} where {needle}{column}) > 0")),
            "0"
        );
        assert_ne!(house.database.ask(&format!("select count(*) from {table}")), "0", "{table}");
    }
    assert_eq!(
        house.database.ask("select count(*) from attachment_content where about_sealed::text like '%pdf%'"),
        "0"
    );
    // Pieces put in another order, cut off, or moved to another attachment: a fault, and not a byte.
    let id = |attachment: &str| attachment.rsplit('/').next().unwrap().to_owned();
    for tamper in [
        format!("delete from attachment_chunk where document_id = '{}' and position = 2", id(&first)),
        format!(
            "update attachment_chunk c set sealed = o.sealed from attachment_chunk o where c.document_id = '{}' and o.document_id = '{}' and c.position = 0 and o.position = 0",
            id(&second),
            id(&first)
        ),
    ] {
        house.database.run(&tamper);
    }
    for attachment in [&first, &second] {
        let broken = amina.get(&format!("{attachment}/content"));
        broken.problem(500, "internal");
        assert!(!broken.text.contains(CANARY));
    }
}

#[test]
fn a_respondent_of_its_source_takes_it_back_and_the_content_is_erased() {
    let house = House::estrie();
    let attachment = add(&house, "amina", "mireille", "violence_history");
    put(&who(&house, "amina"), &attachment, "application/pdf", &pdf(90_000)).expect(200);
    let retraction = format!("{attachment}/retraction");
    who(&house, "amina").post(&retraction, &json!({})).problem(403, "not-permitted");
    who(&house, "marc").post(&retraction, &json!({})).problem(404, "not-found");
    let louise = who(&house, "louise");
    let retracted = louise.post(&retraction, &json!({})).expect(200);
    assert_eq!(retracted["content_erased"], true);
    louise.post(&retraction, &json!({})).problem(409, "conflict");
    for key in ["amina", "louise", "karine"] {
        let persona = who(&house, key);
        persona.get(&attachment).problem(404, "not-found");
        persona.get(&format!("{attachment}/content")).problem(404, "not-found");
        assert!(listed(&persona, &house).is_empty(), "{key}");
    }
    put(&who(&house, "amina"), &attachment, "application/pdf", &pdf(100)).problem(409, "conflict");
    assert_eq!(
        house.database.ask("select count(*) from attachment_content where key_sealed is not null"),
        "0"
    );
    assert_eq!(house.database.ask("select count(*) from attachment_chunk"), "0");
    let empty = add(&house, "amina", "mireille", "violence_history");
    let retracted = louise.post(&format!("{empty}/retraction"), &json!({})).expect(200);
    assert_eq!(retracted["content_erased"], false);
}

#[test]
fn with_the_files_key_gone_the_attachment_is_absent() {
    let house = House::estrie();
    let attachment = add(&house, "amina", "mireille", "violence_history");
    put(&who(&house, "amina"), &attachment, "application/pdf", &pdf(90_000)).expect(200);
    house.keys.destroy(authz::id::FileId::from_uuid(house.file().id)).unwrap();
    for rest in ["", "/content"] {
        who(&house, "amina").get(&format!("{attachment}{rest}")).problem(404, "not-found");
    }
}

#[test]
fn an_act_tells_an_attachment_and_never_opens_a_content_uploaded_after_it() {
    let house = House::estrie();
    let marc = who(&house, "marc");
    let attachment = add(&house, "marc", "stephane", "weapons");
    who(&house, "amina").get(&attachment).problem(404, "not-found");
    let id = attachment.rsplit('/').next().unwrap();
    let basis = marc.get("/api/v1/legal-bases").expect(200);
    let basis = basis["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|basis| basis["code"] == "QC_A21_59_1")
        .unwrap()
        .clone();
    let attested: serde_json::Map<String, Value> = (basis["conditions"].as_array().unwrap().iter())
        .map(|condition| (condition["id"].as_str().unwrap().to_owned(), json!(true)))
        .collect();
    let mut act = json!({"items": [{"document": id}], "basis_code": "QC_A21_59_1", "attestations": attested,
        "recipients": [{"agency": house.loaded.agencies["hebergement-demo"], "capacity": "able_to_aid"}]});
    let disclosures = format!("{}/disclosures", house.file_path());
    // What the basis asks in other words than yes, it names.
    let asked = marc.post(&disclosures, &act).problem(422, "invalid");
    for wrong in asked["errors"].as_array().unwrap() {
        let condition = wrong["pointer"].as_str().unwrap().strip_prefix("/attestations/").unwrap();
        act["attestations"][condition] = json!("act_of_violence");
    }
    marc.post(&disclosures, &act).expect(201);
    put(&marc, &attachment, "application/pdf", &pdf(5_000)).expect(200);
    let amina = who(&house, "amina");
    let seen = amina.get(&attachment).expect(200);
    assert_eq!(seen["basis"]["kind"], "disclosure");
    assert!(
        amina.get(&format!("{attachment}/content")).bytes == pdf(5_000),
        "uploaded at the very moment of the act"
    );
    house.database.run("update attachment_content set uploaded_at = uploaded_at + interval '1 hour'");
    assert_eq!(amina.get(&attachment).expect(200)["content"], Value::Null);
    amina.get(&format!("{attachment}/content")).problem(404, "not-found");
    assert!(marc.get(&format!("{attachment}/content")).bytes == pdf(5_000));
}

#[test]
fn a_name_is_in_no_row_of_the_log_no_message_and_no_line_of_the_database() {
    let house = House::estrie();
    let attachment = add(&house, "amina", "mireille", "violence_history");
    put(&who(&house, "amina"), &attachment, "application/pdf", &pdf(70_000)).expect(200);
    put(&who(&house, "amina"), &attachment, "application/pdf", &pdf(70_000)).problem(409, "conflict");
    for key in ["karine", "yves"] {
        who(&house, key).get(&attachment);
        who(&house, key).get(&format!("{attachment}/content"));
    }
    for (place, text) in [
        ("log", house.database.ask("select string_agg(e::text, ' ') from access_event e")),
        ("outbox", house.database.ask("select coalesce(string_agg(o::text, ' '), '') from outbox o")),
        ("postgresql", cluster().log()),
    ] {
        assert!(!text.contains(CANARY) && !text.contains("Jugement"), "{place}");
    }
    let acts =
        "select string_agg(distinct act, ' ' order by act) from access_event where act like 'attachment.%'";
    assert_eq!(
        house.database.ask(acts),
        "attachment.add attachment.content attachment.read attachment.upload"
    );
}
