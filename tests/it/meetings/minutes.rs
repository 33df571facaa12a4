//! Minutes: one record, to each reader her own.

use serde_json::{Value, json};
use tests::harness::House;

use super::*;

const ROOM: &[(&str, &str)] = &[
    ("police-demo", "marc"),
    ("hebergement-demo", "louise"),
    ("sante-demo", "thomas"),
    ("conjoints-demo", "yves"),
];

/// Something of every agency and category that matters, each with a canary; then the meeting closes.
fn held(house: &House) -> String {
    let meeting = sitting(house, &call_with_partners_services(house), ROOM);
    for (key, about, category, canary) in [
        ("louise", "mireille", "violence_history", "Zq-violence"),
        ("louise", "mireille", "location", "Zq-lieu"),
        ("louise", "mireille", "safe_contact", "Zq-contact"),
        ("louise", "mireille", "safety_plan", "Zq-plan"),
        ("marc", "stephane", "weapons", "Zq-armes"),
        ("yves", "stephane", "mental_health", "Zq-entretien"),
        ("thomas", "camille", "mental_health", "Zq-camille"),
    ] {
        bring(house, &meeting, key, about, category, canary);
    }
    let karine = who(house, "karine");
    let agreed = json!({"person": person(house, "mireille"), "category": "safety_plan", "text": "Zq-accord", "level": "imminent",
        "dissent": [agency(house, "police-demo")]});
    karine.post(&format!("{meeting}/decisions"), &agreed).expect(201);
    let not = json!({"person": person(house, "mireille"), "category": "safety_plan", "text": "Zq-interdit", "kind": "must_not"});
    karine.post(&format!("{meeting}/decisions"), &not).expect(201);
    karine
        .post(
            &format!("{meeting}/agenda"),
            &json!({"items": [{"code": "summary"}, {"person": person(house, "mireille"),
        "category": "safety_plan", "text": "Zq-point"}, {"code": "next_review"}]}),
        )
        .expect(201);
    decided(house, &meeting, "Zq-mesure");
    karine.post(&format!("{meeting}/closure"), &json!({})).expect(200);
    meeting
}

fn minutes(house: &House, meeting: &str, key: &str) -> Value {
    who(house, key).get(&format!("{meeting}/minutes")).expect(200)
}

fn said(minutes: &Value, list: &str) -> Vec<String> {
    let items = minutes[list].as_array().unwrap().iter();
    let mut texts: Vec<String> = items.map(|item| item["text"].as_str().unwrap().to_owned()).collect();
    texts.sort();
    texts
}

#[test]
fn minutes_say_who_was_there_what_was_said_on_what_and_what_must_not_be_done() {
    let house = House::estrie();
    let meeting = held(&house);
    let read = minutes(&house, &meeting, "thomas");
    assert_eq!(
        (&read["territory"], &read["mode"], &read["closed_at"]),
        (&json!("05"), &json!("in_person"), &json!(ESTRIE_NOW))
    );
    assert_eq!(read["chair"], user(&house, "karine"));
    assert_eq!(read["attendance"].as_array().unwrap().len(), 5);
    assert_eq!(read["circulation"].as_array().unwrap().len(), 5);
    assert_eq!(said(&read, "contributions"), ["Zq-camille", "Zq-contact", "Zq-plan", "Zq-violence"]);
    assert_eq!(said(&read, "decisions"), ["Zq-accord"]);
    assert_eq!(said(&read, "must_not"), ["Zq-interdit"]);
    let decision = &read["decisions"][0];
    assert_eq!(
        (&decision["level"], &decision["source"]),
        (&json!("imminent"), &agency(&house, "coordination-demo"))
    );
    assert_eq!(decision["dissent"], json!([agency(&house, "police-demo")]));
    assert_eq!(decision["basis"], json!({"kind": "consent", "id": house.file().consents["c1"]}));
    assert_eq!(decision["role"], "person_at_risk");
    let titles: Vec<_> =
        read["agenda"].as_array().unwrap().iter().map(|item| item["title"]["text"].clone()).collect();
    assert_eq!(titles, [Value::Null, json!("Zq-point"), Value::Null]);
}

/// Pitfall 7, and the walls: what the services for partners read holds nothing by which somebody is found.
#[test]
fn minutes_of_the_services_for_partners_hold_no_place_no_safe_contact_and_no_plan() {
    let house = House::estrie();
    let meeting = held(&house);
    let answer = who(&house, "yves").get(&format!("{meeting}/minutes"));
    let read = answer.expect(200);
    assert_eq!(said(&read, "contributions"), ["Zq-entretien"]);
    for list in ["decisions", "must_not", "informing"] {
        assert_eq!(read[list], json!([]), "{list}");
    }
    assert_eq!(read["agenda"].as_array().unwrap().len(), 2);
    for canary in [
        "Zq-lieu",
        "Zq-contact",
        "Zq-plan",
        "Zq-accord",
        "Zq-interdit",
        "Zq-point",
        "Zq-mesure",
        "Zq-violence",
        "Zq-canari",
    ] {
        assert!(!answer.text.contains(canary), "{canary}");
    }
}

