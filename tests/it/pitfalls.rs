//! The pitfalls of this work, each held by a test of its own name.
//!
//! Told here: what the cell did not retain (5), an emergency with nobody to approve (6), a parent who threatens (7),
//! one person in two situations (9), what the alleged aggressor could learn (10).
//!
//! Told elsewhere: a score decides nothing (1, `appraisals`), unknown is never no (2, `instruments`), twelve months
//! to the day (3, `safety_net::repeats`), substitutes and quorum (4, `meetings::table`, `mobilisation`), birthdays
//! (8, `gate_sentences::consents`, `own_scenarios`), leaving a page (11, `pages::frame`, `browser/leaving`; there is
//! no conversation to erase yet), counts that name nobody (12, `statistics`), the wording of the day (13, `law` in
//! the domain), clocks that change (14, `meetings::convening`, `safety_net::follow_up`).

use authz::clock::Clock;
use domain::jobs::round;
use serde_json::{Value, json};
use tests::harness::{ESTRIE_NOW, House, Persona, Served};

use crate::safety_net::{agreed, at_work, patrol};

fn who(house: &House, key: &str) -> Persona {
    house.sign_in(key).for_purpose("safety_planning")
}

fn person(house: &House, key: &str) -> Value {
    json!(house.file().persons[key])
}

fn deliver(house: &House) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let clock = Clock::Frozen(ESTRIE_NOW.parse().unwrap());
    runtime.block_on(round(&house.database.url, Some("filet_app"), clock)).unwrap();
}

/// All that somebody gets at these doors, but for the row each reading is recorded under.
fn seen(persona: &Persona, doors: &[String]) -> Vec<(u16, Value, Option<String>)> {
    let read = |door: &String| {
        let answer = persona.get(door);
        let mut body = answer.json();
        body["access_event"] = Value::Null;
        (answer.status, body, answer.header("etag").map(str::to_owned))
    };
    doors.iter().map(read).collect()
}

fn named(persona: &Persona, body: &Value) -> Value {
    persona.post("/api/v1/search/persons", body).expect(200)["items"].clone()
}

#[test]
fn a_consultation_not_retained_leaves_nothing_that_identifies_in_any_table_the_log_or_the_search() {
    let house = House::estrie();
    let (amina, louise, karine) = (who(&house, "amina"), who(&house, "louise"), who(&house, "karine"));
    let new = json!({"cell": house.loaded.cells["estrie"], "own_reference": "Zq-chambre"});
    let path = amina.post("/api/v1/mobilisations", &new).expect(201)["href"].as_str().unwrap().to_owned();
    let codes = json!({"age_band": "65_over", "region": "05", "factors": ["stalking"], "level": "immediate"});
    amina.post(&format!("{path}/appraisal"), &codes).expect(200);
    louise.post(&format!("{path}/consultation"), &json!({})).expect(200);
    // A name has no place in it, and a try leaves none.
    let name = json!({"age_band": "65_over", "region": "05", "factors": ["Zq-nom"], "level": "watch"});
    amina.post(&format!("{path}/appraisal"), &name).problem(422, "invalid");
    karine.post(&format!("{path}/analysis"), &json!({})).expect(200);
    let opinion = json!({"opinion": "dismiss", "reasons": ["services_suffice"]});
    for key in ["marc", "louise", "thomas"] {
        who(&house, key).post(&format!("{path}/opinions"), &opinion).expect(200);
    }
    house.database.run(
        "create function traces(sought text) returns text language plpgsql as $$
         declare t record; n bigint; found text := ''; begin
           for t in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') loop
             execute format('select count(*) from %I r where r::text like %L', t.relname, '%' || sought || '%') into n;
             if n > 0 then found := found || ' ' || t.relname; end if;
           end loop;
           return found;
         end $$",
    );
    let traces = |sought: &str| house.database.ask(&format!("select traces('{sought}')"));
    assert_eq!(traces("Zq-chambre"), " mobilisation", "while it is before the committee");
    let indexed = house.database.ask("select count(*) from name_token");
    let decision = json!({"decision": "not_retained", "reasons": ["threshold_not_met"]});
    karine.post(&format!("{path}/decision"), &decision).expect(200);
    deliver(&house);
    for sought in ["Zq-", "65_over", "stalking"] {
        assert_eq!(traces(sought), "", "{sought}");
    }
    // The log says that somebody acted on it, and names no file and no field.
    let id = path.rsplit('/').next().unwrap();
    let about = format!("from access_event e where e::text like '%{id}%'");
    assert_ne!(house.database.ask(&format!("select count(*) {about}")), "0");
    assert_eq!(house.database.ask(&format!("select count(*) {about} and file is not null")), "0");
    assert_eq!(house.database.ask("select count(*) from name_token"), indexed);
    assert_eq!(house.database.ask("select count(*) from attachment_content"), "0");
}

