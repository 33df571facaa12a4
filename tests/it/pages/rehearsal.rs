//! A change of the ceiling is rehearsed on real files before anybody decides on it: numbers and labels, never a value.

use serde_json::{Value, json};
use tests::harness::{Browser, House};

const ROUTE: &str = "/api/v1/policy/rehearsal";

fn shape(view: &Value) -> Vec<Value> {
    let moves = view["moves"].as_array().unwrap().iter();
    moves.map(|one| json!([one["kind"], one["category"], one["gained"]])).collect()
}

/// The rule by which workers are shown what consent allows, taken away.
fn without_consent() -> Value {
    json!({"row": 1})
}

#[test]
fn the_auditor_takes_a_rule_away_on_paper_and_sees_who_would_lose_what() {
    let house = House::estrie();
    let aline = Browser::signed_in(&house, "aline");
    let page = aline.get("/repetition");
    assert!(
        page.says("Permet") && page.says("Interdit") && page.says("Tous sauf : Notes professionnelles"),
        "{}",
        page.words()
    );
    let form = aline.get("/repetition?regle=1").form("/repetition");
    assert_eq!(form.get("rule/effect"), Some("allow"));
    let result = aline.send(form.with("_how", "remove"));
    assert_eq!(result.status, 200, "{}", result.words());
    assert!(result.says("Ce qui changerait") && result.says("perdrait"), "{}", result.words());
    // Said in sentences first: who, and which things.
    assert!(
        result.says("Personne ne pourrait voir davantage.") && result.says("pourraient voir moins"),
        "{}",
        result.words()
    );
    assert!(result.says("Moins de cinq dossiers") && result.says("Rien n’a été changé."));
    for value in ["Mireille", "819-555-0142", "Boisvert", "Deux armes longues"] {
        assert!(!result.html.contains(value), "{value}");
    }
}

#[test]
fn a_rehearsal_changes_nothing() {
    let house = House::estrie();
    let marc = house.sign_in("marc").for_purpose("safety_planning");
    let before = marc.get(&house.file_path()).expect(200)["persons"].clone();
    let policy = marc.get("/api/v1/policy").expect(200)["version"].clone();
    let view = house.sign_in("pascal").post(ROUTE, &without_consent()).expect(200);
    assert_ne!(view["rehearsed"], view["version"]);
    assert_eq!(view["version"], policy);
    assert_eq!(marc.get(&house.file_path()).expect(200)["persons"], before);
    assert_eq!(marc.get("/api/v1/policy").expect(200)["version"], policy);
}

#[test]
fn counts_go_in_steps_of_five_and_what_is_listed_does_not_depend_on_what_is_recorded() {
    let house = House::estrie();
    let aline = house.sign_in("aline");
    let before = aline.post(ROUTE, &without_consent()).expect(200);
    assert_eq!(before["files_at_least"], Value::Null, "one file names itself");
    let counted = |view: &Value| -> Vec<u64> {
        view["moves"].as_array().unwrap().iter().filter_map(|one| one["at_least"].as_u64()).collect()
    };
    assert!(counted(&before).iter().all(|count| *count >= 5 && count % 5 == 0));
    // Consent is all that shows this to the others of the circle: with enough of it, a number appears.
    let amina = house.sign_in("amina").for_purpose("safety_planning");
    for n in 0..12 {
        let fact = json!({"person": house.file().persons["mireille"], "field": "stalking", "value": format!("Suivie {n}")});
        amina.post(&format!("{}/facts", house.file_path()), &fact).expect(201);
    }
    let after = aline.post(ROUTE, &without_consent()).expect(200);
    assert_eq!(shape(&before), shape(&after));
    assert!(counted(&after).iter().all(|count| *count >= 5 && count % 5 == 0));
    assert!(counted(&after).iter().sum::<u64>() > counted(&before).iter().sum::<u64>(), "{after}");
    assert!(!after.to_string().contains("Suivie"));
}

#[test]
fn opening_what_a_denial_closes_shows_only_the_kind_it_concerns() {
    let house = House::estrie();
    // The last rule denies the police, the prosecution and corrections sexual violence by disclosure.
    let view = house.sign_in("aline").post(ROUTE, &json!({"row": 7})).expect(200);
    let moves = view["moves"].as_array().unwrap();
    assert!(!moves.is_empty());
    for one in moves {
        assert!(["police", "prosecution", "corrections"].contains(&one["kind"].as_str().unwrap()), "{one}");
        assert!(["sexual_violence", "substance_use"].contains(&one["category"].as_str().unwrap()), "{one}");
        assert_eq!(one["gained"], true);
    }
}

#[test]
fn a_change_that_says_the_same_moves_nothing_and_one_that_names_nobody_is_refused_beside_its_field() {
    let house = House::estrie();
    let aline = Browser::signed_in(&house, "aline");
    let same = aline.send(aline.get("/repetition?regle=1").form("/repetition"));
    assert!(same.says("ne donnerait et n’ôterait rien à personne"), "{}", same.words());
    let nobody = aline.get("/repetition?regle=nouvelle").form("/repetition").with("rule/effect", "deny");
    let refused = aline.send(nobody);
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("f-rule-roles---error"), "{}", refused.words());
    let rest = house.sign_in("aline");
    rest.post(ROUTE, &json!({})).problem(422, "invalid");
    rest.post(ROUTE, &json!({"row": 99})).problem(422, "invalid");
    let nobody = json!({"rule": {"effect": "deny", "roles": [], "kinds": "*", "categories": "*", "subjects": "*",
        "purposes": "*", "bases": "*"}});
    assert_eq!(rest.post(ROUTE, &nobody).problem(422, "invalid")["errors"][0]["pointer"], "/rule/roles");
}

#[test]
fn rehearsing_is_for_auditors_and_privacy_officers_and_is_entered_in_the_log() {
    let house = House::estrie();
    for key in ["amina", "louise", "karine", "admin"] {
        house.sign_in(key).post(ROUTE, &without_consent()).problem(403, "not-permitted");
        assert_eq!(Browser::signed_in(&house, key).get("/repetition").status, 403, "{key}");
    }
    let pascal = house.sign_in("pascal");
    pascal.post(ROUTE, &without_consent()).expect(200);
    let log = pascal.get("/api/v1/access-events?act=policy.rehearsal").expect(200);
    assert_eq!(log["items"][0]["decision"], "allowed");
    assert_eq!(log["items"][0]["disclosed"], json!([]));
}
