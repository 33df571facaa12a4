//! How soon a page can be used, as a browser four times slower than this machine feels it, on a cold cache:
//!
//!     cargo run --release -p tests --example vitals
//!
//! Largest paint, shift of layout, how long a click waits, and what came over the network, compressed. Then, without
//! a browser, what the server takes for a file's page against its answer of the API, one after the other in turn.

use std::time::{Duration, Instant};

use serde_json::json;
use tests::{
    chromium::{Chromium, DESK, Looks},
    harness::{Browser, House},
};

/// How often a page and its answer of the API are asked for.
const TURNS: usize = 1_000;

/// Asks the page what it measured of itself. A shift that answers a click, such as a fold that opens, is none.
const MEASURED: &str = "
    const seen = (type, pick) => new Promise(done => {
        const found = [];
        const watch = new PerformanceObserver(list => found.push(...list.getEntries()));
        watch.observe({ type, buffered: true, durationThreshold: 16 });
        setTimeout(() => { watch.disconnect(); done(pick(found)); }, 400);
    });
    const done = arguments[arguments.length - 1];
    const here = performance.getEntriesByType('navigation')[0];
    const parts = performance.getEntriesByType('resource');
    Promise.all([
        seen('largest-contentful-paint', found => found.length ? found[found.length - 1].startTime : 0),
        seen('layout-shift', found => found.reduce((sum, one) => sum + (one.hadRecentInput ? 0 : one.value), 0)),
        seen('event', found => found.reduce((most, one) => Math.max(most, one.duration), 0)),
    ]).then(([paint, shift, wait]) => done({
        paint, shift, wait, usable: here.domInteractive, server: here.responseStart - here.requestStart,
        html: here.encodedBodySize, parts: parts.reduce((sum, one) => sum + one.encodedBodySize, 0),
    }));";

/// The time of the one in the middle.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn against_the_api(house: &House) {
    let (page, rest) =
        (Browser::signed_in(house, "amina"), house.sign_in("amina").for_purpose("safety_planning"));
    let path = format!("/dossiers/{}", house.file().id);
    let (mut of_page, mut of_rest) = (Vec::new(), Vec::new());
    for turn in 0..TURNS + 100 {
        let began = Instant::now();
        let answered = rest.get(&house.file_path());
        let between = Instant::now();
        let shown = page.fetch(&path);
        let ended = Instant::now();
        assert_eq!((answered.status, shown.status), (200, 200));
        // The first turns warm both up.
        if turn >= 100 {
            of_rest.push(between - began);
            of_page.push(ended - between);
        }
    }
    let size = page.fetch(&path).text.len();
    let (of_page, of_rest) = (median(of_page).as_secs_f64(), median(of_rest).as_secs_f64());
    println!(
        "a file's page {:.2} ms, its answer of the API {:.2} ms: {:.2} times; the page is {:.1} kB of HTML",
        of_page * 1e3,
        of_rest * 1e3,
        of_page / of_rest,
        size as f64 / 1e3,
    );
}

fn main() {
    let house = House::estrie();
    against_the_api(&house);
    let file = format!("/dossiers/{}", house.file().id);
    for path in ["/connexion", "/accueil", "/dossiers", &file] {
        let browser = Chromium::open(house.address, Looks { slower: 4, ..DESK }).signed_in("amina");
        let mut runs: Vec<serde_json::Value> = (0..5)
            .map(|_| {
                browser.tell("Network.clearBrowserCache", json!({}));
                browser.go(path);
                browser.press("summary");
                browser.ask_later(MEASURED)
            })
            .collect();
        let mut median = |name: &str| {
            runs.sort_by(|a, b| a[name].as_f64().unwrap_or(0.0).total_cmp(&b[name].as_f64().unwrap_or(0.0)));
            runs[runs.len() / 2][name].as_f64().unwrap_or(0.0)
        };
        println!(
            "{}: largest paint {:.0} ms, usable {:.0} ms, server {:.0} ms, shift {:.3}, a click waits {:.0} ms, HTML {:.1} kB, CSS and scripts {:.1} kB",
            path.split('/').nth(1).unwrap_or(path),
            median("paint"),
            median("usable"),
            median("server"),
            median("shift"),
            median("wait"),
            median("html") / 1e3,
            median("parts") / 1e3,
        );
    }
}