#[test]
fn an_act_made_with_nobody_to_approve_it_counts_at_once_and_a_record_that_comes_late_says_so() {
    let house = House::estrie();
    let path = format!("{}/disclosures", house.file_path());
    // Marc is alone: no coordinator, no approver, no record yet.
    let act = json!({"items": [{"fact": house.file().facts["f07"]}], "basis_code": "QC_A21_59_1",
        "recipients": [{"agency": house.loaded.agencies["hebergement-demo"], "capacity": "able_to_aid"}],
        "attestations": {"serious_risk": true, "threat": "act_of_violence", "urgency": true, "necessary_only": true}});
    let made = who(&house, "marc").post(&path, &act).expect(201);
    let read = who(&house, "amina").get(&house.file_path()).expect(200).to_string();
    assert!(read.contains("rue de la Démonstration"));
    let record = json!({"exposed": [person(&house, "mireille")], "act_feared": "homicide", "danger": "armes",
        "urgency": "libre", "information": "adresse"});
    let late = Served::at(&house.database.url, &house.keystore_path(), "2026-11-23T15:00:01Z");
    let marc = late.sign_in("marc").for_purpose("safety_planning");
    let kept = format!("{path}/{}/record", made["id"].as_str().unwrap());
    assert_eq!(marc.post(&kept, &record).expect(200)["late"], true);
    let register = marc.get("/api/v1/registers/disclosures").expect(200);
    let entry = register["items"].as_array().unwrap().iter().find(|one| one["id"] == made["id"]).unwrap();
    assert_eq!(entry["register"]["late"], true, "{entry}");
}

#[test]
fn a_parent_who_threatens_cannot_consent_see_or_be_told_not_even_through_the_service_that_hears_him() {
    let house = House::estrie();
    let (amina, karine) = (who(&house, "amina"), who(&house, "karine"));
    let leo = person(&house, "leo");
    // What he signed for his son opens nothing, for no purpose.
    for purpose in ["risk_appraisal", "safety_planning", "service_delivery"] {
        let view = house.sign_in("yves").for_purpose(purpose).get(&house.file_path()).expect(200);
        let persons = view["persons"].as_array().unwrap().iter();
        let son = persons.clone().find(|one| one["id"] == leo).unwrap();
        assert_eq!(son["facts"], json!([]), "{purpose}");
        // Nor does a way to reach anybody: no shared number, no address of theirs.
        let categories =
            persons.flat_map(|one| one["facts"].as_array().unwrap()).map(|fact| &fact["category"]);
        for category in categories {
            assert!(category != "safe_contact" && category != "location", "{purpose}");
        }
    }
    // He cannot sign again, nor refuse in his son's name what the mother allowed.
    for effect in ["permit", "deny"] {
        let signed = json!({"subject": leo, "grantor": {"kind": "parent", "person": person(&house, "stephane")},
            "given_at": ESTRIE_NOW, "form": "verbal", "language": "fra", "limits_explained": true,
            "provisions": [{"effect": effect, "recipients": [house.loaded.agencies["conjoints-demo"]],
                "categories": ["*"], "purposes": ["*"], "sources": ["*"]}]});
        let refused = who(&house, "yves").post(&format!("{}/consents", house.file_path()), &signed);
        refused.problem(422, "invalid");
    }
    // Nobody tells him of a measure that protects his son, and his service gets no message of the mother's change.
    let path = at_work(&house);
    let mut action = patrol(&house);
    action["protects"] = json!([leo]);
    let action = agreed(&house, &path, &action);
    let told = json!({"person": person(&house, "stephane"), "channel": "in_person"});
    let refused = who(&house, "julie").post(&format!("{action}/told"), &told).problem(422, "invalid");
    assert_eq!(refused["errors"][0]["pointer"], "/person");
    deliver(&house);
    let inbox = || who(&house, "yves").get("/api/v1/me/inbox").expect(200)["items"].clone();
    let before = inbox();
    let withdrawal = format!("{}/consents/{}/withdrawal", house.file_path(), house.file().consents["c3"]);
    let consent = amina.get(&format!("{}/consents", house.file_path()));
    let tag = consent.header("etag").unwrap_or("\"none\"").to_owned();
    amina.with("If-Match", &tag).post(&withdrawal, &json!({})).expect(200);
    karine.post(&format!("{path}/plan"), &json!({"text": "Zq-plan"})).expect(200);
    deliver(&house);
    let after = inbox();
    let new: Vec<&Value> =
        after.as_array().unwrap().iter().filter(|one| !before.as_array().unwrap().contains(one)).collect();
    for message in new {
        assert_eq!(message["kind"], "mobilisation.planned", "{message}");
        for hidden in [leo.as_str().unwrap(), "Léo", "Zq-plan"] {
            assert!(!message.to_string().contains(hidden), "{hidden}");
        }
    }
}

