//! How soon a page can be used, as a browser four times slower than this machine feels it, on a cold cache:
//!
//!     cargo run --release -p tests --example vitals
//!
//! Largest paint, shift of layout, how long a click waits, and what came over the network, compressed.

use serde_json::json;
use tests::{
    chromium::{Chromium, DESK, Looks},
    harness::House,
};

/// Asks the page what it measured of itself.
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
        seen('layout-shift', found => found.reduce((sum, one) => sum + one.value, 0)),
        seen('event', found => found.reduce((most, one) => Math.max(most, one.duration), 0)),
    ]).then(([paint, shift, wait]) => done({
        paint, shift, wait, usable: here.domInteractive, server: here.responseStart - here.requestStart,
        html: here.encodedBodySize, parts: parts.reduce((sum, one) => sum + one.encodedBodySize, 0),
    }));";

fn main() {
    let house = House::estrie();
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