/// What is not shown is not counted: words that a reader may not see change no byte of what she reads.
#[test]
fn what_a_reader_may_not_see_changes_nothing_of_what_she_reads() {
    let house = House::estrie();
    let meeting = sitting(&house, &call_with_partners_services(&house), ROOM);
    let read = |rest: &str| {
        let answer = who(&house, "yves").get(&format!("{meeting}{rest}"));
        let mut body = answer.expect(200);
        body["access_event"] = Value::Null;
        (body.to_string(), answer.header("etag").map(str::to_owned))
    };
    let doors = ["", "/minutes", "/contributions", "/oral-disclosures"];
    let before = doors.map(read);
    bring(&house, &meeting, "louise", "mireille", "location", "Zq-lieu");
    bring(&house, &meeting, "marc", "stephane", "weapons", "Zq-armes");
    let plan = json!({"person": person(&house, "mireille"), "category": "safety_plan", "text": "Zq-accord"});
    who(&house, "karine").post(&format!("{meeting}/decisions"), &plan).expect(201);
    let item = json!({"items": [{"person": person(&house, "mireille"), "category": "location", "text": "Zq-point"}]});
    who(&house, "karine").post(&format!("{meeting}/agenda"), &item).expect(201);
    who(&house, "marc").post(&format!("{meeting}/answers"), &json!({"answer": "shared"})).expect(200);
    leave(&house, &meeting, "conjoints-demo");
    let gone = doors.map(read);
    decided(&house, &meeting, "Zq-mesure");
    let tell = json!({"items": [fact(&house, "f08")], "basis": {"consent": true}});
    who(&house, "louise").post(&format!("{meeting}/oral-disclosures"), &tell).expect(201);
    assert_eq!(doors.map(read), gone);
    assert_eq!(gone[2], before[2]);
    assert_eq!(gone[3], before[3]);
}

#[test]
fn a_contribution_that_is_told_stands_in_the_recipients_minutes_on_that_basis() {
    let house = House::estrie();
    let meeting = sitting(
        &house,
        &call(&house),
        &[("police-demo", "marc"), ("hebergement-demo", "louise"), ("sante-demo", "thomas")],
    );
    let document = bring(&house, &meeting, "marc", "stephane", "weapons", "Zq-armes");
    assert_eq!(said(&minutes(&house, &meeting, "louise"), "contributions"), [""; 0]);
    let tell = json!({"items": [{"document": document}], "basis": {"basis_code": "QC_A21_59_1", "attestations":
        {"serious_risk": true, "threat": "act_of_violence", "urgency": true, "necessary_only": true}}});
    let told = who(&house, "marc").post(&format!("{meeting}/oral-disclosures"), &tell).expect(201);
    let read = minutes(&house, &meeting, "louise");
    assert_eq!(said(&read, "contributions"), ["Zq-armes"]);
    assert_eq!(
        read["contributions"][0]["basis"],
        json!({"kind": "disclosure", "id": told["disclosures"][1]})
    );
}

#[test]
fn minutes_are_for_the_agencies_of_the_circle_that_took_part() {
    let house = House::estrie();
    let mut call = call(&house);
    call["participants"].as_array_mut().unwrap().push(seat(&house, "aide-victimes-demo", "sofia"));
    let path = identified(&house);
    let meeting = convened(&house, &path, &call);
    let read = |key: &str| who(&house, key).get(&format!("{meeting}/minutes")).status;
    assert_eq!(read("marc"), 404, "nothing was held yet");
    who(&house, "karine").post(&format!("{meeting}/opening"), &json!({"undertaking": true})).expect(200);
    for (agency, person) in [("police-demo", "marc"), ("aide-victimes-demo", "sofia")] {
        arrive(&house, &meeting, agency, person).expect(201);
    }
    assert_eq!(["karine", "marc", "julie"].map(read), [200; 3]);
    // Louise did not come, Rose was not called, Sofia sat there from outside the circle, Dominic is of another cell.
    assert_eq!(["louise", "rose", "sofia", "dominic", "eric"].map(read), [404; 5]);
}

#[test]
fn minutes_on_paper_hold_for_each_reader_what_her_minutes_hold_and_nothing_more() {
    let house = House::estrie();
    let meeting = held(&house);
    let canaries = [
        "Zq-violence",
        "Zq-lieu",
        "Zq-contact",
        "Zq-plan",
        "Zq-armes",
        "Zq-entretien",
        "Zq-camille",
        "Zq-accord",
        "Zq-interdit",
        "Zq-point",
        "Zq-mesure",
        "Zq-canari",
    ];
    for key in ["thomas", "yves", "marc"] {
        let view = who(&house, key).get(&format!("{meeting}/minutes"));
        view.expect(200);
        for format in ["html", "json", "pdf"] {
            let printed = who(&house, key).get(&format!("{meeting}/minutes/paper?format={format}"));
            assert_eq!(printed.status, 200, "{}", printed.text);
            let text = if format == "pdf" {
                let pdf = lopdf::Document::load_mem(&printed.bytes).unwrap();
                assert!(pdf.catalog().unwrap().has(b"StructTreeRoot"));
                let name = "attachment; filename=\"filet-compte-rendu.pdf\"";
                assert_eq!(printed.header("content-disposition"), Some(name));
                let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
                pdf.extract_text(&pages).unwrap()
            } else {
                printed.text.clone()
            };
            let plain = |text: &str| -> String {
                text.chars()
                    .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{200b}' | '\u{ad}'))
                    .collect()
            };
            let text = plain(&text);
            assert!(text.contains(&plain("La coordination de la cellule")), "{key} {format}");
            for canary in canaries {
                assert_eq!(
                    text.contains(&plain(canary)),
                    view.text.contains(canary),
                    "{key} {format} {canary}"
                );
            }
        }
    }
    // Who was not there, or may not know of the file, gets the one answer.
    let path = format!("{meeting}/minutes/paper?format=pdf");
    for key in ["nadia", "sofia", "dominic", "eric"] {
        who(&house, key).get(&path).problem(404, "not-found");
    }
    who(&house, "thomas").get(&format!("{meeting}/minutes/paper")).problem(400, "bad-query");
}
