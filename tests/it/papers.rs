//! What is printed: the same views as REST, on paper, in HTML, JSON and tagged PDF.

use domain::wording::french_is_well_set;
use serde_json::{Value, json};
use tests::harness::{Answer, House, Persona};

use crate::safety_net::{agreed, at_work, patrol};

/// Nothing else of these documents falls on this day.
const CANARY: [&str; 3] = ["29\u{a0}février 2024", "February\u{a0}29, 2024", "2024-02-29"];
const FORMATS: [&str; 3] = ["html", "json", "pdf"];

fn who(house: &House, key: &str) -> Persona {
    house.sign_in(key).for_purpose("safety_planning")
}

fn paper(persona: &Persona, path: &str, format: &str) -> Answer {
    let answer = persona.get(&format!("{path}/paper?format={format}"));
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer
}

/// All that a document says, without spaces, where lines break as the page asks for it.
fn said(answer: &Answer) -> String {
    let text = if answer.header("content-type") == Some("application/pdf") {
        let pdf = lopdf::Document::load_mem(&answer.bytes).unwrap();
        let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
        pdf.extract_text(&pages).unwrap()
    } else {
        answer.text.clone()
    };
    squeezed(&text)
}

fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{ad}' | '-' | '\u{2010}'))
        .collect()
}

/// An appraisal by the shelter; the police sees what it says of violence, not what it says of sexual violence.
fn appraised(house: &House, hidden: &Value) -> String {
    let answers = json!({"strangulation": {"answer": "present", "known_on": "2026-11-15"},
        "own_fear": {"answer": "possible", "source": "relative"}, "sexual_coercion": hidden});
    let new = json!({"person": house.file().persons["mireille"], "instrument": "cir-generique", "answers": answers,
        "level": "imminent", "reasons": "Elle reconnaît sa voiture.", "imminence": "Il sait où est l’école."});
    let path = format!("{}/appraisals", house.file_path());
    let made = who(house, "amina").post(&path, &new).expect(201);
    format!("{path}/{}", made["id"].as_str().unwrap())
}

fn hidden() -> Value {
    json!({"answer": "refused", "source": "child", "known_on": "2024-02-29"})
}

/// Every row of every table, in order.
fn rows(document: &Value) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for section in document["sections"].as_array().unwrap() {
        for block in section["blocks"].as_array().unwrap().iter().filter(|block| block["kind"] == "table") {
            let rows = block["content"]["rows"].as_array().unwrap().iter();
            found.extend(rows.map(|row| serde_json::from_value::<Vec<String>>(row.clone()).unwrap()));
        }
        found.extend(rows(section));
    }
    found
}

#[test]
fn an_appraisal_on_paper_says_what_its_view_shows_and_nothing_more() {
    let house = House::estrie();
    let path = appraised(&house, &hidden());
    let (amina, marc) = (who(&house, "amina"), who(&house, "marc"));
    for format in FORMATS {
        let (whole, part) = (said(&paper(&amina, &path, format)), said(&paper(&marc, &path, format)));
        // Who wrote it reads the canary: were it looked for in the wrong place, nobody would.
        assert!(whole.contains(&squeezed(CANARY[0])), "{format}");
        assert!(whole.contains(&squeezed("la personne a préféré ne pas répondre")), "{format}");
        for canary in CANARY.iter().chain(&["la personne a préféré ne pas répondre"]) {
            assert!(!part.contains(&squeezed(canary)), "{format}: {canary}");
        }
        for text in [
            "Appréciation du risque",
            "Imminent",
            "Elle reconnaît sa voiture.",
            "Il sait où est l’école.",
            "Le niveau est établi par une personne.",
            "non communiqué",
            "15\u{a0}novembre 2026",
            "une personne proche",
            "Titulaire des droits",
            "Personne à risque",
            "Copie pour",
        ] {
            assert!(part.contains(&squeezed(text)), "{format}: {text}");
        }
        for name in ["Marc", "Mireille", "Boisvert"] {
            assert!(!part.contains(name), "{format}: {name}");
        }
    }
    let seen = marc.get(&path).expect(200);
    let printed = rows(&paper(&marc, &path, "json").json());
    let answers = seen["answers"].as_array().unwrap();
    assert_eq!(printed.len(), answers.len());
    for (row, answer) in printed.iter().zip(answers) {
        if answer["withheld"] == true {
            assert_eq!(row[1..], ["non communiqué", "—", "—"], "{answer}");
        } else {
            assert_ne!(row[1], "non communiqué", "{answer}");
        }
    }
}

