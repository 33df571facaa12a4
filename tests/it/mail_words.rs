//! What a mail says: that a message waits, and nothing else, whatever happened and however it travels.

use api::mail::Security;
use domain::{notification::letter, wording::Lang};
use serde_json::{Value, json};
use tests::harness::{Browser, ESTRIE, ESTRIE_NOW, House, Mood, Persona, Plan, Sink};

use crate::{
    mail::{deliver, header, leave, receivers, send},
    writes::{attested, emergency},
};

/// Where the link of a mail leads in a house under test.
const INBOX: &str = "http://127.0.0.1:8080/inbox";

/// The scenario with a canary in every text a fact holds, and in every name and reference.
fn with_canaries() -> String {
    let mut scenario: Value = serde_json::from_str(ESTRIE).unwrap();
    for (n, agency) in scenario["agencies"].as_array_mut().unwrap().iter_mut().enumerate() {
        agency["name"] = json!(format!("Zq-organisme-{n}"));
    }
    for (n, user) in scenario["users"].as_array_mut().unwrap().iter_mut().enumerate() {
        user["name"] = json!(format!("Zq-personne-{n}"));
    }
    let file = &mut scenario["files"][0];
    file["key"] = json!("ZQ-2026-0007");
    for (n, fact) in file["facts"].as_array_mut().unwrap().iter_mut().enumerate() {
        let field = fact["field"].as_str().unwrap().to_owned();
        if field.ends_with("name")
            || ["incident", "injuries", "workplace", "school"].contains(&field.as_str())
        {
            fact["value"] = json!(format!("Zq-valeur-{n}"));
        } else if field.ends_with("address") {
            fact["value"] = json!({"line1": format!("Zq-adresse-{n}"), "municipality": "Sherbrooke"});
        }
    }
    scenario.to_string()
}

/// Everything no mail may hold: the texts of every fact and person, the names, the reference, every identifier of
/// the case and the kinds of message.
fn forbidden(scenario: &str, house: &House) -> Vec<String> {
    let scenario: Value = serde_json::from_str(scenario).unwrap();
    let mut found = vec!["Zq-".to_owned(), "ZQ-".into(), house.file().id.to_string()];
    for fact in scenario["files"][0]["facts"].as_array().unwrap() {
        texts(&fact["value"], &mut found);
    }
    for place in ["agencies", "users", "cells"] {
        for item in scenario[place].as_array().unwrap() {
            texts(&item["name"], &mut found);
        }
    }
    let file = house.file();
    for ids in [&file.facts, &file.persons, &file.consents, &file.disclosures] {
        found.extend(ids.values().map(ToString::to_string));
    }
    let kinds = house.database.ask("select string_agg(distinct kind, ' ') from outbox");
    found.extend(kinds.split(' ').map(str::to_owned));
    found
}

fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.len() > 4 => found.push(text.clone()),
        Value::Object(members) => members.values().for_each(|member| texts(member, found)),
        _ => {}
    }
}

/// A whole scenario of acts, each of which tells somebody something.
fn live_through(house: &House) {
    let who = |key: &str| -> Persona { house.sign_in(key).for_purpose("safety_planning") };
    let (path, agency) = (house.file_path(), |key: &str| json!(house.loaded.agencies[key]));
    let (marc, karine, amina) = (who("marc"), who("karine"), who("amina"));
    let mireille = house.file().persons["mireille"];
    let fact = json!({"person": mireille, "field": "incident", "value": "Zq-nouveau"});
    amina.post(&format!("{path}/facts"), &fact).expect(201);
    let neighbours = json!({"agency": agency("police-voisine-demo")});
    who("louise").post(&format!("{path}/circle"), &neighbours).expect(201);
    let refusal = json!({"subject": mireille, "grantor": {"kind": "self"}, "limits_explained": true,
        "words": "Zq-mots", "provisions": [{"effect": "deny", "recipients": [agency("coordination-demo")],
        "categories": ["notes"], "purposes": ["*"], "sources": ["*"]}]});
    amina.post(&format!("{path}/consents"), &refusal).expect(201);
    for consent in ["c1", "c3"] {
        let withdrawal = format!("{path}/consents/{}/withdrawal", house.file().consents[consent]);
        who("rose").post(&withdrawal, &json!({})).expect(200);
    }
    let act = emergency(house, "f07", "hebergement-demo");
    let made = attested(house, &marc, &format!("{path}/disclosures"), act);
    let revocation = format!("{path}/disclosures/{}/revocation", made["id"].as_str().unwrap());
    marc.post(&revocation, &json!({})).expect(200);
    who("eric").get(&path).problem(404, "not-found");
    karine.post(&format!("{path}/recusals"), &json!({"user": house.loaded.users["thomas"]})).expect(201);
    let seen = karine.get(&path);
    let tag = seen.header("etag").unwrap().to_owned();
    karine.with("If-Match", &tag).post(&format!("{path}/closure"), &json!({})).expect(200);
    karine.post(&format!("{path}/reopening"), &json!({})).expect(200);
}

