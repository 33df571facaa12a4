//! What is wrong with an instrument is said, with its place.

use super::*;

fn spoilt(name: &str, from: &str, to: &str) -> Vec<String> {
    let text = text_of(name);
    assert!(text.contains(from), "{from}");
    let flaws = read(&text.replacen(from, to, 1)).unwrap_err();
    flaws.into_iter().map(|flaw| flaw.to_string()).collect()
}

fn one(name: &str, from: &str, to: &str, said: &str) {
    let flaws = spoilt(name, from, to);
    assert!(flaws.iter().any(|flaw| flaw.contains(said)), "{from} → {to}: {flaws:?}");
}

#[test]
fn the_shipped_instruments_are_sound() {
    assert!(Instrument::built_in().is_ok(), "{:?}", Instrument::built_in().err());
    let codes: Vec<_> = Instrument::all().iter().map(|built| (built.code.as_str(), built.version)).collect();
    assert_eq!(codes, [("cir-generique", 1), ("danger-immediat", 1)]);
}

#[test]
fn the_shipped_instruments_have_no_score_suggest_nothing_and_are_for_everybody() {
    for built in Instrument::all() {
        assert!(built.score.is_none() && built.bands.is_empty() && built.triggers.is_empty());
        assert_eq!(built.outcome(&Answers::new()).suggestion, None);
        assert_eq!(built.may_use("escale", false), Ok(()));
    }
}

#[test]
fn the_generic_grid_has_its_five_groups_and_looks_at_what_protects_too() {
    let grid = Instrument::all().first().unwrap();
    assert_eq!(grid.groups.len(), 5);
    for group in &grid.groups {
        assert!(grid.items.iter().filter(|item| item.group.as_deref() == Some(&group.id)).count() >= 5);
    }
    assert_eq!(grid.items.iter().filter(|item| item.protective).count(), 5);
    assert!(grid.items.iter().all(|item| item.answers == Domain::Presence));
}

#[test]
fn a_file_that_is_not_of_the_form_is_refused_with_its_line() {
    one("dash", "\"version\": 1", "\"version\": \"one\"", "line 3: /version: is not of the expected form");
    one("dash", "\"version\": 1", "\"versions\": 1", "unknown member versions");
    one("dash", "\"violence_history\"", "\"violence\"", "/category: is not a known word");
    one("dash", "\"version\": 1,", "\"version\": 1", "line 4: ");
    one(
        "dash",
        "\"below\", \"from\": null",
        "\"below\", \"from\": null, \"upto\": 3",
        "/bands/0/upto: unknown member upto",
    );
    assert!(!read("{}").unwrap_err().is_empty());
}

#[test]
fn ranges_follow_each_other_and_leave_out_no_score() {
    one("da", "\"from\": 14, \"to\": 18", "\"from\": 15, \"to\": 18", "/bands/2: ");
    one("da", "\"from\": 14, \"to\": 18", "\"from\": 13, \"to\": 18", "bands_gap");
    one("da", "\"from\": null, \"to\": 8", "\"from\": -2, \"to\": 8", "/bands/0/from: ");
    one("da", "\"from\": 18, \"to\": null", "\"from\": 18, \"to\": 37", "/bands/3/to: ");
    one("da", "\"from\": 18, \"to\": null", "\"from\": 18, \"to\": 18", "bands_gap");
    let to_the_top = text_of("da").replacen("\"from\": 18, \"to\": null", "\"from\": 18, \"to\": 38", 1);
    assert!(read(&to_the_top).is_ok());
}

#[test]
fn whatever_is_named_must_exist_once() {
    one("da", "[\"3\", \"3a\"]", "[\"3\", \"3b\"]", "/exclusive/0/1: ");
    one("da", "[\"3\", \"3a\"]", "[\"3\"]", "/exclusive/0: ");
    one("da", "\"id\": \"3a\"", "\"id\": \"3\"", "/items: ");
    one("da", "\"19\": 1", "\"91\": 1", "/score/weights/91: ");
    one("da", "\"2\": 5", "\"2\": 50", "/score/weights/2: ");
    one("odara", "\"cohabited\"]", "\"lived_together\"]", "/inclusion/1: ");
    one("lap", "\"belief\"}", "\"believes\"}", "/triggers/0/when/2/belief/item: ");
    one("lap", "\"at_least\": 4", "\"at_least\": 9", "/triggers/0/when/1/items/at_least: ");
    one(
        "france",
        "\"critical\": {\"at_least\": 2}",
        "\"critical\": {\"at_least\": 6}",
        "/critical/at_least: ",
    );
    one("levels", "\"group\": \"chronic\"", "\"group\": \"cronic\"", "/items/0/group: ");
}

#[test]
fn a_score_is_of_one_method_and_completed_by_a_whole_table() {
    one("dash", "\"method\": \"count\"", "\"method\": \"weighted\"", "/score/weights: ");
    one(
        "dash",
        "\"method\": \"count\"",
        "\"method\": \"count\", \"weights\": {\"1\": 2}",
        "/score/weights: ",
    );
    one("table", "[1, 2, 4]", "[1, 2]", "/score/prorating/table/2: ");
    one("table", "[1, 2, 4]", "[1, 2, 5]", "/score/prorating/table/2: ");
    one("table", "\"max_missing\": 2", "\"max_missing\": 3", "/score/prorating/table: ");
    one("odara", "\"max_missing\": 5", "\"max_missing\": 13", "/score/prorating/max_missing: ");
    one("odara", "\"minimum_answered\": 8", "\"minimum_answered\": 14", "/score/minimum_answered: ");
    one(
        "b-safer",
        "\"items\":",
        "\"bands\": [{\"id\": \"all\", \"from\": null, \"to\": null}], \"items\":",
        "/bands: ",
    );
}

#[test]
fn texts_are_in_the_languages_declared_and_well_set() {
    one("dash", "\"languages\": []", "\"languages\": [\"en\"]", "/items/0/label/en: ");
    one("dash", "\"id\": \"1\",", "\"id\": \"1\", \"label\": {\"en\": \"One\"},", "/items/0/label/en: ");
    one("dash", "\"title\": {\"fr\": \"Dash\"", "\"title\": {\"fr\": \"Dash ?\"", "/title/fr: ");
    one("dash", "\"licence_holder\": \"SafeLives\"", "\"licence_holder\": \" \"", "/licence_holder: ");
    one("dash", "\"code\": \"shape-dash\"", "\"code\": \"Dash\"", "/code: ");
    one("dash", "[\"espoir\"]", "[\"espoir\", \"espoir\"]", "/permitted_orgs: ");
}

#[test]
fn what_is_written_comes_back_as_it_was() {
    for (name, text) in FIXTURES {
        let written = serde_json::to_string(&*shape(name)).unwrap();
        let again = read(&written).unwrap();
        assert_eq!(serde_json::to_value(&*again).unwrap(), serde_json::to_value(&*shape(name)).unwrap());
        assert!(!text.is_empty());
    }
}