#[test]
fn what_is_withheld_changes_no_letter_of_what_is_printed() {
    let house = House::estrie();
    let marc = who(&house, "marc");
    let read = |hidden: &Value| {
        let path = appraised(&house, hidden);
        let id = path.rsplit('/').next().unwrap();
        FORMATS.map(|format| said(&paper(&marc, &path, format)).replace(&squeezed(id), "#"))
    };
    let before = read(&hidden());
    assert_eq!(read(&json!({"answer": "present"})), before);
    assert_eq!(read(&json!({"answer": "not_asked"})), before);
}

#[test]
fn a_pdf_is_tagged_says_its_language_and_is_kept_under_a_neutral_name() {
    let house = House::estrie();
    let path = appraised(&house, &hidden());
    for (tag, lang) in [("fr", "fr-CA"), ("en", "en-CA")] {
        let answer = paper(&who(&house, "marc").with("Accept-Language", tag), &path, "pdf");
        assert!(answer.bytes.starts_with(b"%PDF"));
        let pdf = lopdf::Document::load_mem(&answer.bytes).unwrap();
        let root = pdf.catalog().unwrap();
        assert!(root.has(b"StructTreeRoot"));
        assert_eq!(root.get(b"Lang").unwrap().as_str().unwrap(), lang.as_bytes());
        assert_eq!(answer.header("content-language"), Some(tag));
        assert_eq!(
            answer.header("content-disposition"),
            Some("attachment; filename=\"filet-appreciation.pdf\"")
        );
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    }
}

#[test]
fn a_page_runs_under_its_own_policy_and_finds_its_stylesheet() {
    let house = House::estrie();
    let path = appraised(&house, &hidden());
    let page = paper(&who(&house, "marc"), &path, "html");
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("style-src 'self'") && policy.contains("sandbox"), "{policy}");
    assert!(page.text.contains("<html lang=\"fr\">") && page.text.contains("href=\"/assets/paper.css\""));
    let style = house.stranger().get("/assets/paper.css");
    assert_eq!((style.status, style.header("content-type")), (200, Some("text/css; charset=utf-8")));
    let english = paper(&who(&house, "marc").with("Accept-Language", "en"), &path, "html");
    for text in ["<html lang=\"en\">", "Risk appraisal", "not shown", "November\u{a0}15, 2026", "Copy for"] {
        assert!(english.text.contains(text), "{text}");
    }
    for text in ["non communiqué", "Copie pour"] {
        assert!(!english.text.contains(text), "{text}");
    }
}

fn every_text(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| every_text(item, found)),
        Value::Object(members) => members.values().for_each(|item| every_text(item, found)),
        _ => {}
    }
}

#[test]
fn french_documents_are_well_set() {
    let house = House::estrie();
    let net = at_work(&house);
    agreed(&house, &net, &patrol(&house));
    let documents = [(appraised(&house, &hidden()), "amina"), (format!("{net}/plan"), "julie")];
    for (path, key) in documents {
        let mut texts = Vec::new();
        every_text(&paper(&who(&house, key), &path, "json").json(), &mut texts);
        assert!(texts.len() > 10, "{path}");
        for text in texts {
            assert!(french_is_well_set(&text), "{text}");
        }
    }
}

#[test]
fn the_safety_net_on_paper_holds_the_actions_one_may_know_of_and_their_words_where_they_show() {
    let house = House::estrie();
    let net = at_work(&house);
    agreed(&house, &net, &patrol(&house));
    let path = format!("{net}/plan");
    let words = ["Passer aux heures de sortie de l’école.", "Ne pas sonner à la porte."];
    let frame = ["Patrouille ou surveillance des lieux", "23\u{a0}novembre 2026 à 10\u{a0}h", "Convenue"];
    for format in FORMATS {
        let seen = said(&paper(&who(&house, "julie"), &path, format));
        for text in
            frame.iter().chain(&words).chain(&["Prévenir la coordination", "Ne pas laisser de message"])
        {
            assert!(seen.contains(&squeezed(text)), "{format}: {text}");
        }
        // For another purpose the words go, and nothing says that there are some.
        let serving = house.sign_in("julie").for_purpose("service_delivery");
        let seen = said(&paper(&serving, &path, format));
        assert!(seen.contains(&squeezed(frame[1])), "{format}");
        for text in words {
            assert!(!seen.contains(&squeezed(text)), "{format}: {text}");
        }
        // Of whom the action is none of the business knows neither when nor what.
        let seen = said(&paper(&who(&house, "louise"), &path, format));
        assert!(seen.contains(&squeezed("Aucune mesure ne vous est montrée ici.")), "{format}");
        for text in frame[..2].iter().chain(&words) {
            assert!(!seen.contains(&squeezed(text)), "{format}: {text}");
        }
    }
    // Whom it protects is said by what they are in the file, never by an identifier.
    let mireille = house.file().persons["mireille"].to_string();
    let printed = paper(&who(&house, "julie"), &path, "json");
    assert_eq!(rows(&printed.json())[0][2], "Personne à risque");
    assert!(!printed.text.contains(&mireille));
    let named = paper(&who(&house, "julie"), &path, "pdf");
    assert_eq!(named.header("content-disposition"), Some("attachment; filename=\"filet-plan.pdf\""));
    let english = paper(&who(&house, "julie").with("Accept-Language", "en"), &path, "html");
    for text in ["Patrol or watch over a place", "November\u{a0}23, 2026 at 10:00\u{a0}a.m.", "Agreed"] {
        assert!(english.text.contains(text), "{text}");
    }
}

