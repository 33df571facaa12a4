//! That nothing was removed from the log: what an auditor keeps and takes shows her every line that an operator
//! changed, removed or cut off, whatever he rules over.

use std::io::Cursor;

use authz::log::{Signed, log_key, sign_log};
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use proof::{Flaw, Proven, Verifier, verify};
use tests::harness::{Browser, House, Plan, block_on, cluster, settings, telling_values};

const POINTS: &str = "/api/v1/access-events/points";
const PROOF: &str = "/api/v1/access-events/proof";

/// A house where two persons have read, and everything is signed.
fn house() -> House {
    let house = House::estrie();
    for key in ["amina", "julie", "karine"] {
        house.sign_in(key).for_purpose("safety_planning").get(&house.file_path());
    }
    house.sign_log();
    house
}

/// Every piece there is, as a persona is given them.
fn taken(house: &House, key: &str) -> Vec<String> {
    let who = house.sign_in(key);
    let points = who.get(POINTS).expect(200);
    let parts = points["parts"].as_array().unwrap();
    parts.iter().map(|part| who.get(&format!("{PROOF}?since={}", part["since"])).text.clone()).collect()
}

/// The point an auditor keeps.
fn kept(house: &House) -> String {
    house.sign_in("aline").get(POINTS).expect(200)["checkpoint"].as_str().unwrap().to_owned()
}

fn key(house: &House) -> Verifier {
    log_key(house.keys.as_ref()).unwrap()
}

fn verified(house: &House, pieces: &[String], kept: &[String]) -> Result<Proven, Flaw> {
    verify(pieces.iter().map(|text| Cursor::new(text.clone())).collect(), Some(key(house)), kept)
}

/// The place, from 0, of the last reading of a file by somebody.
fn place_of(house: &House, who: &str) -> u64 {
    let sql = format!(
        "select max(place) from log_leaf l join access_event e on e.id = l.event
         where e.act = 'file.read' and e.decision = 0 and e.actor = '{}'",
        house.loaded.users[who]
    );
    house.database.ask(&sql).parse().unwrap()
}

#[test]
fn an_auditor_verifies_without_the_server_that_nothing_was_removed_since_the_point_she_kept() {
    let house = house();
    let point = kept(&house);
    for _ in 0..3 {
        house.sign_in("amina").for_purpose("safety_planning").get(&house.file_path()).expect(200);
        house.sign_log();
    }
    let pieces = taken(&house, "aline");
    let proven = verified(&house, &pieces, &[point]).unwrap();
    let signed: u64 = house.database.ask("select max(size) from log_point").parse().unwrap();
    assert_eq!((proven.since, proven.size, proven.kept), (0, signed, 1));
    assert_eq!(proven.rows + proven.hidden, signed);
    let readings = pieces.concat().matches("\"act\":\"file.read\"").count();
    assert!(readings >= 6, "what she may read stands there in full: {readings}");
}

#[test]
fn each_reader_is_given_her_own_lines_and_of_the_others_only_that_they_are_there() {
    let house = house();
    let all = house.database.ask("select count(*) from log_leaf").parse::<u64>().unwrap();
    // Pascal answers for the privacy of a health centre: what its people did, and who read its facts.
    let own = house.loaded.agencies["sante-demo"];
    let pieces = taken(&house, "pascal");
    let proven = verified(&house, &pieces, &[]).unwrap();
    assert_eq!(proven.rows + proven.hidden, all);
    assert!(proven.rows > 0 && proven.hidden > 0, "{proven:?}");
    for line in pieces.concat().lines().filter(|line| line.starts_with("row ")) {
        let is_own = line.contains(&format!("\"agency\":\"{own}\""));
        assert!(is_own || line.contains(&format!("\"source\":\"{own}\"")), "{line}");
    }
    for text in [&pieces, &taken(&house, "aline")] {
        for value in telling_values() {
            assert!(!text.concat().contains(&value), "{value}");
        }
    }
    for key in ["amina", "louise", "admin"] {
        house.sign_in(key).get(POINTS).problem(403, "not-permitted");
        house.sign_in(key).get(PROOF).problem(403, "not-permitted");
        assert_eq!(Browser::signed_in(&house, key).get("/journal/preuve").status, 403, "{key}");
    }
    house.stranger().get(PROOF).problem(401, "unauthenticated");
}

