//! A scenario that is wrong is refused by line and field, and leaves nothing behind.

use authz::{ceiling::Ceiling, clock::real_now, keys::DirectoryKeystore};
use domain::{
    catalogue::Field,
    scenario::{Loading, Scenario, load},
};
use tests::harness::{ESTRIE, cluster, password_hash};

/// The scenario with the first occurrence of some text replaced, and the line it stood on.
fn altered(from: &str, to: &str) -> (String, usize) {
    let at = ESTRIE.find(from).unwrap();
    (ESTRIE.replacen(from, to, 1), ESTRIE[..at].lines().count())
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
        let (text, line) = altered(from, to);
        let wrong = Scenario::read(&text).err().unwrap_or_else(|| panic!("{to} was accepted"));
        assert_eq!(wrong.line, line, "{wrong}");
        assert!(format!("{} {}", wrong.field, wrong.problem).contains(field), "{wrong}");
    }
    assert!(Scenario::read("").is_err());
    assert!(Scenario::read("[]").is_err());
}

#[test]
fn a_load_that_fails_half_way_leaves_nothing() {
    let database = cluster().database();
    database.run(
        "create function refuse() returns trigger language plpgsql as $$ begin raise 'injected'; end $$;
         create trigger refuse before insert on disclosure for each row execute function refuse();",
    );
    let dir = tempfile::tempdir().unwrap();
    let keys = DirectoryKeystore::open_or_create(&dir.path().join("k")).unwrap();
    let scenario = Scenario::read(ESTRIE).unwrap();
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
    let rows = "select (select count(*) from fact) + (select count(*) from agency) + (select count(*) from access_event)";
    assert_eq!(database.ask(rows), "0");
    // And nothing stands in the way of the next attempt.
    database.run("drop trigger refuse on disclosure");
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
