//! The measurements: what is compared runs in turns, and the median of the turns counts.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use api::http::Cursor;
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use serde_json::Value;
use uuid::Uuid;

use super::{
    client::{self, Run},
    fill::moved,
    house::{self, Running},
    peer,
    tables::{account, risk_file},
};

pub const TURNS: usize = 5;
pub const LENGTH: Duration = Duration::from_secs(6);
/// Somebody of the circle who sees much and is withheld much.
const READER: &str = "marc@police-demo.example";

/// The original file, and how many copies there are.
fn files(url: &str) -> (Uuid, i64) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let mut conn = AsyncPgConnection::establish(url).await.expect("a connection");
        let base = risk_file::table
            .filter(risk_file::reference.eq("EST-2026-0007"))
            .select(risk_file::id)
            .get_result(&mut conn)
            .await
            .expect("the original: run `fill` first");
        let all: i64 = risk_file::table.count().get_result(&mut conn).await.expect("a count");
        (base, all - 1)
    })
}

pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn number(seed: u64, count: i64) -> i32 {
    i32::try_from(seed % u64::try_from(count).expect("some files")).expect("not that many") + 1
}

fn whole(house: &Running, base: Uuid, count: i64, connections: u64) -> Run {
    let token = house::token(house.address, READER);
    client::load(house.address, connections, LENGTH, move |seed| {
        format!(
            "GET /api/v1/files/{} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\
             Purpose-Of-Use: safety_planning\r\n\r\n",
            moved(base, number(seed, count))
        )
    })
}

fn bare(bare: &Running, base: Uuid, count: i64, connections: u64) -> Run {
    client::load(bare.address, connections, LENGTH, move |seed| {
        format!("GET /files/{} HTTP/1.1\r\nHost: bench\r\n\r\n", moved(base, number(seed, count)))
    })
}

/// `GET /files/{id}` beside the bare application and pgbench.
pub fn read(data: &Path, turns: usize) {
    let server = house::postgresql(data);
    let url = house::url(&server);
    let (base, count) = files(&url);
    let (house, peer_app) = (house::serve(&server, data), house::bare(&server));
    println!("{count} files; ready after {:.2} s", house.ready.as_secs_f64());
    whole(&house, base, count, 32);
    bare(&peer_app, base, count, 32);
    let script = peer::read_script(base, count);
    for connections in [8, 32] {
        let (mut to_bare, mut to_peer, mut tails) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..turns {
            let cpu = house.cpu();
            let full = whole(&house, base, count, connections);
            let own = (house.cpu() - cpu) / full.times.len() as f64 * 1e6;
            let cpu = peer_app.cpu();
            let plain = bare(&peer_app, base, count, connections);
            let other = (peer_app.cpu() - cpu) / plain.times.len() as f64 * 1e6;
            let (rate, _) = peer::run(data, &url, &script, connections, LENGTH.as_secs());
            println!(
                "{connections:>2} connections: whole {:>6.0}/s p50 {:.1} p99 {:.1} ms, {own:.0} µs CPU, {} bytes | \
                 bare {:>6.0}/s p50 {:.1} p99 {:.1} ms, {other:.0} µs CPU, {} bytes | pgbench {rate:>6.0}/s",
                full.rate,
                full.quantile(0.5),
                full.quantile(0.99),
                full.bytes,
                plain.rate,
                plain.quantile(0.5),
                plain.quantile(0.99),
                plain.bytes,
            );
            to_bare.push(full.rate / plain.rate);
            to_peer.push(full.rate / rate);
            tails.push(full.quantile(0.99) - 3.0 * full.quantile(0.5));
        }
        println!(
            "{connections:>2} connections, medians: whole / bare {:.2}, whole / pgbench {:.2}, p99 - 3 p50 {:.1} ms",
            median(to_bare),
            median(to_peer),
            median(tails)
        );
    }
    println!("filet serve, most memory resident: {:.0} MiB", house.peak());
}

/// One of the two alone under load for a while, for a profiler to look at.
pub fn profile(data: &Path, connections: u64, which: &str) {
    let server = house::postgresql(data);
    let (base, count) = files(&house::url(&server));
    let (house, peer_app) = (house::serve(&server, data), house::bare(&server));
    for _ in 0..TURNS {
        let full = match which {
            "bare" => bare(&peer_app, base, count, connections),
            _ => whole(&house, base, count, connections),
        };
        println!("{:.0}/s p50 {:.1} p99 {:.1} ms", full.rate, full.quantile(0.5), full.quantile(0.99));
    }
}