/// The text of a mail, out of its quoted-printable form.
fn text_of(mail: &str) -> String {
    assert_eq!(header(mail, "Content-Transfer-Encoding"), "quoted-printable");
    let body = mail.split_once("\r\n\r\n").unwrap().1.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = body.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first == b'=' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&after[..2]).unwrap(), 16).unwrap());
            rest = &after[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).unwrap().replace("\r\n", "\n")
}

fn every_mail_is_the_one_there_is(security: Security) {
    let scenario = with_canaries();
    let house = House::build(Plan { scenario: scenario.clone(), ..Plan::default() });
    let sink = Sink::start(security, Mood::Takes);
    house.database.run("update account set locale = 'en' where email like 'nadia@%'");
    live_through(&house);
    deliver(&house, ESTRIE_NOW);
    let told = house.database.ask("select count(distinct account_id) from inbox");
    assert_eq!(send(&house, &sink, ESTRIE_NOW).to_string(), told);
    let mails = sink.mails();
    assert!(mails.len() >= 8, "{:?}", receivers(&sink));
    let kinds = house.database.ask("select count(distinct kind) from inbox");
    assert!(kinds.parse::<u8>().unwrap() >= 8, "{kinds} kinds of message");
    let forbidden = forbidden(&scenario, &house);
    for mail in &mails {
        let to = header(mail, "To");
        let lang = if to.starts_with("nadia@") { Lang::En } else { Lang::Fr };
        let letter = letter(lang, INBOX);
        assert_eq!(header(mail, "Subject"), letter.subject);
        assert_eq!(text_of(mail).trim_end(), letter.body.trim_end());
        let mut names: Vec<&str> = mail.split_once("\r\n\r\n").unwrap().0.split("\r\n").collect();
        names.retain(|line| !line.starts_with(' '));
        let mut names: Vec<&str> = names.iter().map(|line| line.split_once(':').unwrap().0).collect();
        names.sort_unstable();
        let expected =
            ["Auto-Submitted", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version"];
        assert_eq!(names, [&expected[..], &["Message-ID", "Subject", "To"]].concat());
        for word in &forbidden {
            assert!(!text_of(mail).contains(word.as_str()), "{word} in a mail");
        }
    }
    for line in sink.lines() {
        for word in &forbidden {
            assert!(!line.contains(word.as_str()), "{word} in {line}");
        }
    }
}

#[test]
fn no_mail_says_anything_of_a_case_in_the_clear() {
    every_mail_is_the_one_there_is(Security::None);
}

#[test]
fn no_mail_says_anything_of_a_case_under_tls() {
    every_mail_is_the_one_there_is(Security::Implicit);
}

#[test]
fn no_mail_says_anything_of_a_case_after_starttls() {
    every_mail_is_the_one_there_is(Security::Starttls);
}

#[test]
fn every_kind_of_message_is_announced_in_the_same_words() {
    let house = House::estrie();
    let sink = Sink::start(Security::None, Mood::Takes);
    let mut first = None;
    for kind in domain::inbox::MessageKind::ALL {
        leave(&house, "marc", kind.wire());
        deliver(&house, ESTRIE_NOW);
        assert_eq!(send(&house, &sink, ESTRIE_NOW), 1, "{}", kind.wire());
        let text = text_of(sink.mails().last().unwrap());
        assert_eq!(first.get_or_insert_with(|| text.clone()), &text, "{}", kind.wire());
    }
}

#[test]
fn the_link_of_a_mail_leads_to_the_messages_of_who_signs_in() {
    let house = House::estrie();
    leave(&house, "marc", "file.closed");
    deliver(&house, ESTRIE_NOW);
    let mail = house.stranger().without_following().get("/inbox");
    assert_eq!((mail.status, mail.header("location")), (303, Some("/messages")));
    let outside = house.stranger().without_following().get("/messages");
    assert_eq!((outside.status, outside.header("location")), (303, Some("/connexion?suite=%2Fmessages")));
    let page = Browser::signed_in(&house, "marc").get("/messages");
    assert_eq!(page.status, 200);
    assert!(page.html.contains("Un dossier a été fermé."), "{}", page.html);
    assert!(page.html.contains(&format!("/dossiers/{}", house.file().id)));
}
