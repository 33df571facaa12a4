//! Many files, each a copy of the Estrie file under a key of its own, through the same ciphers.

use std::{io::Write, path::Path, time::Instant};

use authz::{
    ceiling::Ceiling,
    clock::real_now,
    credentials::hash_password,
    desk::birth_place,
    id::FileId,
    keys::{DirectoryKeystore, FileKey, Keystore, Place},
};
use diesel::{
    ExpressionMethods, QueryDsl,
    sql_types::{Array, Binary, Integer, Uuid as SqlUuid},
};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use domain::scenario::{Loading, Scenario, load};
use uuid::Uuid;

use super::{
    house,
    tables::{fact, person},
};

/// Files written by one statement.
const BATCH: i32 = 1_000;

/// The copy's identifier: the number stands where the original has zeros.
pub fn moved(id: Uuid, number: i32) -> Uuid {
    let mut bytes = *id.as_bytes();
    bytes[9..13].copy_from_slice(&number.to_be_bytes());
    Uuid::from_bytes(bytes)
}

const MOVED: &str = "create or replace function bench_moved(id uuid, number integer) returns uuid
    language sql immutable strict parallel safe return
    encode(overlay(uuid_send(id) placing int4send(number) from 10 for 4), 'hex')::uuid";

const COPIES: [&str; 7] = [
    "insert into risk_file (id, cell_id, reference, status, opened_by, opened_at, sunset_at)
     select bench_moved(f.id, n), f.cell_id, 'COPIE-' || n, f.status, f.opened_by,
       f.opened_at + n * interval '1 second', f.sunset_at
     from risk_file f, generate_series(FIRST, LAST) n where f.id = 'BASE'",
    "insert into circle (file_id, cell_id, agency_id, from_at, until_at, added_by)
     select bench_moved(c.file_id, n), c.cell_id, c.agency_id, c.from_at, c.until_at, c.added_by
     from circle c, generate_series(FIRST, LAST) n where c.file_id = 'BASE'",
    "insert into recusal select bench_moved(r.file_id, n), r.human_id, r.recused_by, r.recused_at
     from recusal r, generate_series(FIRST, LAST) n where r.file_id = 'BASE'",
    "insert into person (id, file_id, cell_id, role, vault, added_by, source_id, added_at)
     select bench_moved(p.id, n), bench_moved(p.file_id, n), p.cell_id, p.role, p.vault, p.added_by, p.source_id,
       p.added_at
     from person p, generate_series(FIRST, LAST) n where p.file_id = 'BASE'",
    "insert into consent select r.* from consent c, generate_series(FIRST, LAST) n,
       jsonb_populate_record(c, jsonb_build_object('id', bench_moved(c.id, n), 'file_id', bench_moved(c.file_id, n),
         'subject_id', bench_moved(c.subject_id, n), 'grantor_person', bench_moved(c.grantor_person, n))) r
     where c.file_id = 'BASE'",
    "insert into provision select r.* from provision p, generate_series(FIRST, LAST) n,
       jsonb_populate_record(p, jsonb_build_object('consent_id', bench_moved(p.consent_id, n),
         'file_id', bench_moved(p.file_id, n))) r
     where p.file_id = 'BASE'",
    "insert into disclosure select r.* from disclosure d, generate_series(FIRST, LAST) n,
       jsonb_populate_record(d, jsonb_build_object('id', bench_moved(d.id, n), 'file_id', bench_moved(d.file_id, n),
         'item_facts', array(select bench_moved(i, n) from unnest(d.item_facts) i),
         'item_subjects', array(select bench_moved(i, n) from unnest(d.item_subjects) i))) r
     where d.file_id = 'BASE'",
];

const FACTS: &str = "insert into fact (id, file_id, cell_id, person_id, field, source_id, recorded_by, recorded_at,
      value_sealed, vault, supersedes, retracted_at, retracted_by)
    select bench_moved(f.id, v.n), bench_moved(f.file_id, v.n), f.cell_id, bench_moved(f.person_id, v.n), f.field,
      f.source_id, f.recorded_by, f.recorded_at, v.value, f.vault, bench_moved(f.supersedes, v.n), f.retracted_at,
      f.retracted_by
    from unnest($1, $2, $3) v(n, base, value) join fact f on f.id = v.base order by v.n";

const BIRTHS: &str = "update person p set birth_sealed = v.value
    from unnest($1, $2, $3) v(n, base, value) where p.id = bench_moved(v.base, v.n)";

