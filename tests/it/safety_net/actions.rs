//! Actions: who answers for them, who may know of them, and how they end.

use api::server::table;
use serde_json::{Value, json};
use tests::harness::{Answer, House};

use super::{agreed, at_work, deliver, moved, patrol, person, told, who};

#[test]
fn the_frame_is_known_to_who_answers_and_coordinates_and_its_words_pass_the_gate() {
    let house = House::estrie();
    let path = at_work(&house);
    let action = agreed(&house, &path, &patrol(&house));
    // Consent names the police for safety plans, in planning safety: frame, details and words.
    let seen = who(&house, "julie").get(&action).expect(200);
    assert_eq!(seen["kind"], "patrol");
    assert_eq!(seen["words"]["text"], "Passer aux heures de sortie de l’école.");
    assert_eq!(seen["words"]["must_not"], "Ne pas sonner à la porte.");
    assert_eq!(seen["details"]["must_not"], json!(["no_voicemail"]));
    assert_eq!(seen["protects"], json!([person(&house, "mireille")]));
    // For another purpose the consent says nothing: what the agency answers for stays, the words go.
    let serving = house.sign_in("julie").for_purpose("service_delivery").get(&action).expect(200);
    assert_eq!(serving["details"]["must_not"], json!(["no_voicemail"]));
    assert!(serving.get("words").is_none());
    // Others of the circle: whom the gate would show a safety plan, and nobody else.
    for key in ["thomas", "nadia", "rose"] {
        assert_eq!(who(&house, key).get(&action).expect(200)["words"], seen["words"], "{key}");
        let list = who(&house, key).get(&format!("{path}/actions")).expect(200);
        assert_eq!(list["items"].as_array().unwrap().len(), 1, "{key}");
        house.sign_in(key).for_purpose("service_delivery").get(&action).problem(404, "not-found");
    }
    for key in ["amina", "louise", "yves"] {
        who(&house, key).get(&action).problem(404, "not-found");
        assert_eq!(who(&house, key).get(&format!("{path}/actions")).expect(200)["items"], json!([]), "{key}");
    }
    for key in ["eric", "dominic", "sofia"] {
        who(&house, key).get(&action).problem(404, "not-found");
        who(&house, key).get(&format!("{path}/actions")).problem(404, "not-found");
    }
}

#[test]
fn the_mens_service_watches_over_the_alleged_aggressor_and_learns_nothing_of_the_others_net() {
    let house = House::estrie();
    let path = at_work(&house);
    let patrol = agreed(&house, &path, &patrol(&house));
    let watch = json!({"kind": "suicide_watch", "owner_agency": house.loaded.agencies["conjoints-demo"],
        "owner": house.loaded.users["yves"], "protects": [person(&house, "stephane")],
        "due_at": "2026-11-22T20:00:00Z", "text": "L’appeler ce soir.", "if_it_fails": ["call_911"]});
    let made = who(&house, "yves").post(&format!("{path}/actions"), &watch).expect(201);
    let watch = made["href"].as_str().unwrap();
    assert_eq!(who(&house, "yves").get(watch).expect(200)["words"]["text"], "L’appeler ce soir.");
    // The coordination knows that somebody watches, until when, and over whom; nothing shows it the words.
    let seen = who(&house, "karine").get(watch).expect(200);
    assert_eq!((&seen["kind"], &seen["status"]), (&json!("suicide_watch"), &json!("agreed")));
    for hidden in ["words", "details"] {
        assert!(seen.get(hidden).is_none(), "{hidden}");
    }
    for key in ["julie", "amina", "thomas", "rose"] {
        who(&house, key).get(watch).problem(404, "not-found");
    }
    let list = who(&house, "yves").get(&format!("{path}/actions")).expect(200);
    let items = list["items"].as_array().unwrap();
    assert_eq!(items.len(), 1);
    assert!(!list.to_string().contains(patrol.rsplit('/').next().unwrap()));
    // Nor may an agency that knows of no action act on one.
    let refused = moved(&who(&house, "yves"), &patrol, "start", &json!({}));
    let never = format!("{path}/actions/01890000-0000-7000-8000-000000000000/start");
    let absent = who(&house, "yves").with("If-Match", "\"none\"").post(&never, &json!({}));
    assert_eq!(refused.problem(404, "not-found")["detail"], absent.problem(404, "not-found")["detail"]);
}

