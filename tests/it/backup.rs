//! The database and the keystore, copied together and put back: what was readable is readable, nothing more.

use std::{os::unix::fs::PermissionsExt, path::Path};

use api::commands::backup::{backup, restore};
use authz::{id::FileId, keys::DirectoryKeystore};
use serde_json::{Value, json};
use tests::harness::{House, Persona, Served, cluster, settings};

const VIEWERS: [&str; 5] = ["amina", "marc", "thomas", "rose", "karine"];

fn seen(persona: Persona, path: &str) -> Value {
    let mut view = persona.for_purpose("safety_planning").get(path).expect(200);
    view["access_event"] = Value::Null;
    view
}

fn refusal(done: anyhow::Result<api::commands::backup::Copied>) -> String {
    match done {
        Ok(_) => panic!("it was accepted"),
        Err(error) => format!("{error:#}"),
    }
}

#[test]
fn a_backup_put_back_elsewhere_answers_every_persona_as_before() {
    let house = House::estrie();
    let amina = house.sign_in("amina").for_purpose("safety_planning");
    let fact = json!({"person": house.file().persons["mireille"], "field": "incident", "value": "noté avant la copie"});
    amina.post(&format!("{}/facts", house.file_path()), &fact).expect(201);
    let before: Vec<Value> = VIEWERS.iter().map(|key| seen(house.sign_in(key), &house.file_path())).collect();
    let rows = house.database.ask("select count(*) from access_event");

    let away = tempfile::tempdir().unwrap();
    let copy = away.path().join("copy");
    let copied = backup(&settings(&house.database.url, &house.keystore_path()), &copy).unwrap();
    assert_eq!((copied.keyed.files, copied.keyed.unreadable), (1, 0));
    let target = cluster().empty_database();
    let keystore = away.path().join("keys");
    let back = restore(&settings(&target.url, &keystore), &copy).unwrap();
    assert_eq!((back.keyed.files, back.keyed.unreadable), (1, 0));
    assert_eq!(target.ask("select count(*) from access_event"), rows, "the log came along");

    let served = Served::over(&target.url, &keystore);
    let after: Vec<Value> = VIEWERS.iter().map(|key| seen(served.sign_in(key), &house.file_path())).collect();
    assert_eq!(before, after);
    served.stranger().get(&house.file_path()).problem(401, "unauthenticated");
    let found = served.sign_in("amina").for_purpose("safety_planning").post(
        "/api/v1/search/persons",
        &json!({"given_name": "Mireille", "family_name": "Boisvert", "birth_date": "1991-03-12"}),
    );
    assert_eq!(found.expect(200)["items"].as_array().unwrap().len(), 1, "its search index came along");
}

#[test]
fn the_programs_own_role_has_no_more_rights_after_a_restore() {
    let house = House::estrie();
    let away = tempfile::tempdir().unwrap();
    backup(&settings(&house.database.url, &house.keystore_path()), &away.path().join("copy")).unwrap();
    let target = cluster().empty_database();
    restore(&settings(&target.url, &away.path().join("keys")), &away.path().join("copy")).unwrap();
    let rights = "select string_agg(format('%s %s', relname, relacl), E'\n' order by relname) from pg_class
                  where relnamespace = 'public'::regnamespace";
    assert_eq!(house.database.ask(rights), target.ask(rights));
    let functions =
        "select string_agg(format('%s %s %s', proname, prosecdef, proacl), E'\n' order by proname)
                     from pg_proc where pronamespace = 'public'::regnamespace";
    assert_eq!(house.database.ask(functions), target.ask(functions));
}