#[test]
fn the_line_that_somebody_with_the_database_removed_is_named() {
    let house = house();
    let place = place_of(&house, "amina");
    house.database.run(&format!(
        "delete from access_event where id = (select event from log_leaf where place = {place})"
    ));
    let flaw = verified(&house, &taken(&house, "aline"), &[]).unwrap_err();
    assert!(matches!(flaw, Flaw::Gone(line) if line == place + 1), "{flaw}");
}

#[test]
fn the_line_that_somebody_with_the_database_changed_is_named() {
    let house = house();
    let place = place_of(&house, "amina");
    let other = house.loaded.users["karine"];
    house.database.run(&format!(
        "update access_event set actor = '{other}' where id = (select event from log_leaf where place = {place})"
    ));
    let flaw = verified(&house, &taken(&house, "aline"), &[]).unwrap_err();
    assert!(matches!(flaw, Flaw::Altered(line) if line == place + 1), "{flaw}");
}

#[test]
fn a_line_that_somebody_made_nobodys_is_altered_to_everybody() {
    let house = house();
    let place = place_of(&house, "amina");
    house.database.run(&format!(
        "update access_event set cell = null, agency = null, actor = null, file = null, disclosed = '[]',
           act = 'nothing.happened' where id = (select event from log_leaf where place = {place})"
    ));
    for key in ["aline", "pascal"] {
        let flaw = verified(&house, &taken(&house, key), &[]).unwrap_err();
        assert!(matches!(flaw, Flaw::Altered(line) if line == place + 1), "{key}: {flaw}");
    }
}

#[test]
fn another_log_in_place_of_the_one_that_was_signed_is_refused_however_long_it_grows() {
    let house = house();
    let size: u64 = house.database.ask("select max(size) from log_point").parse().unwrap();
    assert!(size < 300);
    house.database.run(
        "truncate access_event, log_leaf, log_point; update log_order set below = '0';
         select count(*) from (select append_access(array[now()], array[null::uuid], array[null::uuid],
           array[null::uuid], array[null::smallint], array['test.more'], array['file'], array[null::uuid],
           array[null::uuid], array[null::uuid], array[0::smallint], array['[]'], array['p'],
           array[gen_random_uuid()]) from generate_series(1, 300)) as rows",
    );
    for _ in 0..3 {
        house.sign_in("amina").for_purpose("safety_planning").get(&house.file_path()).expect(200);
        assert_eq!(house.try_to_sign_log().signed, Signed::Refused);
    }
    assert_eq!(house.database.ask("select count(*) from log_leaf"), "0", "and nothing is placed meanwhile");
}

#[test]
fn rows_that_somebody_made_look_placed_find_their_places_all_the_same() {
    let house = house();
    house.database.run("update log_order set below = '9000000000000'");
    house.sign_in("amina").for_purpose("safety_planning").get(&house.file_path()).expect(200);
    let signed = house.sign_log();
    assert_eq!(house.database.ask("select count(*) from access_event"), signed.to_string());
}

#[test]
fn a_transaction_that_stays_open_is_seen_to_hold_the_signatures_back() {
    let house = house();
    block_on(async {
        let mut open = AsyncPgConnection::establish(&house.database.url).await.unwrap();
        open.batch_execute("begin; select pg_current_xact_id()").await.unwrap();
        let reading = std::thread::scope(|scope| {
            scope
                .spawn(|| house.sign_in("amina").for_purpose("safety_planning").get(&house.file_path()))
                .join()
        });
        reading.unwrap().expect(200);
        let pass = sign_log(&house.database.url, Some("filet_app"), house.keys.as_ref()).await.unwrap();
        assert!(pass.waiting_since.is_some(), "{pass:?}");
        open.batch_execute("commit").await.unwrap();
    });
    house.sign_log();
    assert_eq!(house.try_to_sign_log().waiting_since, None);
}