#[test]
fn one_agency_one_person_an_hour_and_somebody_it_protects() {
    let house = House::estrie();
    let path = format!("{}/actions", at_work(&house));
    let karine = who(&house, "karine");
    let with = |member: &str, value: Value| {
        let mut action = patrol(&house);
        action[member] = value;
        action
    };
    let users = &house.loaded.users;
    for (wrong, pointer, code) in [
        (with("kind", json!("surveillance")), "/kind", "unknown_code"),
        (
            with("owner_agency", json!(house.loaded.agencies["aide-victimes-demo"])),
            "/owner_agency",
            "unknown_reference",
        ),
        (with("owner_agency", json!(users["julie"])), "/owner_agency", "unknown_reference"),
        (with("owner", json!(users["thomas"])), "/owner", "unknown_reference"),
        // Recused on the file: answered like an account that does not exist.
        (with("owner", json!(users["eric"])), "/owner", "unknown_reference"),
        (with("owner", json!(house.file().id)), "/owner", "unknown_reference"),
        (with("protects", json!([])), "/protects", "empty_list"),
        (with("protects", json!([users["julie"]])), "/protects/0", "unknown_reference"),
        (with("protects", json!([person(&house, "leo"), person(&house, "leo")])), "/protects/1", "duplicate"),
        (with("due_at", json!("2026-11-22T15:00:00Z")), "/due_at", "in_the_past"),
        (with("due_at", Value::Null), "/due_at", "wrong_type"),
        (with("text", json!("  ")), "/text", "blank"),
        (with("must_not", json!(["no_such"])), "/must_not/0", "unknown_code"),
        (with("note", json!("x")), "/note", "unknown_member"),
    ] {
        let answer = karine.post(&path, &wrong).problem(422, "invalid");
        assert_eq!(
            (&answer["errors"][0]["pointer"], &answer["errors"][0]["code"]),
            (&json!(pointer), &json!(code))
        );
    }
    let mut elsewhere = with("owner_agency", json!(house.loaded.agencies["sante-demo"]));
    elsewhere["owner"] = json!(users["pascal"]);
    let answer = karine.post(&path, &elsewhere).problem(422, "invalid");
    assert_eq!(answer["errors"][0]["pointer"], "/owner", "a privacy officer does not work on cases");
    // A worker agrees on nothing; a respondent for the own agency only.
    who(&house, "julie").post(&path, &patrol(&house)).problem(403, "not-permitted");
    who(&house, "thomas").post(&path, &patrol(&house)).problem(403, "not-permitted");
    who(&house, "marc").post(&path, &patrol(&house)).expect(201);
}

#[test]
fn a_person_vaulted_away_from_an_agency_is_not_put_in_its_hands_nor_given_away_by_the_kind() {
    let house = House::estrie();
    let path = at_work(&house);
    let louise = who(&house, "louise");
    let add = |vault: Value| {
        let new = json!({"role": "new_partner", "vault": vault});
        louise.post(&format!("{}/persons", house.file_path()), &new).expect(201)["id"].clone()
    };
    let shared = add(json!([house.loaded.agencies["coordination-demo"]]));
    let own = add(json!([]));
    let mut action = patrol(&house);
    action["protects"] = json!([person(&house, "mireille"), shared]);
    let refused = who(&house, "karine").post(&format!("{path}/actions"), &action).problem(422, "invalid");
    assert_eq!(refused["errors"][0]["code"], "vaulted");
    assert_eq!(refused["errors"][0]["pointer"], "/protects/1");
    // To the coordination, whom the vault does not name, this person is not on the file.
    action["protects"] = json!([own]);
    let refused = who(&house, "karine").post(&format!("{path}/actions"), &action).problem(422, "invalid");
    assert_eq!(refused["errors"][0]["code"], "unknown_reference");
    let contact = json!({"kind": "contact_new_partner", "owner_agency": house.loaded.agencies["hebergement-demo"],
        "owner": house.loaded.users["amina"], "protects": [own], "due_at": "2026-11-23T15:00:00Z",
        "text": "La joindre au travail."});
    let made = louise.post(&format!("{path}/actions"), &contact).expect(201);
    let action = made["href"].as_str().unwrap();
    assert_eq!(who(&house, "amina").get(action).expect(200)["kind"], "contact_new_partner");
    let seen = who(&house, "karine").get(action).expect(200);
    assert_eq!((&seen["kind"], &seen["protects"]), (&Value::Null, &json!([])));
    assert_eq!(seen["owner_agency"], json!(house.loaded.agencies["hebergement-demo"]));
    for hidden in [own.as_str().unwrap(), "new_partner", "travail"] {
        assert!(!seen.to_string().contains(hidden), "{hidden}");
    }
    who(&house, "thomas").get(action).problem(404, "not-found");
    // Nor is it handed to an agency that may not know of whom it protects.
    let police =
        json!({"owner_agency": house.loaded.agencies["police-demo"], "owner": house.loaded.users["julie"]});
    let refused = moved(&who(&house, "karine"), action, "owner", &police).problem(422, "invalid");
    assert_eq!(refused["errors"][0]["code"], "vaulted");
}