#[test]
fn a_document_of_a_file_one_may_not_know_of_never_existed() {
    let house = House::estrie();
    let appraisal = appraised(&house, &hidden());
    let nobody = house.loaded.users["julie"].to_string();
    let never = format!("{}/appraisals/{nobody}", house.file_path());
    let (net, no_net) = (format!("{}/plan", at_work(&house)), format!("/api/v1/mobilisations/{nobody}/plan"));
    let refused = |key: &str, path: &str, format: &str| {
        let answer = who(&house, key).get(&format!("{path}/paper?format={format}"));
        let mut body = answer.problem(404, "not-found");
        body["instance"] = Value::Null;
        body
    };
    for format in FORMATS {
        for key in ["dominic", "eric", "yves"] {
            assert_eq!(refused(key, &appraisal, format), refused(key, &never, format), "{key} {format}");
        }
        for key in ["dominic", "eric"] {
            assert_eq!(refused(key, &net, format), refused(key, &no_net, format), "{key} {format}");
        }
    }
    house.sign_in("amina").get(&format!("{appraisal}/paper?format=pdf")).problem(400, "purpose-required");
    house.stranger().get(&format!("{appraisal}/paper?format=pdf")).problem(401, "unauthenticated");
}

#[test]
fn on_what_it_is_printed_must_be_said_and_known() {
    let house = House::estrie();
    let path = appraised(&house, &hidden());
    for query in
        ["", "?format=", "?format=docx", "?format=PDF", "?format=html&format=pdf", "?format=html&size=a4"]
    {
        who(&house, "amina").get(&format!("{path}/paper{query}")).problem(400, "bad-query");
    }
}

#[test]
fn what_is_printed_is_in_the_log_like_what_is_read() {
    let house = House::estrie();
    let path = appraised(&house, &hidden());
    let marc = who(&house, "marc");
    let log = |event: &Value| {
        let log = house.sign_in("aline").get(&format!("{}/access-log", house.file_path())).expect(200);
        let items = log["items"].as_array().unwrap().clone();
        items.into_iter().find(|row| row["id"] == *event).expect("a row")
    };
    let read = log(&marc.get(&path).expect(200)["access_event"]);
    for format in FORMATS {
        let event = json!(paper(&marc, &path, format).header("access-event").unwrap());
        let row = log(&event);
        assert_eq!(row["disclosed"], read["disclosed"], "{format}");
        assert_eq!(row["act"], read["act"], "{format}");
        let text = row.to_string();
        assert!(text.contains("\"appraisal\"") && text.contains("violence_history"), "{text}");
        assert!(!text.contains("sexual_violence"), "{text}");
    }
}

#[test]
fn what_is_too_long_for_a_pdf_is_said_to_be_and_read_as_a_page() {
    let house = House::estrie();
    let net = at_work(&house);
    let mut action = patrol(&house);
    action["text"] = json!("ᐊ".repeat(4_000));
    action["must_not_text"] = json!("ᓴ".repeat(4_000));
    for _ in 0..44 {
        agreed(&house, &net, &action);
    }
    let path = format!("{net}/plan");
    let julie = who(&house, "julie");
    let refused = julie.get(&format!("{path}/paper?format=pdf")).problem(406, "paper-too-long");
    assert!(refused.to_string().contains("format=html"), "{refused}");
    assert_eq!(rows(&paper(&julie, &path, "json").json()).len(), 44);
    assert_eq!(paper(&julie, &path, "html").text.matches(&"ᓴ".repeat(4_000)).count(), 44);
}