#[test]
fn a_person_at_risk_here_and_accused_there_is_found_in_each_file_by_its_own_people_only() {
    let house = House::estrie();
    let (amina, yves) = (who(&house, "amina"), who(&house, "yves"));
    let her = json!({"family_name": "Boisvert", "birth_date": "1991-03-12"});
    let nearly = json!({"given_name": "Mireille", "birth_year": 1991});
    let here = [named(&amina, &her), named(&amina, &nearly)];
    assert_eq!(here[0].as_array().unwrap().len(), 1);
    let doors = ["".to_owned(), "/consents".into(), "/disclosures".into()]
        .map(|rest| format!("{}{rest}", house.file_path()));
    let doors: Vec<String> = doors.into_iter().chain(["/api/v1/files".to_owned()]).collect();
    let before = seen(&amina, &doors);
    // Elsewhere she is the one who is feared: the services for partners hear her of another couple.
    let there = yves.post("/api/v1/files", &json!({"cell": house.loaded.cells["estrie"]})).expect(201);
    let there = format!("/api/v1/files/{}", there["id"].as_str().unwrap());
    let added = yves.post(&format!("{there}/persons"), &json!({"role": "alleged_aggressor"})).expect(201);
    for (field, value) in
        [("given_name", "Mireille"), ("family_name", "Boisvert"), ("birth_date", "1991-03-12")]
    {
        let fact = json!({"person": added["id"], "field": field, "value": value});
        yves.post(&format!("{there}/facts"), &fact).expect(201);
    }
    // To each, one: the other neither among the hits, nor in a count, nor in an error.
    let found = named(&yves, &her);
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!(found[0]["person"], added["id"]);
    assert_eq!([named(&amina, &her), named(&amina, &nearly)], here);
    assert_eq!(seen(&amina, &doors), before);
    let never = format!("/api/v1/files/{}", house.loaded.users["amina"]);
    let refused = |path: &str, rest: &str| {
        let mut body = amina.get(&format!("{path}{rest}")).problem(404, "not-found");
        body["instance"] = Value::Null;
        body
    };
    let asked = format!("/explain?person={}&field=given_name", added["id"].as_str().unwrap());
    for rest in ["", "/consents", &asked] {
        assert_eq!(refused(&there, rest), refused(&never, rest), "{rest}");
    }
    // Her own file does not know her under the other's handle either.
    let crossed = format!("{}{asked}", house.file_path());
    amina.get(&crossed).problem(404, "not-found");
    let fact = json!({"person": added["id"], "field": "given_name", "value": "Mireille"});
    let refused = amina.post(&format!("{}/facts", house.file_path()), &fact).problem(422, "invalid");
    assert_eq!(refused["errors"][0]["code"], "unknown_reference");
}