#[test]
fn a_log_cut_short_in_the_database_is_not_signed_any_more_and_shows_to_whoever_kept_a_point() {
    let house = house();
    let point = kept(&house);
    house.database.run(
        "delete from log_leaf where place >= 5;
         delete from access_event e where not exists (select from log_leaf l where l.event = e.id);
         delete from log_point;",
    );
    assert_eq!(house.try_to_sign_log().signed, Signed::Refused);
    // With the keystore in the same hands, all can be signed again: what was kept elsewhere contradicts it.
    std::fs::remove_dir_all(house.keystore_path().join("memory")).unwrap();
    house.sign_log();
    let pieces = taken(&house, "aline");
    assert!(verified(&house, &pieces, &[]).is_ok(), "whole in itself");
    let flaw = verified(&house, &pieces, &[point]).unwrap_err();
    assert!(matches!(flaw, Flaw::Shorter { .. } | Flaw::Root(_)), "{flaw}");
}

#[test]
fn leaves_made_anew_are_not_signed_even_by_a_server_that_remembers_nothing() {
    let house = house();
    std::fs::remove_dir_all(house.keystore_path().join("memory")).unwrap();
    house.database.run("update log_leaf set hash = sha256('x') where place = 3");
    house.sign_in("amina").for_purpose("safety_planning").get(&house.file_path()).expect(200);
    assert_eq!(house.try_to_sign_log().signed, Signed::Refused);
}

#[test]
fn a_row_whose_transaction_ends_late_is_not_left_out_and_none_is_there_twice() {
    let house = house();
    block_on(async {
        let mut late = AsyncPgConnection::establish(&house.database.url).await.unwrap();
        late.batch_execute(
            "begin; select append_access(array[now()], array[null::uuid], array[null::uuid], array[null::uuid],
               array[null::smallint], array['test.late'], array['file'], array[null::uuid], array[null::uuid],
               array[null::uuid], array[0::smallint], array['[]'], array['p'], array[gen_random_uuid()]);",
        )
        .await
        .unwrap();
        let reading = std::thread::scope(|scope| {
            scope
                .spawn(|| house.sign_in("amina").for_purpose("safety_planning").get(&house.file_path()))
                .join()
        });
        reading.unwrap().expect(200);
        let url = &house.database.url;
        sign_log(url, Some("filet_app"), house.keys.as_ref()).await.unwrap();
        late.batch_execute("commit").await.unwrap();
    });
    // Two servers at once, and again.
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| house.try_to_sign_log());
        }
    });
    let signed = house.sign_log();
    assert_eq!(house.database.ask("select count(*) from access_event"), signed.to_string());
    assert_eq!(house.database.ask("select count(distinct event) from log_leaf"), signed.to_string());
    assert_eq!(house.database.ask("select max(place) + 1 from log_leaf"), signed.to_string());
    assert!(verified(&house, &taken(&house, "aline"), &[]).is_ok());
}

#[test]
fn a_log_put_back_in_another_cluster_goes_on_where_it_was() {
    let house = house();
    let point = kept(&house);
    house.database.run("update log_order set cluster = 1, below = '9223372036854775807'");
    house.sign_in("amina").for_purpose("safety_planning").get(&house.file_path()).expect(200);
    house.sign_log();
    house.sign_in("julie").for_purpose("safety_planning").get(&house.file_path());
    let signed = house.sign_log();
    assert_eq!(house.database.ask("select count(distinct event) from log_leaf"), signed.to_string());
    assert!(verified(&house, &taken(&house, "aline"), &[point]).is_ok());
}

#[test]
fn a_backup_put_back_carries_the_signatures_that_were_kept() {
    use api::commands::backup::{backup, restore};
    let house = house();
    let point = kept(&house);
    let away = tempfile::tempdir().unwrap();
    backup(&settings(&house.database.url, &house.keystore_path()), &away.path().join("copy")).unwrap();
    let target = cluster().empty_database();
    let keystore = away.path().join("keys");
    restore(&settings(&target.url, &keystore), &away.path().join("copy")).unwrap();
    let served = tests::harness::Served::over(&target.url, &keystore);
    let keys = authz::keys::DirectoryKeystore::open_or_create(&keystore).unwrap();
    let signed = block_on(sign_log(&target.url, Some("filet_app"), &keys)).unwrap();
    assert!(matches!(signed.signed, Signed::UpTo(size) if size > 0), "{signed:?}");
    let piece = served.sign_in("aline").get(PROOF).text.clone();
    let proven = verify(vec![Cursor::new(piece)], Some(log_key(&keys).unwrap()), &[point]);
    assert_eq!(proven.unwrap().kept, 1);
}

