//! Two files about the same situation: nobody sees more, nobody sees less.

use serde_json::{Value, json};
use tests::harness::House;

use super::{code, planned, who};

const EVERYBODY: &[&str] = &[
    "karine", "marc", "julie", "amina", "louise", "thomas", "sofia", "yves", "nadia", "rose", "eric",
    "dominic", "aline", "pascal", "admin",
];
const PURPOSES: &[&str] = &["risk_appraisal", "safety_planning", "service_delivery", "case_review"];

/// Amina opened a second file about the same woman; the police and the coordination are around it. Its path, and
/// the consent that it holds.
fn second(house: &House) -> (String, Value, String) {
    let (amina, louise) = (who(house, "amina"), who(house, "louise"));
    let opened = amina.post("/api/v1/files", &json!({"cell": house.loaded.cells["estrie"]})).expect(201);
    let file = format!("/api/v1/files/{}", opened["id"].as_str().unwrap());
    for agency in ["coordination-demo", "police-demo"] {
        louise.post(&format!("{file}/circle"), &json!({"agency": house.loaded.agencies[agency]})).expect(201);
    }
    let add = |role: &str, vault: Value| {
        let new = json!({"role": role, "vault": vault});
        amina.post(&format!("{file}/persons"), &new).expect(201)["id"].clone()
    };
    let woman = add("person_at_risk", Value::Null);
    add("alleged_aggressor", Value::Null);
    let hidden = add("new_partner", json!([]));
    for (person, field, value) in [
        (&woman, "family_name", json!("Boisvert")),
        (&woman, "incident", json!("L’a attendue à la sortie du travail.")),
        (&hidden, "given_name", json!("Antoine")),
    ] {
        let fact = json!({"person": person, "field": field, "value": value});
        amina.post(&format!("{file}/facts"), &fact).expect(201);
    }
    let fact = json!({"person": woman, "field": "address", "value": {"municipality": "Sherbrooke", "line1": "8, rue de l’Essai"}});
    who(house, "julie").post(&format!("{file}/facts"), &fact).expect(201);
    let yes = json!({"subject": woman, "grantor": {"kind": "self"}, "limits_explained": true, "provisions": [
        {"effect": "permit", "recipients": [house.loaded.agencies["police-demo"]], "categories": ["violence_history"],
         "purposes": ["safety_planning"], "sources": ["*"]}]});
    let consent =
        amina.post(&format!("{file}/consents"), &yes).expect(201)["id"].as_str().unwrap().to_owned();
    (file, woman, consent)
}

fn merge(house: &House, from: &str, into: &str) -> tests::harness::Answer {
    let into = into.rsplit('/').next().unwrap();
    who(house, "karine").post(&format!("{from}/merger"), &json!({"into": into}))
}

/// What everybody gets of a file, for every purpose, without the row of the log and the merger's own member.
fn everything(house: &House, files: &[&str]) -> Vec<(String, u16, String)> {
    let mut all = Vec::new();
    for key in EVERYBODY {
        let persona = house.sign_in(key);
        for purpose in PURPOSES {
            for file in files {
                for path in [(*file).to_owned(), format!("{file}/consents"), format!("{file}/disclosures")] {
                    let answer = persona.for_purpose(purpose).get(&path);
                    let body = cut(&answer.text, "access_event", "\"}");
                    let body = cut(&cut(&body, "merged_into", "\","), "merged_from", "],");
                    all.push((format!("{key} {purpose} {path}"), answer.status, body));
                }
            }
        }
    }
    all
}

/// Takes one member out of the bytes of a body, to its end.
fn cut(body: &str, member: &str, end: &str) -> String {
    let Some((before, rest)) = body.split_once(&format!("\"{member}\":")) else { return body.to_owned() };
    let (_, after) = rest.split_once(end).unwrap();
    format!("{before}{after}")
}

#[test]
fn what_each_persona_saw_of_both_files_before_is_what_she_sees_after_byte_for_byte() {
    let house = House::estrie();
    let (file, ..) = second(&house);
    // Éric is recused on the first only: uniting recusals is the one thing that may take a file from somebody.
    let recusal = json!({"user": house.loaded.users["eric"]});
    who(&house, "karine").post(&format!("{file}/recusals"), &recusal).expect(201);
    let first = house.file_path();
    let before = everything(&house, &[&first, &file]);
    assert!(before.iter().any(|(_, status, body)| *status == 200 && body.contains("rue de l’Essai")));
    merge(&house, &file, &first).expect(201);
    let after = everything(&house, &[&first, &file]);
    assert_eq!(before.len(), after.len());
    for (one, other) in before.iter().zip(&after) {
        assert_eq!(one, other);
    }
}