#[test]
fn an_action_goes_on_to_an_end_and_does_not_begin_again() {
    let house = House::estrie();
    let path = at_work(&house);
    let action = agreed(&house, &path, &patrol(&house));
    let julie = who(&house, "julie");
    julie.post(&format!("{action}/start"), &json!({})).problem(428, "precondition-required");
    julie
        .with("If-Match", "\"old\"")
        .post(&format!("{action}/start"), &json!({}))
        .problem(412, "precondition-failed");
    moved(&who(&house, "thomas"), &action, "start", &json!({})).problem(403, "not-permitted");
    assert_eq!(moved(&julie, &action, "start", &json!({})).expect(200)["status"], "under_way");
    let bare = moved(&julie, &action, "outcome", &json!({"outcome": "impossible"})).problem(422, "invalid");
    assert_eq!(bare["errors"][0]["pointer"], "/reasons");
    let done = json!({"outcome": "done", "reasons": ["done_as_agreed"], "evidence": "Trois passages, rien à signaler."});
    assert_eq!(moved(&julie, &action, "outcome", &done).expect(200)["status"], "done");
    let seen = who(&house, "thomas").get(&action).expect(200);
    assert_eq!(seen["evidence"], "Trois passages, rien à signaler.");
    assert_eq!(seen["ended_at"], "2026-11-22T15:00:00Z");
    let moves: Vec<&str> = seen["details"]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["move"].as_str().unwrap())
        .collect();
    assert_eq!(moves, ["agree", "start", "finish"]);
    for (step, body) in [("start", json!({})), ("outcome", done)] {
        assert_eq!(super::code(&moved(&julie, &action, step, &body)), "action_over");
    }
    let off = json!({"reasons": ["no_longer_needed"]});
    moved(&julie, &action, "cancellation", &off).problem(403, "not-permitted");
    assert_eq!(super::code(&moved(&who(&house, "karine"), &action, "cancellation", &off)), "action_over");
}

#[test]
fn an_action_is_entrusted_put_off_and_called_off_by_who_may() {
    let house = House::estrie();
    let path = at_work(&house);
    let action = agreed(&house, &path, &patrol(&house));
    deliver(&house);
    assert_eq!(told(&house, "julie", "mobilisation.action_agreed"), 1);
    let (karine, marc) = (who(&house, "karine"), who(&house, "marc"));
    let to = |agency: &str, user: &str| json!({"owner_agency": house.loaded.agencies[agency], "owner": house.loaded.users[user], "reasons": ["staff_absent"]});
    moved(&who(&house, "julie"), &action, "owner", &to("police-demo", "marc")).problem(403, "not-permitted");
    moved(&marc, &action, "owner", &to("sante-demo", "thomas")).problem(403, "not-permitted");
    let recused = moved(&marc, &action, "owner", &to("police-demo", "eric")).problem(422, "invalid");
    assert_eq!(recused["errors"][0]["code"], "unknown_reference");
    moved(&marc, &action, "owner", &to("police-demo", "marc")).expect(200);
    moved(&karine, &action, "owner", &to("sante-demo", "thomas")).expect(200);
    let seen = who(&house, "thomas").get(&action).expect(200);
    assert_eq!(seen["owner"], json!(house.loaded.users["thomas"]));
    moved(&marc, &action, "due", &json!({"due_at": "2026-11-24T15:00:00Z", "reasons": ["awaiting_other"]}))
        .problem(403, "not-permitted");
    let thomas = who(&house, "thomas");
    for (due, pointer) in [("2026-11-22T14:00:00Z", "/due_at"), ("2026-11-24T15:00:00Z", "/reasons")] {
        let reasons = if pointer == "/reasons" { json!([]) } else { json!(["awaiting_other"]) };
        let refused = moved(&thomas, &action, "due", &json!({"due_at": due, "reasons": reasons}));
        assert_eq!(refused.problem(422, "invalid")["errors"][0]["pointer"], pointer);
    }
    let later = json!({"due_at": "2026-11-24T15:00:00Z", "reasons": ["awaiting_other"]});
    assert_eq!(moved(&thomas, &action, "due", &later).expect(200)["due_at"], "2026-11-24T15:00:00Z");
    moved(&thomas, &action, "cancellation", &json!({"reasons": ["situation_changed"]})).expect(200);
    assert_eq!(karine.get(&action).expect(200)["status"], "cancelled");
}

