//! A scenario that is wrong is refused by line and field, and leaves nothing behind.

use authz::{ceiling::Ceiling, clock::real_now, keys::DirectoryKeystore};
use domain::{
    catalogue::Field,
    scenario::{Loading, Scenario, load},
};
use tests::harness::{ESTRIE, cluster, demonstration, password_hash};

/// A scenario with the first occurrence of some text replaced, and the line it stood on.
fn altered(scenario: &str, from: &str, to: &str) -> (String, usize) {
    let at = scenario.find(from).unwrap_or_else(|| panic!("no {from}"));
    (scenario.replacen(from, to, 1), scenario[..at].lines().count())
}

/// The demonstration's cell, each meeting and action on a line of its own.
fn cell() -> String {
    let cell = include_str!("../../scenarios/estrie-cellule.json");
    let start = ESTRIE.find("\"cells\"").unwrap();
    let end = ESTRIE.find("\"files\"").unwrap();
    cell.replacen("\"files\"", &format!("{}\"files\"", &ESTRIE[start..end]), 1)
}

#[test]
fn what_is_wrong_is_named_by_line_and_field() {
    for (from, to, field) in [
        (
            r#""subject": "mireille", "field": "given_name""#,
            r#""subject": "personne", "field": "given_name""#,
            "subject",
        ),
        (r#""field": "given_name""#, r#""field": "no_such_field""#, "field"),
        (r#""value": "1991-03-12""#, r#""value": "1991-02-30""#, "value"),
        (r#""key": "f02""#, r#""key": "f01""#, "key"),
        (r#""at": "2026-11-16T14:12:00Z""#, r#""at": "2026-11-16T14:12:00""#, "at"),
        (r#""kind": "police""#, r#""kind": "boulangerie""#, "kind"),
        (r#""quorum": 3"#, r#""quorum": 3, "president": "x""#, "president"),
        (r#""source": "hebergement-demo""#, r#""source": "nulle-part""#, "source"),
    ] {
        let (text, line) = altered(ESTRIE, from, to);
        let wrong = Scenario::read(&text).err().unwrap_or_else(|| panic!("{to} was accepted"));
        assert_eq!(wrong.line, line, "{wrong}");
        assert!(format!("{} {}", wrong.field, wrong.problem).contains(field), "{wrong}");
    }
    assert!(Scenario::read("").is_err());
    assert!(Scenario::read("[]").is_err());
}

#[test]
fn what_is_wrong_with_a_meeting_or_an_action_is_named_by_line_and_field() {
    let scenario = cell();
    assert!(Scenario::read(&scenario).is_ok());
    for (from, to, field) in [
        (r#""key": "R-DEMO-SUIVI""#, r#""key": "R-DEMO-FILET""#, "key is used twice"),
        (r#""key": "R-DEMO-FILET", "kind": "regular""#, r#""key": "R-DEMO-FILET", "kind": "solemn""#, "kind"),
        (
            r#"{"agency": "sante-demo", "person": "thomas", "capacity": "able_to_aid", "reply""#,
            r#"{"agency": "police-demo", "person": "thomas", "capacity": "able_to_aid", "reply""#,
            "seats.agency is used twice",
        ),
        (r#""substitute": "julie""#, r#""substitute": "nobody""#, "seats.substitute"),
        (r#""opened_at": "2026-11-19T13:02:00Z", "#, "", "chair"),
        (r#""closed_at": "2026-11-19T14:15:00Z""#, r#""closed_at": "2026-11-19T13:00:00Z""#, "closed_at"),
        (r#"{"code": "summary"}"#, r#"{"code": "gossip"}"#, "agenda.code"),
        (r#""facts": ["g3"]"#, r#""facts": ["g9"]"#, "contributions.facts"),
        (r#"{"contribution": "apport-maison"}"#, r#"{"contribution": "apport"}"#, "told.items.contribution"),
        (r#""consent": "k1"}]"#, r#""consent": "k2"}]"#, "told.consent"),
        (r#""level": "imminent"}, {"by""#, r#""level": "certain"}, {"by""#, "decisions.level"),
        (
            r#""category": "safety_plan", "text": "Elle reste"#,
            r#""category": "notes", "text": "Elle reste"#,
            "decisions.category",
        ),
        (r#""kind": "patrol""#, r#""kind": "patrouille""#, "kind holds a code"),
        (r#""protects": ["personne"]"#, r#""protects": []"#, "protects is empty"),
        (r#""protects": ["personne"]"#, r#""protects": ["voisine"]"#, "protects"),
        (
            r#""Garder une chambre pour elle.", "meeting": "R-DEMO-FILET""#,
            r#""Garder une chambre pour elle.", "meeting": "R-DEMO-SUIVI""#,
            "meeting names nothing",
        ),
        (
            r#"{"move": "start", "user": "julie""#,
            r#"{"move": "agree", "user": "julie""#,
            "steps lead nowhere",
        ),
        (r#""channel": "in_person""#, r#""channel": "819-555-0142""#, "told.channel"),
        (r#""reasons": ["net_holds"]"#, r#""reasons": ["whim"]"#, "steps.reasons"),
    ] {
        let (text, line) = altered(&scenario, from, to);
        let wrong = Scenario::read(&text).err().unwrap_or_else(|| panic!("{to} was accepted"));
        assert_eq!(wrong.line, line, "{wrong}");
        let said = format!("{} {}", wrong.field, wrong.problem);
        assert!(said.contains(field), "{wrong}");
        assert!(!said.contains("0142") && !said.contains("solemn"), "{wrong}");
    }
    // Nobody meets before identity is open.
    let (text, _) = altered(&scenario, r#""file": "EST-2026-0103", "consultation""#, r#""consultation""#);
    let wrong = Scenario::read(&text).err().unwrap();
    assert!(wrong.field.ends_with("file"), "{wrong}");
}

#[test]
fn a_load_that_fails_half_way_leaves_nothing() {
    let database = cluster().database();
    database.run(
        "create function refuse() returns trigger language plpgsql as $$ begin raise 'injected'; end $$;
         create trigger refuse before insert on safety_action_told for each row execute function refuse();",
    );
    let dir = tempfile::tempdir().unwrap();
    let keys = DirectoryKeystore::open_or_create(&dir.path().join("k")).unwrap();
    let scenario = Scenario::read(&demonstration()).unwrap();
    let loading = Loading {
        keys: &keys,
        password_hash: password_hash(),
        policy: Ceiling::built_in().unwrap().version(),
        now: real_now(),
        ids_of: None,
    };
    let attempt = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(load(&database.url, Some("filet_app"), &scenario, &loading))
    };
    assert!(attempt().is_err());
    let rows =
        "select (select count(*) from fact) + (select count(*) from agency) + (select count(*) from meeting)
        + (select count(*) from document) + (select count(*) from access_event)";
    assert_eq!(database.ask(rows), "0");
    // And nothing stands in the way of the next attempt.
    database.run("drop trigger refuse on safety_action_told");
    attempt().unwrap();
    assert_ne!(database.ask(rows), "0");
}

#[test]
fn the_database_knows_the_category_of_every_field_of_the_catalogue() {
    let database = cluster().database();
    let stored =
        database.ask("select string_agg(field || ':' || category, ',' order by field) from field_category");
    let mut known: Vec<_> = Field::all().map(|field| (field.number(), field.category().number())).collect();
    known.sort_unstable();
    let known: Vec<String> = known.iter().map(|(field, category)| format!("{field}:{category}")).collect();
    assert_eq!(stored, known.join(","));
}