#[test]
fn only_who_is_around_both_files_learns_that_they_belong_together() {
    let house = House::estrie();
    let (file, ..) = second(&house);
    let first = house.file_path();
    merge(&house, &file, &first).expect(201);
    let (merged, target) = (file.rsplit('/').next().unwrap(), json!(house.file().id));
    for key in ["karine", "marc", "julie", "amina"] {
        assert_eq!(who(&house, key).get(&file).expect(200)["merged_into"], target, "{key}");
        assert_eq!(who(&house, key).get(&first).expect(200)["merged_from"], json!([merged]), "{key}");
    }
    for key in ["thomas", "yves", "nadia", "rose"] {
        let seen = who(&house, key).get(&first).expect(200);
        assert!(seen.get("merged_from").is_none() && !seen.to_string().contains(merged), "{key}");
        who(&house, key).get(&file).problem(404, "not-found");
    }
    // Who leaves one of the two no longer learns of it either.
    let police = house.loaded.agencies["police-demo"];
    who(&house, "karine").post(&format!("{file}/circle/{police}/end"), &json!({})).expect(200);
    assert!(who(&house, "marc").get(&first).expect(200).get("merged_from").is_none());
}

#[test]
fn a_merger_that_would_leave_an_agency_behind_says_how_many_and_not_which() {
    let house = House::estrie();
    let (file, ..) = second(&house);
    let refused = merge(&house, &house.file_path(), &file).problem(409, "conflict");
    let errors = refused["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 4);
    assert!(errors.iter().all(|one| one["code"] == "circle_differs"));
    for agency in house.loaded.agencies.values() {
        assert!(!refused.to_string().contains(&agency.to_string()));
    }
}

#[test]
fn only_the_coordinator_around_both_files_merges_them() {
    let house = House::estrie();
    let (file, ..) = second(&house);
    let into = json!({"into": house.file().id});
    for key in ["marc", "amina", "louise"] {
        who(&house, key).post(&format!("{file}/merger"), &into).problem(403, "not-permitted");
    }
    for key in ["yves", "dominic"] {
        who(&house, key).post(&format!("{file}/merger"), &into).problem(404, "not-found");
    }
    let karine = who(&house, "karine");
    let own = karine.post(&format!("{file}/merger"), &json!({"into": file.rsplit('/').next().unwrap()}));
    assert_eq!(own.problem(422, "invalid")["errors"][0]["pointer"], "/into");
    karine.post(&format!("{file}/merger"), &json!({})).problem(422, "invalid");
    let alone = who(&house, "amina")
        .post("/api/v1/files", &json!({"cell": house.loaded.cells["estrie"]}))
        .expect(201);
    karine.post(&format!("{file}/merger"), &json!({"into": alone["id"]})).problem(404, "not-found");
    merge(&house, &file, &house.file_path()).expect(201);
    assert_eq!(code(&merge(&house, &file, &house.file_path())), "file_merged");
    assert_eq!(code(&merge(&house, &house.file_path(), &file)), "file_merged");
}

#[test]
fn a_merged_file_takes_no_new_writes_and_saying_no_stays_possible() {
    let house = House::estrie();
    let (file, woman, consent) = second(&house);
    merge(&house, &file, &house.file_path()).expect(201);
    let (amina, louise) = (who(&house, "amina"), who(&house, "louise"));
    let fact = json!({"person": woman, "field": "incident", "value": "Un autre."});
    assert_eq!(code(&amina.post(&format!("{file}/facts"), &fact)), "file_merged");
    assert_eq!(code(&amina.post(&format!("{file}/persons"), &json!({"role": "child"}))), "file_merged");
    let health = json!({"agency": house.loaded.agencies["sante-demo"]});
    assert_eq!(code(&louise.post(&format!("{file}/circle"), &health)), "file_merged");
    let words = |effect: &str| {
        json!({"subject": woman, "grantor": {"kind": "self"}, "limits_explained": true, "provisions": [
            {"effect": effect, "recipients": [house.loaded.agencies["police-demo"]], "categories": ["*"],
             "purposes": ["*"], "sources": ["*"]}]})
    };
    assert_eq!(code(&amina.post(&format!("{file}/consents"), &words("permit"))), "file_merged");
    amina.post(&format!("{file}/consents"), &words("deny")).expect(201);
    amina.post(&format!("{file}/consents/{consent}/withdrawal"), &json!({})).expect(200);
    amina
        .post(
            &format!("{}/facts", house.file_path()),
            &json!({"person": house.file().persons["mireille"], "field": "incident", "value": "Un autre."}),
        )
        .expect(201);
}

#[test]
fn who_is_recused_on_one_is_recused_on_both_before_and_after() {
    let house = House::estrie();
    let (file, ..) = second(&house);
    let karine = who(&house, "karine");
    karine.post(&format!("{file}/recusals"), &json!({"user": house.loaded.users["julie"]})).expect(201);
    who(&house, "julie").get(&house.file_path()).expect(200);
    who(&house, "eric").get(&file).expect(200);
    merge(&house, &file, &house.file_path()).expect(201);
    for key in ["julie", "eric"] {
        for path in [&file, &house.file_path()] {
            who(&house, key).get(path).problem(404, "not-found");
        }
        assert_eq!(who(&house, key).get("/api/v1/files").expect(200)["items"], json!([]));
    }
    // Afterwards too, on whichever of the two it is said.
    karine
        .post(&format!("{}/recusals", house.file_path()), &json!({"user": house.loaded.users["amina"]}))
        .expect(201);
    who(&house, "amina").get(&file).problem(404, "not-found");
    who(&house, "amina").post(&format!("{file}/facts"), &json!({})).problem(404, "not-found");
    who(&house, "marc").post(&format!("{file}/recusals"), &json!({})).expect(201);
    who(&house, "marc").get(&house.file_path()).problem(404, "not-found");
}

#[test]
fn a_mobilisation_under_way_goes_on_in_the_file_that_goes_on() {
    let house = House::estrie();
    let path = planned(&house);
    let (file, ..) = second(&house);
    // The scenario's file is merged into the second once its whole circle is around that one.
    for agency in ["sante-demo", "conjoints-demo", "protection-jeunesse-demo", "centre-femmes-demo"] {
        who(&house, "louise")
            .post(&format!("{file}/circle"), &json!({"agency": house.loaded.agencies[agency]}))
            .expect(201);
    }
    merge(&house, &house.file_path(), &file).expect(201);
    let seen = who(&house, "karine").get(&path).expect(200);
    assert!(file.ends_with(seen["file"].as_str().unwrap()));
    // Its actions stay with the file whose persons they protect, for who knew of them, and can be ended there.
    let actions = who(&house, "julie").get(&format!("{path}/actions")).expect(200);
    let action = format!("{path}/actions/{}", actions["items"][0]["id"].as_str().unwrap());
    assert_eq!(actions["items"][0]["words"]["text"], "Passer aux heures de sortie de l’école.");
    let done = json!({"outcome": "done", "evidence": "Fait."});
    super::moved(&who(&house, "julie"), &action, "outcome", &done).expect(200);
    assert_eq!(who(&house, "yves").get(&format!("{path}/actions")).expect(200)["items"], json!([]));
}

#[test]
fn somebody_at_risk_in_one_file_and_accused_in_another_leaks_from_neither() {
    let house = House::estrie();
    let search = json!({"family_name": "Lachance", "birth_date": "1987-11-05"});
    let yves = house.sign_in("yves").for_purpose("service_delivery");
    let look = |yves: &tests::harness::Persona| {
        let mut all = Vec::new();
        for answer in [
            yves.get("/api/v1/files"),
            yves.get(&house.file_path()),
            yves.get("/api/v1/mobilisations"),
            yves.post("/api/v1/search/persons", &search),
        ] {
            let mut body = answer.json();
            body.as_object_mut().unwrap().remove("access_event");
            all.push((answer.status, body.to_string()));
        }
        all
    };
    let before = look(&yves);
    // The man of the scenario is the person at risk of another file, around which his own service is not.
    let amina = who(&house, "amina");
    let (file, ..) = second(&house);
    let him =
        amina.post(&format!("{file}/persons"), &json!({"role": "person_at_risk"})).expect(201)["id"].clone();
    for (field, value) in
        [("family_name", "Lachance"), ("given_name", "Stéphane"), ("birth_date", "1987-11-05")]
    {
        amina
            .post(&format!("{file}/facts"), &json!({"person": him, "field": field, "value": value}))
            .expect(201);
    }
    assert_eq!(before, look(&yves));
    merge(&house, &file, &house.file_path()).expect(201);
    assert_eq!(before, look(&yves));
    let never = "/api/v1/files/01890000-0000-7000-8000-000000000000";
    assert_eq!(
        yves.get(&file).problem(404, "not-found")["detail"],
        yves.get(never).problem(404, "not-found")["detail"]
    );
}
