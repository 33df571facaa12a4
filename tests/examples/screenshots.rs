//! Pictures of every page, in both languages, light and dark, on a desk and on a telephone:
//!
//!     cargo run -p tests --example screenshots -- DIRECTORY [STOPS] [LOOKS]
//!
//! Only the pages whose name holds one of STOPS, and the looks whose name holds one of LOOKS, each separated by commas:
//! `shots dossier,filet telephone,desk-en`. Without them, all.
//!
//! With `--guide` in place of a directory, the pictures that the guide names are taken anew (`docs/guide/images`).
//! Where Chromium's own words, such as those of a date field, should be French, Debian has `chromium-l10n`.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use tests::{
    chromium::{Chromium, DESK, Looks},
    harness::{House, Plan, demonstration},
    tour::{NOBODY, Walk, walks},
};

/// How high a picture is at most: of a whole page, and in the guide.
const HIGHEST: [u64; 2] = [8_000, 1_600];

/// The pictures that the pages of the guide name.
fn named(guide: &Path) -> BTreeSet<String> {
    let pages = std::fs::read_dir(guide).expect("the guide").flatten().map(|page| page.path());
    let pages = pages.filter(|page| page.extension().is_some_and(|kind| kind == "md"));
    let words = pages.map(|page| std::fs::read_to_string(page).expect("a page")).collect::<String>();
    let names = words.split("(images/").skip(1).filter_map(|part| part.split(".png)").next());
    names.map(str::to_owned).collect()
}

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
    let guide_home = home.join("../docs/guide");
    let folder = if guide { guide_home.join("images") } else { PathBuf::from(&wanted) };
    let in_guide = if guide { named(&guide_home) } else { BTreeSet::new() };
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
            stops.retain(|stop| holds(&stops_wanted, stop.name) && (!guide || in_guide.contains(stop.name)));
            if stops.is_empty() {
                continue;
            }
            let browser = Chromium::open(house.address, *looks);
            let browser = if persona == NOBODY { browser } else { browser.signed_in(persona) };
            for stop in stops {
                browser.go(&stop.path);
                let name =
                    if guide { format!("{}.png", stop.name) } else { format!("{}-{look}.png", stop.name) };
                std::fs::write(folder.join(&name), browser.picture(HIGHEST[usize::from(guide)]))
                    .expect("written");
                println!("{name}");
            }
        }
    }
}
