//! The one table of routes, walked by a stranger and by a wrong agency; and what every route refuses.

use api::{config::SecondFactor, problem::ProblemKind, server::table};
use domain::wording::Lang;
use serde_json::{Value, json};
use tests::harness::{Answer, House, Persona, Plan};

/// Routes anybody may call. This list may only shrink.
const OPEN: &[(&str, &str)] = &[("POST", "/api/v1/session"), ("POST", "/api/v1/session/refresh")];

/// Every route with identifiers of the house put in; a part of the file that does not exist where one is asked.
fn paths(house: &House) -> Vec<(&'static str, String, String)> {
    let file = house.file();
    let known = [
        ("fact", file.facts["f08"]),
        ("person", file.persons["mireille"]),
        ("consent", file.consents["c1"]),
        ("disclosure", file.disclosures["d1"]),
        ("agency", house.loaded.agencies["police-demo"]),
        ("attachment", attachment(house)),
    ];
    let fill = |pattern: &str| {
        let mut path = pattern.to_owned();
        if path.starts_with("/api/v1/files/") {
            path = path.replace("{id}", &file.id.to_string());
        }
        for (name, id) in known {
            path = path.replace(&format!("{{{name}}}"), &id.to_string());
        }
        while let (Some(open), Some(close)) = (path.find('{'), path.find('}')) {
            path.replace_range(open..=close, &house.loaded.users["julie"].to_string());
        }
        path
    };
    table().into_iter().map(|(method, pattern)| (method, fill(&pattern), pattern)).collect()
}

/// One that exists, with its content.
fn attachment(house: &House) -> uuid::Uuid {
    let amina = house.sign_in("amina").for_purpose("safety_planning");
    let path = format!("{}/attachments", house.file_path());
    let new = json!({"person": house.file().persons["mireille"], "category": "violence_history", "name": "Jugement"});
    let id = amina.post(&path, &new).expect(201)["id"].as_str().unwrap().to_owned();
    amina.send("PUT", &format!("{path}/{id}/content"), Some(("text/plain", "Jugement."))).expect(200);
    id.parse().unwrap()
}

fn call(persona: &Persona, method: &str, path: &str) -> Answer {
    match method {
        "GET" | "DELETE" => persona.send(method, path, None),
        _ => persona.send(method, path, Some(("application/json", "{}"))),
    }
}

#[test]
fn a_stranger_is_asked_who_she_is_on_every_route() {
    let house = House::estrie();
    let stranger = house.stranger().for_purpose("safety_planning");
    let mut walked = 0;
    for (method, path, pattern) in paths(&house) {
        walked += 1;
        let answer = call(&stranger, method, &path);
        if answer.status != 401 {
            let open = OPEN.contains(&(method, pattern.as_str()))
                || pattern.contains("enrolment")
                || pattern.contains("password-reset")
                || pattern.starts_with("/api/v1/session/passkey");
            assert!(open, "{method} {pattern} answered {} to a stranger", answer.status);
            assert!(answer.status >= 400, "{method} {pattern}");
            continue;
        }
        answer.problem(401, "unauthenticated");
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    }
    assert!(walked >= 30, "only {walked} routes in the table");
}

#[test]
fn to_a_wrong_agency_every_route_of_a_file_is_one_that_never_existed() {
    let house = House::estrie();
    // Dominic is a respondent of another cell; Éric is recused; both send what each route would take.
    for key in ["dominic", "eric"] {
        let persona = house.sign_in(key).for_purpose("safety_planning");
        let mut walked = 0;
        for (method, path, pattern) in paths(&house) {
            if !pattern.starts_with("/api/v1/files/{id}") {
                continue;
            }
            walked += 1;
            let query = if pattern.ends_with("/explain") {
                format!("?person={}&field=address", house.file().persons["leo"])
            } else if pattern.ends_with("/trend") {
                format!("?person={}&instrument=cir-generique", house.file().persons["leo"])
            } else if pattern.ends_with("/comparison") {
                format!("?with={}", house.loaded.users["julie"])
            } else if pattern.ends_with("/paper") {
                "?format=html".into()
            } else {
                String::new()
            };
            let real = call(&persona, method, &format!("{path}{query}"));
            let never = path.replace(&house.file().id.to_string(), "01890000-0000-7000-8000-000000000000");
            let never = call(&persona, method, &format!("{never}{query}"));
            let same = |answer: &Answer| {
                let mut body = answer.json();
                body["instance"] = Value::Null;
                let mut headers = answer.headers.clone();
                headers.retain(|(name, _)| name != "date");
                headers.sort();
                (answer.status, body, headers)
            };
            assert_eq!(same(&real), same(&never), "{method} {pattern} for {key}");
            real.problem(404, "not-found");
        }
        assert!(walked >= 20, "only {walked} routes of a file");
        let listed = persona.get("/api/v1/files").expect(200);
        assert_eq!(listed["items"], json!([]), "{key}");
    }
}