#[test]
fn who_was_told_is_kept_with_the_channel_and_no_number() {
    let house = House::estrie();
    let path = at_work(&house);
    let action = agreed(&house, &path, &patrol(&house));
    let julie = who(&house, "julie");
    let say = |who: Value, channel: &str| json!({"person": who, "channel": channel});
    let told = format!("{action}/told");
    for (body, pointer) in [
        (say(person(&house, "mireille"), "819-555-0142"), "/channel"),
        (say(person(&house, "stephane"), "in_person"), "/person"),
        (
            json!({"person": person(&house, "mireille"), "channel": "in_person", "at": "2026-11-22T15:00:01Z"}),
            "/at",
        ),
    ] {
        let refused = julie.post(&told, &body).problem(422, "invalid");
        assert_eq!(refused["errors"][0]["pointer"], pointer);
        assert!(!refused.to_string().contains("0142"));
    }
    julie.post(&told, &say(person(&house, "mireille"), "safe_phone")).expect(201);
    let seen = who(&house, "karine").get(&action).expect(200);
    assert_eq!(seen["details"]["told"][0]["person"], person(&house, "mireille"));
    assert_eq!(seen["details"]["told"][0]["user"], json!(house.loaded.users["julie"]));
    assert_eq!(seen["details"]["told"][0]["channel"], "safe_phone");
}

/// The kinds of messages a persona has about actions, oldest first.
fn told_of_actions(house: &House, key: &str) -> Vec<String> {
    let inbox = house.sign_in(key).get("/api/v1/me/inbox").expect(200);
    let kinds = inbox["items"].as_array().unwrap().iter().rev().map(|item| item["kind"].as_str().unwrap());
    kinds.filter(|kind| kind.ends_with("_due") || kind.ends_with("overdue")).map(str::to_owned).collect()
}

#[test]
fn what_is_due_is_told_once_a_day_ahead_and_once_overdue_and_never_to_a_recused_person() {
    let house = House::estrie();
    let path = at_work(&house);
    let action = agreed(&house, &path, &patrol(&house));
    let round_at = |now: &str| {
        let clock = authz::clock::Clock::Frozen(now.parse().unwrap());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(domain::jobs::round(&house.database.url, Some("filet_app"), clock)).unwrap();
    };
    assert_eq!(who(&house, "julie").get(&action).expect(200)["overdue"], false);
    house.database.run(
        "update safety_action set due_at = '2026-11-23T20:00:00Z'; update mobilisation set due_at = null",
    );
    round_at("2026-11-22T19:59:59Z");
    assert_eq!(told_of_actions(&house, "julie"), [""; 0]);
    for _ in 0..2 {
        round_at("2026-11-22T20:00:00Z");
        assert_eq!(told_of_actions(&house, "julie"), ["mobilisation.action_due"]);
        assert_eq!(told_of_actions(&house, "karine"), [""; 0]);
    }
    for _ in 0..2 {
        round_at("2026-11-23T20:00:00Z");
        assert_eq!(
            told_of_actions(&house, "julie"),
            ["mobilisation.action_due", "mobilisation.action_overdue"]
        );
        assert_eq!(told_of_actions(&house, "karine"), ["mobilisation.action_overdue"]);
    }
    // A later hour is a new one; whoever is recused meanwhile is not told of it.
    house.database.run("update safety_action set due_at = '2026-11-24T20:00:00Z'");
    let recusal = json!({"user": house.loaded.users["julie"]});
    who(&house, "karine").post(&format!("{}/recusals", house.file_path()), &recusal).expect(201);
    round_at("2026-11-25T20:00:00Z");
    assert_eq!(told_of_actions(&house, "julie"), [""; 0], "nor does she see what she was told before");
    assert_eq!(told_of_actions(&house, "karine").len(), 2);
    house.database.run("update safety_action set due_at = '2026-11-22T15:00:00Z'");
    assert_eq!(who(&house, "marc").get(&action).expect(200)["overdue"], true);
    moved(&who(&house, "marc"), &action, "outcome", &json!({"outcome": "done"})).expect(200);
    assert_eq!(who(&house, "marc").get(&action).expect(200)["overdue"], false);
    round_at("2026-11-26T20:00:00Z");
    assert_eq!(told_of_actions(&house, "karine").len(), 2);
}