/// Makes the database and its keystore in this directory.
pub fn run(data: &Path, count: i32) {
    std::fs::create_dir_all(data).expect("a directory");
    let server = house::postgresql(data);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let root = server.url(migrations::private::OWNER, "postgres");
    runtime.block_on(migrations::database::ensure(&root, house::DATABASE, None)).expect("a database");
    migrations::apply(&house::url(&server)).expect("its tables");
    let keys = DirectoryKeystore::open_or_create(&data.join("keys")).expect("a keystore");
    runtime.block_on(fill(&house::url(&server), &keys, count));
    server.stop().expect("a clean stop");
}

async fn fill(url: &str, keys: &DirectoryKeystore, count: i32) {
    let scenario = Scenario::read(include_str!("../../scenarios/estrie.json")).expect("the scenario");
    let loading = Loading {
        keys,
        password_hash: &hash_password(house::PASSWORD).expect("a hash"),
        policy: Ceiling::built_in().expect("the policy").version(),
        now: real_now(),
        ids_of: None,
    };
    let loaded = load(url, None, &scenario, &loading).await.expect("loaded; is the directory empty?");
    let base = loaded.files.values().next().expect("a file").id;
    let mut conn = AsyncPgConnection::establish(url).await.expect("a connection");
    conn.batch_execute(MOVED).await.expect("the function");
    let key = keys.open(FileId::from_uuid(base)).expect("its key");
    let facts = opened_facts(&mut conn, base, &key).await;
    let births = opened_births(&mut conn, base, &key).await;
    let began = Instant::now();
    for first in (1..=count).step_by(usize::try_from(BATCH).expect("small")) {
        let last = count.min(first + BATCH - 1);
        conn.batch_execute("begin").await.expect("begun");
        for copy in COPIES {
            let sql = copy
                .replace("FIRST", &first.to_string())
                .replace("LAST", &last.to_string())
                .replace("BASE", &base.to_string());
            conn.batch_execute(&sql).await.expect("copied");
        }
        let files: Vec<FileId> = (first..=last).map(|n| FileId::from_uuid(moved(base, n))).collect();
        let made = keys.create_many(&files).expect("keys");
        let sealed = |rows: &[(Uuid, Vec<u8>)], place: fn(Uuid) -> Place| {
            let mut columns = (Vec::new(), Vec::new(), Vec::new());
            for (n, key) in (first..=last).zip(&made) {
                for (id, plain) in rows {
                    columns.0.push(n);
                    columns.1.push(*id);
                    columns.2.push(key.seal(&place(moved(*id, n)), plain).expect("sealed"));
                }
            }
            columns
        };
        for (sql, (numbers, bases, values)) in
            [(FACTS, sealed(&facts, fact_place)), (BIRTHS, sealed(&births, birth_place))]
        {
            diesel::sql_query(sql)
                .bind::<Array<Integer>, _>(numbers)
                .bind::<Array<SqlUuid>, _>(bases)
                .bind::<Array<Binary>, _>(values)
                .execute(&mut conn)
                .await
                .expect("written");
        }
        conn.batch_execute("commit").await.expect("committed");
        print!("\r{last} files of {count}, {:.0} s", began.elapsed().as_secs_f64());
        let _ = std::io::stdout().flush();
    }
    conn.batch_execute("vacuum analyze").await.expect("vacuumed");
    println!("\nfilled");
}

fn fact_place(row: Uuid) -> Place {
    Place { table: "fact", column: "value_sealed", row }
}

async fn opened_facts(conn: &mut AsyncPgConnection, file: Uuid, key: &FileKey) -> Vec<(Uuid, Vec<u8>)> {
    let rows: Vec<(Uuid, Vec<u8>)> = fact::table
        .filter(fact::file_id.eq(file))
        .select((fact::id, fact::value_sealed))
        .load(conn)
        .await
        .expect("facts");
    rows.into_iter()
        .map(|(id, sealed)| (id, key.open(&fact_place(id), &sealed).expect("open").to_vec()))
        .collect()
}

async fn opened_births(conn: &mut AsyncPgConnection, file: Uuid, key: &FileKey) -> Vec<(Uuid, Vec<u8>)> {
    let rows: Vec<(Uuid, Option<Vec<u8>>)> = person::table
        .filter(person::file_id.eq(file))
        .select((person::id, person::birth_sealed))
        .load(conn)
        .await
        .expect("persons");
    rows.into_iter()
        .filter_map(|(id, sealed)| Some((id, key.open(&birth_place(id), &sealed?).expect("open").to_vec())))
        .collect()
}
