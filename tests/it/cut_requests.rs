//! Clients hang up at any moment: no transaction is left open, and every answer has its row.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use serde_json::json;
use tests::harness::{House, PASSWORD, email_of};

/// A small generator, so that a failure can be repeated.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

#[test]
fn two_thousand_requests_cut_at_random_leave_no_open_transaction_and_a_row_for_every_answer() {
    let house = House::estrie();
    let session =
        house.stranger().post("/api/v1/session", &json!({"email": email_of("amina"), "password": PASSWORD}));
    let token = session.expect(200)["access_token"].as_str().unwrap().to_owned();
    let file = house.file().id;
    let read = format!(
        "GET /api/v1/files/{file} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nPurpose-Of-Use: safety_planning\r\n\r\n"
    );
    let body = json!({"person": house.file().persons["mireille"], "field": "incident", "value": "Coupé."})
        .to_string();
    let write = format!(
        "POST /api/v1/files/{file}/facts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nPurpose-Of-Use: safety_planning\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let before: usize = house
        .database
        .ask("select count(*) from access_event where act = 'fact.record' and decision = 0")
        .parse()
        .unwrap();
    let cut = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let (read, write, cut, address) = (&read, &write, &cut, house.address);
            scope.spawn(move || {
                let mut chance = Chance(thread + 1);
                for _ in 0..250 {
                    let request = if chance.next(4) == 0 { write } else { read };
                    let Ok(mut stream) = TcpStream::connect(address) else { continue };
                    stream.write_all(request.as_bytes()).unwrap();
                    std::thread::sleep(Duration::from_micros(chance.next(6_000)));
                    if chance.next(5) == 0 {
                        let mut some = [0u8; 64];
                        stream.set_read_timeout(Some(Duration::from_millis(1))).unwrap();
                        let _ = stream.read(&mut some);
                    }
                    cut.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(cut.load(Ordering::Relaxed), 2_000);
    // What was under way ends by itself; then nothing is left open.
    let open = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and (state like 'idle in transaction%' or xact_start is not null)";
    let closed = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        house.database.ask(open) == "0"
    });
    assert!(closed, "a transaction was left open");
    // A change and its row live or die together.
    let rows: usize = house
        .database
        .ask("select count(*) from access_event where act = 'fact.record' and decision = 0")
        .parse()
        .unwrap();
    let facts: usize = house.database.ask("select count(*) from fact").parse().unwrap();
    assert_eq!(rows - before, facts - 31);
    assert!(facts > 31, "no command got through at all");
    // And it still answers, each answer under its own row.
    let amina = house.sign_in("amina").for_purpose("safety_planning");
    for _ in 0..20 {
        let event = amina.get(&house.file_path()).expect(200)["access_event"].as_str().unwrap().to_owned();
        let row = house
            .database
            .ask(&format!("select count(*) from access_event where id = '{event}' and act = 'file.read'"));
        assert_eq!(row, "1");
    }
}