#[test]
fn the_role_that_answers_cannot_touch_the_proof_and_the_role_that_signs_can_only_add() {
    let house = house();
    let refused = |role: &str, statement: &str| {
        block_on(async {
            let mut conn = AsyncPgConnection::establish(&house.database.url).await.unwrap();
            let done = conn.batch_execute(&format!("set role {role}; {statement}")).await;
            assert!(done.unwrap_err().to_string().contains("permission denied"), "{role}: {statement}");
        });
    };
    for statement in [
        "insert into log_point values (1, now(), '', '')",
        "insert into log_leaf values (0, gen_random_uuid(), now(), gen_random_uuid(), sha256(''))",
        "update log_order set cluster = 0",
    ] {
        refused("filet_app", statement);
    }
    for role in ["filet_app", "filet_sequencer"] {
        for table in ["log_leaf", "log_point", "access_event"] {
            refused(role, &format!("delete from {table}"));
            refused(role, &format!("truncate {table}"));
        }
        refused(role, "update log_leaf set hash = sha256('')");
        refused(role, "update log_point set note = ''");
        refused(role, "update access_event set actor = null");
    }
    refused("filet_sequencer", "select * from fact");
}

#[test]
fn a_piece_begins_at_a_signed_point_and_nothing_signed_is_said_so() {
    let house = House::estrie();
    let aline = house.sign_in("aline");
    let none = aline.get(POINTS).expect(200);
    assert_eq!((none["size"].clone(), none["checkpoint"].clone()), (0.into(), serde_json::Value::Null));
    aline.get(PROOF).problem(404, "not-found");
    let page = Browser::signed_in(&house, "aline").get("/journal/preuve");
    assert!(page.says("Rien n’est encore signé"), "{}", page.words());
    let size = house.sign_log();
    aline.get(&format!("{PROOF}?since={}", size - 1)).problem(404, "not-found");
    aline.get(&format!("{PROOF}?since={}", u64::MAX)).problem(404, "not-found");
    for wrong in ["?since=-1", "?since=x", "?depuis=0"] {
        aline.get(&format!("{PROOF}{wrong}")).problem(400, "bad-query");
    }
    // Nothing was added since: a piece without lines says so.
    let empty = aline.get(&format!("{PROOF}?since={size}")).text.clone();
    let proven = verify(vec![Cursor::new(empty)], None, &[]).unwrap();
    assert_eq!((proven.since, proven.size, proven.rows), (size, size, 0));
}

#[test]
fn of_a_file_on_which_the_auditor_is_recused_nothing_shows_to_her() {
    let house = house();
    let file = house.file().id;
    let sees = |house: &House| {
        let aline = house.sign_in("aline");
        let listed = aline.get("/api/v1/access-events?limit=100").text.contains(&file.to_string());
        (listed, taken(house, "aline").concat().contains(&file.to_string()))
    };
    assert_eq!(sees(&house), (true, true));
    house.database.run(&format!(
        "insert into recusal (file_id, human_id, recused_by, recused_at)
         select '{file}', human_id, id, now() from account where id = '{}'",
        house.loaded.users["aline"]
    ));
    assert_eq!(sees(&house), (false, false));
    assert!(verified(&house, &taken(&house, "aline"), &[]).is_ok(), "and her proof holds");
}

#[test]
fn a_busy_log_is_handed_out_in_pieces_that_follow_each_other() {
    let house = House::build(Plan::default());
    // Rows as a busy year would leave them, with a point after each ten thousand.
    for _ in 0..2 {
        house.database.run(
            "select count(*) from (select append_access(array[now()], array[null::uuid], array[null::uuid],
               array[null::uuid], array[null::smallint], array['test.busy'], array['file'], array[null::uuid],
               array[null::uuid], array[null::uuid], array[0::smallint], array['[]'], array['p'],
               array[gen_random_uuid()]) from generate_series(1, 12000)) as rows",
        );
        house.sign_log();
    }
    let pieces = taken(&house, "aline");
    assert!(pieces.len() >= 3, "{} pieces", pieces.len());
    let proven = verified(&house, &pieces, &[]).unwrap();
    assert!(proven.size > 24_000 && proven.hidden >= 24_000, "{proven:?}");
    // One left out is missed.
    let flaw = verified(&house, &[pieces[0].clone(), pieces[2].clone()], &[]).unwrap_err();
    assert!(matches!(flaw, Flaw::Gap(..)), "{flaw}");
}
