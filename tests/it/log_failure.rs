//! No disclosure without its row: with the log unwritable nothing is shown, and it comes back by itself.

use tests::harness::House;

#[test]
fn a_read_whose_row_cannot_be_written_shows_nothing() {
    let house = House::estrie();
    let amina = house.sign_in("amina").for_purpose("safety_planning");
    let shown = amina.get(&house.file_path());
    assert!(shown.text.contains("Mireille"));
    let denied = "revoke execute on function append_access from filet_app";
    house.database.run(denied);
    for _ in 0..5 {
        let answer = amina.get(&house.file_path());
        answer.problem(503, "unavailable");
        assert!(answer.header("retry-after").is_some());
        assert!(!answer.text.contains("Mireille"));
    }
    let fact = serde_json::json!({"person": house.file().persons["mireille"], "field": "incident", "value": "essai"});
    amina.post(&format!("{}/facts", house.file_path()), &fact).problem(503, "unavailable");
    let facts = house.database.ask("select count(*) from fact");
    assert_eq!(facts, "31", "a change without its row is no change");
    house.database.run("grant execute on function append_access to filet_app");
    let back = (0..50).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        amina.get(&house.file_path()).status == 200
    });
    assert!(back);
}

#[test]
fn the_programs_own_role_cannot_alter_the_log() {
    let house = House::estrie();
    house.sign_in("amina").for_purpose("safety_planning").get(&house.file_path()).expect(200);
    for (privilege, may) in
        [("select", true), ("insert", false), ("update", false), ("delete", false), ("truncate", false)]
    {
        let held = house
            .database
            .ask(&format!("select has_table_privilege('filet_app', 'access_event', '{privilege}')"));
        assert_eq!(held, may.to_string(), "{privilege}");
    }
    let owned = house.database.ask("select count(*) from pg_class where relowner = (select oid from pg_roles where rolname = 'filet_app')");
    assert_eq!(owned, "0");
}

#[test]
fn what_lies_in_the_database_reads_nothing() {
    let house = House::estrie();
    let facts = house.database.ask("select string_agg(encode(value_sealed, 'escape'), ' ') from fact");
    let births = house.database.ask("select string_agg(encode(birth_sealed, 'escape'), ' ') from person");
    let records =
        house.database.ask("select string_agg(encode(record_sealed, 'escape'), ' ') from disclosure");
    for needle in ["Mireille", "Boisvert", "819-555-0142", "1991-03-12", "rue King", "homicide", "imminent"] {
        for stored in [&facts, &births, &records] {
            assert!(!stored.contains(needle), "{needle}");
        }
    }
}

#[test]
fn a_file_whose_key_is_destroyed_is_absent_for_everybody() {
    let house = House::estrie();
    let amina = house.sign_in("amina").for_purpose("safety_planning");
    amina.get(&house.file_path()).expect(200);
    house.keys.destroy(authz::id::FileId::from_uuid(house.file().id)).unwrap();
    amina.get(&house.file_path()).problem(404, "not-found");
}
