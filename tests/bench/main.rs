//! Measurements by hand, on a database of many files: never part of the tests, since nothing timed is.
//!
//! `cargo bench -p tests --bench house -- fill` makes the files once; `read`, `list` and `alone`
//! measure on them, `gate` and `decide` without them. See `docs/PERFORMANCE.md`.

mod bare;
mod board;
mod client;
mod fill;
mod gate;
mod house;
mod measure;
mod peer;
mod tables;

use std::path::PathBuf;

/// The allocator of the program that is measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let word = |at: usize| words.get(at).map(String::as_str);
    let data = |at: usize| word(at).map_or_else(|| std::env::temp_dir().join("filet-bench"), PathBuf::from);
    match word(0) {
        Some("fill") => fill::run(&data(2), word(1).map_or(100_000, |count| count.parse().expect("a count"))),
        Some("read") => {
            measure::read(&data(1), word(2).map_or(measure::TURNS, |turns| turns.parse().expect("a count")));
        }
        Some("profile") => measure::profile(
            &data(1),
            word(2).map_or(8, |count| count.parse().expect("a count")),
            word(3).unwrap_or("whole"),
        ),
        Some("cost") => {
            measure::cost(&data(1), word(2).map_or(measure::TURNS, |turns| turns.parse().expect("a count")));
        }
        Some("board") => board::run(&data(1)),
        Some("list") => measure::list(&data(1)),
        Some("alone") => measure::alone(&data(1)),
        Some("decide") => measure::decide(),
        Some("gate") => gate::run(),
        // Started by `read`, as a program of its own like the one it is compared with.
        Some("bare") => bare::serve(word(1).expect("a database"), word(2).expect("an address")),
        _ => println!(
            "fill [FILES] [DIR] | read [DIR] [TURNS] | profile [DIR] [CONNECTIONS] [bare] | cost [DIR] [TURNS] | list [DIR] | board [DIR] | alone [DIR] | gate | decide"
        ),
    }
}