#[test]
fn a_step_of_a_mobilisation_that_is_overdue_is_told_to_the_coordination_once() {
    let house = House::estrie();
    at_work(&house);
    house.database.run("update mobilisation set due_at = '2026-11-22T16:00:00Z'");
    for _ in 0..2 {
        let clock = authz::clock::Clock::Frozen("2026-11-22T16:00:00Z".parse().unwrap());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(domain::jobs::round(&house.database.url, Some("filet_app"), clock)).unwrap();
        assert_eq!(told_of_actions(&house, "karine"), ["mobilisation.overdue"]);
        assert_eq!(told_of_actions(&house, "julie"), [""; 0]);
    }
}

#[test]
fn what_nobody_was_told_of_is_found_by_its_index_among_twenty_thousand() {
    let house = House::estrie();
    let path = at_work(&house);
    agreed(&house, &path, &patrol(&house));
    house.database.run(
        "create function plan_of(asked text) returns text language plpgsql as $$
         declare line text; lines text := ''; begin
           for line in execute 'explain ' || asked loop lines := lines || line || chr(10); end loop;
           return lines;
         end $$;
         insert into safety_action (id, mobilisation_id, cell_id, file_id, kind, owner_agency, owner_account, protects,
             written_by, written_agency, written_at, due_at, soon_told_for, overdue_told_for)
           select gen_random_uuid(), mobilisation_id, cell_id, file_id, kind, owner_agency, owner_account, protects,
             written_by, written_agency, written_at, due_at, due_at, due_at
           from safety_action, generate_series(1, 20000);
         insert into mobilisation (id, cell_id, reference, brought_by, opened_at, due_at, overdue_told_for)
           select gen_random_uuid(), cell_id, 'M-' || n, brought_by, opened_at, now(), now()
           from mobilisation, generate_series(1, 20000) n;
         analyze safety_action; analyze mobilisation;",
    );
    for (statement, index) in [
        (domain::jobs::SOON, "safety_action_soon_idx"),
        (domain::jobs::OVERDUE, "safety_action_overdue_idx"),
        (domain::jobs::LATE, "mobilisation_overdue_idx"),
    ] {
        let statement = statement.replace("$1", "now()").replace("$2", "100").replace('\'', "''");
        let plan = house.database.ask(&format!("plan_of('{statement}')"));
        assert!(plan.contains(index), "{plan}");
    }
}

#[test]
fn to_a_wrong_agency_every_route_of_a_mobilisation_is_one_that_never_existed() {
    let house = House::estrie();
    let path = at_work(&house);
    let action = agreed(&house, &path, &patrol(&house));
    let (real, real_action) = (path.rsplit('/').next().unwrap(), action.rsplit('/').next().unwrap());
    let never = "01890000-0000-7000-8000-000000000000";
    for key in ["dominic", "eric", "sofia"] {
        let persona = who(&house, key);
        let mut walked = 0;
        for (method, pattern) in table() {
            if !pattern.starts_with("/api/v1/mobilisations/{id}") {
                continue;
            }
            walked += 1;
            let call = |id: &str, action: &str| {
                let path = pattern.replace("{id}", id).replace("{action}", action);
                let path = if path.ends_with("/paper") { path + "?format=html" } else { path };
                let body = (method != "GET").then_some(("application/json", "{}"));
                persona.send(method, &path, body)
            };
            let same = |answer: &Answer| {
                let mut body = answer.json();
                body["instance"] = Value::Null;
                (answer.status, body)
            };
            let (one, other) = (call(real, real_action), call(never, never));
            assert_eq!(same(&one), same(&other), "{method} {pattern} for {key}");
            one.problem(404, "not-found");
        }
        assert!(walked >= 20, "only {walked} routes of a mobilisation");
    }
}