#[test]
fn an_unknown_route_and_a_wrong_method_are_problems_too() {
    let house = House::estrie();
    let amina = house.sign_in("amina");
    amina.get("/api/v1/nothing").problem(404, "not-found");
    amina.get("/nothing").problem(404, "not-found");
    let wrong = amina.send("PUT", &house.file_path(), Some(("application/json", "{}")));
    wrong.problem(405, "method-not-allowed");
    assert_eq!(wrong.header("allow"), Some("GET"));
}

#[test]
fn refusals_come_in_their_order() {
    let house = House::estrie();
    let path = format!("{}/facts", house.file_path());
    let nonsense = json!({"nonsense": true});
    // 401, then 400, then 404, then 403, then 422.
    house.stranger().post(&path, &nonsense).problem(401, "unauthenticated");
    house.sign_in("amina").post(&path, &nonsense).problem(400, "purpose-required");
    house.sign_in("amina").for_purpose("curiosity").post(&path, &nonsense).problem(400, "purpose-required");
    house.sign_in("amina").for_purpose("case_review").post(&path, &nonsense).problem(400, "purpose-required");
    house.sign_in("dominic").for_purpose("safety_planning").post(&path, &nonsense).problem(404, "not-found");
    house
        .sign_in("pascal")
        .for_purpose("safety_planning")
        .post(&path, &nonsense)
        .problem(403, "not-permitted");
    let refused =
        house.sign_in("amina").for_purpose("safety_planning").post(&path, &nonsense).problem(422, "invalid");
    assert_eq!(refused["errors"][0]["pointer"], "/nonsense");
    assert_eq!(refused["errors"][0]["code"], "unknown_member");
    let closure = format!("{}/closure", house.file_path());
    let karine = house.sign_in("karine").for_purpose("safety_planning");
    karine.post(&closure, &nonsense).problem(422, "invalid");
    karine.post(&closure, &json!({})).problem(428, "precondition-required");
}

#[test]
fn bad_input_is_named_and_never_repeated() {
    let house = House::estrie();
    let amina = house.sign_in("amina").for_purpose("safety_planning");
    let path = format!("{}/facts", house.file_path());
    let fact = |field: &str, value: Value| json!({"person": house.file().persons["mireille"], "field": field, "value": value});
    let canary = "canari-7f3a";
    for (body, pointer) in [
        (fact("no_such_field", json!(canary)), "/field"),
        (fact("birth_date", json!(canary)), "/value"),
        (fact("birth_date", json!("2026-02-30")), "/value"),
        (fact("strangulation", json!(canary)), "/value"),
        (fact("risk_level", json!(canary)), "/value"),
        (fact("safe_phone", json!(canary)), "/value"),
        (fact("incident", json!("  ")), "/value"),
        (fact("incident", json!(format!("{canary}\u{0}"))), "/value"),
        (fact("incident", json!(format!("{canary}\u{202e}"))), "/value"),
        (fact("incident", json!(canary.repeat(2_000))), "/value"),
        (json!({"person": house.loaded.users["amina"], "field": "incident", "value": canary}), "/person"),
        (json!({"person": canary, "field": "incident", "value": canary}), "/person"),
        (json!({"field": "incident", "value": canary}), "/person"),
    ] {
        let answer = amina.post(&path, &body);
        let refused = answer.problem(422, "invalid");
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{}", answer.text);
        assert!(!answer.text.contains("canari"), "{}", answer.text);
    }
    amina
        .send("POST", &path, Some(("application/json", "{\"person\": canari")))
        .problem(400, "malformed-body");
    amina.send("POST", &path, Some(("text/plain", "canari"))).problem(415, "unsupported-media-type");
    let huge = format!("{{\"value\": \"{}\"}}", "a".repeat(1_100_000));
    amina.send("POST", &path, Some(("application/json", &huge))).problem(413, "payload-too-large");
    amina.get("/api/v1/files?order=name").problem(400, "bad-query");
    amina.get("/api/v1/files?limit=101").problem(400, "bad-query");
    amina.get("/api/v1/files?cursor=canari").problem(400, "bad-query");
    let english = amina
        .with("Accept-Language", "en-CA,fr;q=0.5")
        .get("/api/v1/files?limit=0")
        .problem(400, "bad-query");
    assert_eq!(english["title"], "Query to correct");
}