/// Processor time a request costs, of the program and of the database: what can still be compared when others
/// use the machine.
pub fn cost(data: &Path, turns: usize) {
    let server = house::postgresql(data);
    let url = house::url(&server);
    let (base, count) = files(&url);
    let (house, peer_app) = (house::serve(&server, data), house::bare(&server));
    let path = page_path(&page_after(&url, count / 2));
    let token = house::token(house.address, READER);
    whole(&house, base, count, 32);
    bare(&peer_app, base, count, 32);
    let measured = |what: &str, program: &Running, run: &dyn Fn() -> Run| {
        let mut figures = (Vec::new(), Vec::new());
        for _ in 0..turns {
            let (own, database) = (program.cpu(), house::database_cpu(data));
            let answers = run().times.len() as f64;
            figures.0.push((program.cpu() - own) / answers * 1e6);
            figures.1.push((house::database_cpu(data) - database) / answers * 1e6);
        }
        let (own, database) = (median(figures.0), median(figures.1));
        println!("{what}: program {own:.0}, database {database:.0}, both {:.0} µs", own + database);
    };
    for connections in [8, 32] {
        measured(&format!("whole {connections}"), &house, &|| whole(&house, base, count, connections));
        measured(&format!("bare {connections}"), &peer_app, &|| bare(&peer_app, base, count, connections));
    }
    measured("page 8", &house, &|| page(&house, &path, &token));
}

/// One request at a time: what it waits for the log beyond the commit itself.
pub fn alone(data: &Path) {
    let server = house::postgresql(data);
    let url = house::url(&server);
    let (base, count) = files(&url);
    let (house, peer_app) = (house::serve(&server, data), house::bare(&server));
    let mut waits = Vec::new();
    for _ in 0..TURNS {
        let full = whole(&house, base, count, 1).quantile(0.5);
        let plain = bare(&peer_app, base, count, 1).quantile(0.5);
        let (_, commit) = peer::run(data, &url, peer::RECORD, 1, LENGTH.as_secs());
        println!("alone: whole {full:.2} ms, bare {plain:.2} ms, one row of the log {commit:.2} ms");
        waits.push(full - plain - commit);
    }
    println!("alone, median: whole - bare - commit = {:.2} ms, gate and keys included", median(waits));
}

/// A page of fifty files at several depths, beside the same statement by pgbench.
pub fn list(data: &Path) {
    let server = house::postgresql(data);
    let url = house::url(&server);
    let (_, count) = files(&url);
    let house = house::serve(&server, data);
    for depth in [0.0, 0.5, 0.99] {
        let after = (count as f64 * depth) as i64;
        let page = page_after(&url, after);
        let token = house::token(house.address, READER);
        let path = page_path(&page);
        let script = peer::list_script(&page);
        let mut ratios = Vec::new();
        for _ in 0..TURNS {
            let page = self::page(&house, &path, &token);
            let (rate, latency) = peer::run(data, &url, &script, 8, LENGTH.as_secs() / 2);
            println!(
                "page after {after}: {:.0}/s p50 {:.2} p99 {:.2} ms | pgbench {rate:.0}/s {latency:.2} ms",
                page.rate,
                page.quantile(0.5),
                page.quantile(0.99)
            );
            ratios.push(rate / page.rate);
        }
        println!("page after {after}, median: {:.2} times its pgbench query", median(ratios));
    }
}

fn page_path(page: &peer::Page) -> String {
    let cursor = page.after.map(|(at, id)| format!("&cursor={}", Cursor { at, id }.encode()));
    format!("/api/v1/files?limit=50{}", cursor.unwrap_or_default())
}

fn page(house: &Running, path: &str, token: &str) -> Run {
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\
         Purpose-Of-Use: safety_planning\r\n\r\n"
    );
    client::load(house.address, 8, LENGTH / 2, move |_| request.clone())
}

/// What the reader's page after so many files asks for.
fn page_after(url: &str, after: i64) -> peer::Page {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let mut conn = AsyncPgConnection::establish(url).await.expect("a connection");
        let (human, agency): (Uuid, Uuid) = account::table
            .filter(account::email.eq(READER))
            .select((account::human_id, account::agency_id))
            .get_result(&mut conn)
            .await
            .expect("the reader");
        let cell =
            risk_file::table.select(risk_file::cell_id).limit(1).get_result(&mut conn).await.expect("a cell");
        let place = risk_file::table
            .order((risk_file::opened_at, risk_file::id))
            .offset((after - 1).max(0))
            .select((risk_file::opened_at, risk_file::id));
        let place = place.first(&mut conn).await.expect("that deep");
        peer::Page { agency, human, cell, after: (after > 0).then_some(place) }
    })
}

/// `filet decide` over the project's vectors, many times.
pub fn decide() {
    let vectors = include_str!("../../authz/tests/vectors/gate.jsonl");
    let inputs: Vec<String> = vectors
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["situation"].to_string())
        .collect();
    let times = 200;
    let text = (inputs.join("\n") + "\n").repeat(times);
    let own = std::env::current_exe().expect("this program");
    let program = own.ancestors().nth(2).expect("the directory of the release build").join("filet");
    for _ in 0..TURNS {
        let began = Instant::now();
        let mut child = Command::new(&program)
            .arg("decide")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("first: cargo build --release -p api");
        child.stdin.take().expect("its input").write_all(text.as_bytes()).expect("written");
        child.wait().expect("ended");
        let rate = (inputs.len() * times) as f64 / began.elapsed().as_secs_f64();
        println!("filet decide: {rate:.0} situations a second on one core");
    }
}