#[test]
fn a_dump_without_its_keys_reads_nothing_and_a_backup_is_for_its_owner_only() {
    let house = House::estrie();
    let away = tempfile::tempdir().unwrap();
    let copy = away.path().join("copy");
    backup(&settings(&house.database.url, &house.keystore_path()), &copy).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&copy), 0o700);
    assert_eq!(mode(&copy.join("keystore")), 0o700);
    for file in ["database.dump", "manifest.json"] {
        assert_eq!(mode(&copy.join(file)), 0o600, "{file}");
    }
    // Put back with a keystore of its own instead of the one it was made with.
    std::fs::remove_dir_all(copy.join("keystore")).unwrap();
    drop(DirectoryKeystore::open_or_create(&copy.join("keystore")).unwrap());
    let target = cluster().empty_database();
    let keystore = away.path().join("keys");
    let back = restore(&settings(&target.url, &keystore), &copy).unwrap();
    assert_eq!((back.keyed.files, back.keyed.unreadable), (1, 1), "and it says so");
    let served = Served::over(&target.url, &keystore);
    served.sign_in("amina").for_purpose("safety_planning").get(&house.file_path()).problem(404, "not-found");
}

#[test]
fn a_key_destroyed_before_the_copy_stays_destroyed() {
    let house = House::estrie();
    house.keys.destroy(FileId::from_uuid(house.file().id)).unwrap();
    let away = tempfile::tempdir().unwrap();
    let copied =
        backup(&settings(&house.database.url, &house.keystore_path()), &away.path().join("copy")).unwrap();
    assert_eq!((copied.keyed.files, copied.keyed.unreadable), (1, 1));
}

#[test]
fn nothing_is_put_back_over_something_or_out_of_a_damaged_backup() {
    let house = House::estrie();
    let own = settings(&house.database.url, &house.keystore_path());
    let away = tempfile::tempdir().unwrap();
    let copy = away.path().join("copy");
    backup(&own, &copy).unwrap();
    assert!(refusal(backup(&own, &copy)).contains("must be empty"));

    let keystore = away.path().join("keys");
    let full = settings(&house.database.url, &keystore);
    assert!(refusal(restore(&full, &copy)).contains("not empty"));
    assert!(!keystore.exists(), "the keystore that was put back is taken away again");

    let target = cluster().empty_database();
    let empty = || target.ask("select count(*) from pg_class where relnamespace = 'public'::regnamespace");
    let occupied = settings(&target.url, &house.keystore_path());
    assert!(refusal(restore(&occupied, &copy)).contains("keystore was not put back"));
    assert_eq!(empty(), "0");

    let fresh = settings(&target.url, &keystore);
    let dump = copy.join("database.dump");
    let mut bytes = std::fs::read(&dump).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&dump, &bytes).unwrap();
    assert!(refusal(restore(&fresh, &copy)).contains("database.dump is missing or damaged"));
    std::fs::remove_file(&dump).unwrap();
    assert!(refusal(restore(&fresh, &copy)).contains("database.dump is missing or damaged"));
    std::fs::write(copy.join("manifest.json"), "{}").unwrap();
    assert!(refusal(restore(&fresh, &copy)).contains("manifest is damaged"));
    std::fs::remove_file(copy.join("manifest.json")).unwrap();
    assert!(refusal(restore(&fresh, &copy)).contains("no finished backup"));
    assert_eq!(empty(), "0");
    assert!(!keystore.exists());
}

#[test]
fn the_wrapping_key_changes_while_people_work() {
    let house = House::estrie();
    let amina = house.sign_in("amina").for_purpose("safety_planning");
    let before = seen(house.sign_in("amina"), &house.file_path());
    let wrapping = || {
        let found = std::fs::read_dir(house.keystore_path().join("kek")).unwrap();
        found.map(|entry| std::fs::read(entry.unwrap().path()).unwrap()).collect::<Vec<_>>()
    };
    let old = wrapping();
    house.keys.rotate().unwrap();
    let new = wrapping();
    assert_eq!((old.len(), new.len()), (1, 1));
    assert_ne!(old, new);
    assert_eq!(seen(house.sign_in("amina"), &house.file_path()), before);
    let fact =
        json!({"person": house.file().persons["mireille"], "field": "incident", "value": "noté après"});
    amina.post(&format!("{}/facts", house.file_path()), &fact).expect(201);
    // Another process that opens the keystore finds everything under the new key.
    let served = Served::over(&house.database.url, &house.keystore_path());
    assert!(seen(served.sign_in("amina"), &house.file_path()).to_string().contains("noté après"));
}
