//! Pictures of every page, in both languages, light and dark, on a desk and on a telephone:
//!
//!     cargo run -p tests --example screenshots -- DIRECTORY [STOPS] [LOOKS]
//!
//! Only the pages whose name holds one of STOPS, and the looks whose name holds one of LOOKS, each separated by commas:
//! `shots dossier,filet telephone,desk-en`. Without them, all.
//!
//! With `--guide` in place of a directory, the pictures of the guide (`docs/guide/images`) are taken anew.

use std::path::PathBuf;

use tests::{
    chromium::{Chromium, DESK, Looks},
    harness::{House, Plan, demonstration},
    tour::{NOBODY, Walk, walks},
};

fn main() {
    let wanted = std::env::args().nth(1).unwrap_or_else(|| "screenshots".into());
    let guide = wanted == "--guide";
    let only = |at: usize| -> Vec<String> {
        let words = std::env::args().nth(at).filter(|words| !words.is_empty());
        words.iter().flat_map(|words| words.split(',')).map(str::to_owned).collect()
    };
    let (stops_wanted, looks_wanted) = (only(2), only(3));
    let holds = |wanted: &[String], name: &str| {
        wanted.is_empty() || wanted.iter().any(|part| name.contains(part.as_str()))
    };
    let home = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = if guide { home.join("../docs/guide/images") } else { PathBuf::from(&wanted) };
    std::fs::create_dir_all(&folder).expect("a directory");
    let house = House::build(Plan { scenario: demonstration(), ..Plan::default() });
    let telephone = Looks { width: 390, ..DESK };
    let all: &[(&str, Looks)] = &[
        ("bureau", DESK),
        ("bureau-sombre", Looks { dark: true, ..DESK }),
        ("telephone", telephone),
        ("telephone-sombre", Looks { dark: true, ..telephone }),
        ("desk-en", Looks { lang: "en", ..DESK }),
        ("desk-dark-en", Looks { lang: "en", dark: true, ..DESK }),
        ("phone-en", Looks { lang: "en", ..telephone }),
        ("phone-dark-en", Looks { lang: "en", dark: true, ..telephone }),
    ];
    let looks = if guide { &all[..1] } else { all };
    for (look, looks) in looks.iter().filter(|(look, _)| holds(&looks_wanted, look)) {
        for Walk { persona, mut stops } in walks(&house) {
            stops.retain(|stop| holds(&stops_wanted, stop.name));
            if stops.is_empty() {
                continue;
            }
            let browser = Chromium::open(house.address, *looks);
            let browser = if persona == NOBODY { browser } else { browser.signed_in(persona) };
            for stop in stops {
                browser.go(&stop.path);
                let name =
                    if guide { format!("{}.png", stop.name) } else { format!("{}-{look}.png", stop.name) };
                std::fs::write(folder.join(&name), browser.picture()).expect("written");
                println!("{name}");
            }
        }
    }
}