/// A request by the person to whom a file speaks of as the aggressor is not an operation yet: what could be handed
/// out to him is what his own service reads, is explained and finds in its registers.
#[test]
fn as_nobody_can_ask_for_access_yet_what_the_alleged_aggressors_service_can_read_tells_of_no_cell_no_address_and_nobody_who_spoke()
 {
    let house = House::estrie();
    let (karine, yves) = (who(&house, "karine"), who(&house, "yves"));
    let explained = |persona: &Persona, field: &str| {
        let asked = format!("/explain?person={}&field={field}", house.file().persons["stephane"]);
        let mut body = persona.get(&format!("{}{asked}", house.file_path())).json();
        for own in ["access_event", "field", "instance"] {
            body[own] = Value::Null;
        }
        body
    };
    // What the police know of his weapons is explained like what nobody knows, and nobody is named.
    let known = explained(&yves, "firearm_access");
    assert_eq!(known, explained(&yves, "firearm_licence"));
    for key in house.loaded.agencies.keys() {
        assert!(!known.to_string().contains(&house.loaded.agencies[key].to_string()), "{key}");
    }
    let away = format!("{}/circle/{}/end", house.file_path(), house.loaded.agencies["conjoints-demo"]);
    karine.post(&away, &json!({})).expect(200);
    deliver(&house);
    let doors: Vec<String> =
        ["", "/consents", "/disclosures", "/recusals", "/access-log", "/appraisals", "/attachments"]
            .map(|rest| format!("{}{rest}", house.file_path()))
            .into_iter()
            .chain(
                [
                    "/api/v1/files",
                    "/api/v1/mobilisations",
                    "/api/v1/me/inbox",
                    "/api/v1/me/meetings",
                    "/api/v1/registers/disclosures",
                    "/api/v1/registers/communications",
                    "/api/v1/regions/05/statistics?year=2026",
                ]
                .map(str::to_owned),
            )
            .collect();
    let purposes = ["safety_planning", "service_delivery", "risk_appraisal"];
    let reads = || {
        purposes.map(|purpose| {
            let yves = house.sign_in("yves").for_purpose(purpose);
            let him = json!({"family_name": "Lachance", "birth_date": "1987-11-05"});
            let fields = ["firearm_access", "firearm_licence", "release_conditions", "homicidal_ideation"];
            (seen(&yves, &doors), named(&yves, &him), fields.map(|field| explained(&yves, field)))
        })
    };
    let before = reads();
    let circle = || seen(&who(&house, "thomas"), &doors);
    let before_in_circle = circle();
    // A cell is triggered, meets, protects; the police and the shelter write more of him and of where she is.
    let path = at_work(&house);
    let seat = |agency: &str, person: &str| json!({"agency": house.loaded.agencies[agency], "person": house.loaded.users[person], "capacity": "able_to_aid"});
    let call = json!({"kind": "regular", "starts_at": "2026-11-22T15:00:00Z", "mode": "remote", "participants": [
        seat("police-demo", "marc"), seat("hebergement-demo", "louise"), seat("sante-demo", "thomas"),
        seat("protection-jeunesse-demo", "nadia")]});
    let meeting =
        karine.post(&format!("{path}/meetings"), &call).expect(201)["href"].as_str().unwrap().to_owned();
    karine.post(&format!("{meeting}/opening"), &json!({"undertaking": true})).expect(200);
    let mut watch = patrol(&house);
    watch["meeting"] = json!(meeting.rsplit('/').next().unwrap());
    agreed(&house, &path, &watch);
    for (key, about, field, value) in [
        ("marc", "stephane", "firearm_licence", json!("Révoqué.")),
        ("marc", "stephane", "criminal_record", json!("Deux condamnations.")),
        ("louise", "mireille", "incident", json!("Il l’a suivie.")),
        ("louise", "mireille", "safe_phone", json!("819-555-0188")),
    ] {
        let fact = json!({"person": person(&house, about), "field": field, "value": value});
        who(&house, key).post(&format!("{}/facts", house.file_path()), &fact).expect(201);
    }
    karine.post(&format!("{path}/plan"), &json!({})).expect(200);
    deliver(&house);
    // Not a byte of what his service gets has changed: neither order, count, tag nor error.
    assert_eq!(reads(), before);
    assert_ne!(circle(), before_in_circle, "who is in the circle sees it");
    let all = format!("{before:?}");
    for (what, hidden) in [
        ("her address", "rue de la Démonstration".to_owned()),
        ("her number", "819-555".into()),
        ("who spoke", house.loaded.users["marc"].to_string()),
        ("who spoke", house.loaded.users["amina"].to_string()),
        ("his weapons", "armes longues".into()),
    ] {
        assert!(!all.contains(&hidden), "{what}");
    }
    let view = house.sign_in("yves").for_purpose("safety_planning").get(&house.file_path()).expect(200);
    let persons = view["persons"].as_array().unwrap();
    assert_eq!(persons.len(), 1, "his service knows of him alone");
    let own = json!(house.loaded.agencies["conjoints-demo"]);
    assert!(persons[0]["facts"].as_array().unwrap().iter().all(|fact| fact["source"]["id"] == own));
    assert_eq!(persons[0]["withheld"], json!([]));
    assert_eq!(view["circle"].as_array().unwrap().len(), 1);
}

#[test]
fn references_tell_neither_by_numbers_nor_by_gaps_how_many_files_or_cells_there_are() {
    let house = House::estrie();
    let yves = who(&house, "yves");
    let cell = json!({"cell": house.loaded.cells["estrie"]});
    for path in ["/api/v1/files", "/api/v1/mobilisations"] {
        let ends: Vec<String> = (0..6)
            .map(|_| {
                let made = yves.post(path, &cell).expect(201);
                made["reference"].as_str().unwrap().rsplit('-').next().unwrap().to_owned()
            })
            .collect();
        let mut sorted = ends.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted.len(), ends.len(), "{path}");
        assert_ne!(sorted, ends, "{path}: in the order they were made");
        assert!(ends.iter().all(|end| end.len() >= 6), "{path}: {ends:?}");
    }
}
