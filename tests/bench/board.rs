//! The coordinator's board and what is due, on a full database: a cell with 2 000 open mobilisations, 20 000 ended
//! ones, as many again elsewhere, and half a million reminders of which few are due.

use std::path::Path;

use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};

use super::{
    client::{self, Run},
    house::{self, Running},
    measure::{LENGTH, TURNS, median},
    peer,
};

/// The coordinator of the cell.
const READER: &str = "karine@coordination-demo.example";

/// Ids whose order is that of opening, as everywhere.
const ROWS: &str = "
insert into mobilisation (id, cell_id, reference, state, brought_by, file_id, level, opened_at, consulted_at, decided_at,
    triggered_at, closed_at, due_at)
select ('0199b000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, f.cell_id, 'M-BANC-' || n,
    case when n % 11 = 0 then (array[2, 3, 5, 6, 7, 8])[1 + (n / 11) % 6] else 9 end,
    (select id from agency where key = (array['police-demo', 'sante-demo', 'hebergement-demo'])[1 + n % 3]),
    case when n % 11 = 0 and (n / 11) % 6 < 2 then null else bench_moved(f.id, 1 + n % 5000) end,
    'aggravated', 'NOW'::timestamptz - (30000 - n) * interval '1 hour', 'NOW'::timestamptz - (29999 - n) * interval '1 hour',
    'NOW'::timestamptz - (29990 - n) * interval '1 hour', 'NOW'::timestamptz - (29990 - n) * interval '1 hour',
    case when n % 11 = 0 then null else 'NOW'::timestamptz - (29000 - n) * interval '1 hour' end,
    case when n % 11 = 0 then 'NOW'::timestamptz + (n % 200 - 60) * interval '1 hour' end
from (select id, cell_id from risk_file where reference = 'EST-2026-0007') f, generate_series(1, 22000) n
on conflict do nothing;
insert into reminder (id, cell_id, file_id, kind, subject, recipient_agency, created_at, due_at, told_at, done_at)
select ('0199b001-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, f.cell_id, null, 'mobilisation_overdue',
    ('0199b000-0000-7000-8000-' || lpad(to_hex(1 + n % 22000), 12, '0'))::uuid, null,
    'NOW'::timestamptz - interval '90 days', 'NOW'::timestamptz + (n - 470000) * interval '1 second',
    case when n < 469950 then 'NOW'::timestamptz end, case when n < 469950 then 'NOW'::timestamptz end
from (select cell_id from risk_file where reference = 'EST-2026-0007') f, generate_series(1, 500000) n
on conflict do nothing;
analyze mobilisation; analyze reminder;";

/// Times the board by what is due and by opening, at several sizes of page, and the reminders due.
pub fn run(data: &Path) {
    let server = house::postgresql(data);
    let url = house::url(&server);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let house = house::serve(&server, data);
    runtime.block_on(async {
        let mut conn = AsyncPgConnection::establish(&url).await.expect("a connection");
        conn.batch_execute(&ROWS.replace("NOW", house::NOW)).await.expect("the rows: run `fill` first");
    });
    let token = house::token(house.address, READER);
    for (what, query) in [
        ("by what is due, 10", "order=due&limit=10"),
        ("by what is due, 50", "order=due&limit=50"),
        ("by what is due, 100", "order=due&limit=100"),
        ("by opening, 50", "limit=50"),
        ("of one state, 50", "state=follow_up&limit=50"),
    ] {
        for connections in [1, 8] {
            let runs: Vec<Run> = (0..TURNS).map(|_| board(&house, &token, query, connections)).collect();
            let middle = |q| median(runs.iter().map(|run| run.quantile(q)).collect());
            let rate = median(runs.iter().map(|run| run.rate).collect());
            println!(
                "board {what}, {connections} at once: {rate:.0}/s, p50 {:.2} ms, p99 {:.2} ms",
                middle(0.5),
                middle(0.99)
            );
        }
    }
    let due = domain::reminder::DUE.replace("$1", &format!("'{}'", house::NOW)).replace("$2", "100");
    let (_, latency) = peer::run(data, &url, &format!("begin;\n{due};\nrollback;\n"), 1, LENGTH.as_secs());
    println!("the reminders due, among 500 000: {latency:.2} ms for begin, the statement, rollback");
}

fn board(house: &Running, token: &str, query: &str, connections: u64) -> Run {
    let request = format!(
        "GET /api/v1/mobilisations?{query} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\
         Purpose-Of-Use: safety_planning\r\n\r\n"
    );
    client::load(house.address, connections, LENGTH / 2, move |_| request.clone())
}