#[test]
fn a_list_continues_where_it_stopped_and_counts_nothing_else() {
    let house = House::estrie();
    let amina = house.sign_in("amina").for_purpose("safety_planning");
    for _ in 0..5 {
        amina.post("/api/v1/files", &json!({"cell": house.loaded.cells["estrie"]})).expect(201);
    }
    let mut seen = Vec::new();
    let mut path = "/api/v1/files?limit=2".to_owned();
    loop {
        let page = amina.get(&path);
        let body = page.expect(200);
        seen.extend(body["items"].as_array().unwrap().iter().map(|file| file["id"].clone()));
        let Some(next) = body["next"].as_str() else {
            assert_eq!(page.header("link"), None);
            break;
        };
        assert_eq!(
            page.header("link").unwrap(),
            format!("</api/v1/files?limit=2&cursor={next}>; rel=\"next\"")
        );
        path = format!("/api/v1/files?limit=2&cursor={next}");
    }
    assert_eq!(seen.len(), 6);
    let mut unique = seen.clone();
    unique.sort_by_key(Value::to_string);
    unique.dedup();
    assert_eq!(unique.len(), 6);
}

#[test]
fn the_list_holds_exactly_the_files_a_read_would_open() {
    let house = House::estrie();
    for key in ["karine", "marc", "amina", "sofia", "yves", "eric", "dominic", "rose", "thomas", "nadia"] {
        for purpose in ["risk_appraisal", "service_delivery", "case_review"] {
            let persona = house.sign_in(key).for_purpose(purpose);
            let listed = persona.get("/api/v1/files").expect(200)["items"].as_array().unwrap().len();
            let readable = usize::from(persona.get(&house.file_path()).status == 200);
            assert_eq!(listed, readable, "{key} for {purpose}");
        }
    }
}

#[test]
fn whoever_asks_too_often_is_told_when_to_come_back() {
    let house = House::build(Plan {
        settings: |config| {
            config.demo = false;
            config.public_url = "https://filet.example".into();
            config.second_factor = SecondFactor::Optional;
        },
        ..Plan::default()
    });
    let guess = json!({"email": "personne@nulle-part.example", "password": "une phrase au hasard"});
    // All at once: one after the other, a slow machine gives each its turn.
    let answers: Vec<Answer> = std::thread::scope(|scope| {
        let asked: Vec<_> =
            (0..40).map(|_| scope.spawn(|| house.stranger().post("/api/v1/session", &guess))).collect();
        asked.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let limited = answers.iter().find(|answer| answer.status == 429).expect("no limit");
    limited.problem(429, "too-many-requests");
    assert!(limited.header("retry-after").unwrap().parse::<u32>().unwrap() >= 1);
}

#[test]
fn every_type_of_problem_has_its_page_in_both_languages() {
    let house = House::estrie();
    for (tag, lang) in [("fr", Lang::Fr), ("en", Lang::En)] {
        let reader = house.stranger().with("Accept-Language", tag);
        let list = reader.get("/problems");
        assert_eq!(list.status, 200);
        for kind in ProblemKind::ALL {
            assert!(list.text.contains(kind.uri()), "{tag}: {}", kind.uri());
            let page = reader.get(kind.uri());
            assert_eq!(page.status, 200, "{}", kind.uri());
            assert!(page.text.contains(kind.title(lang)), "{tag}: {}", kind.uri());
        }
    }
}
