//! `filet instrument check`, as somebody who writes an instrument runs it.

#![expect(
    clippy::unwrap_used,
    clippy::tests_outside_test_module,
    reason = "a test stops at the first surprise"
)]

use std::{fs, process::Command};

const GRID: &str = include_str!("../../domain/data/instruments/cir-generique.json");

/// Exit code, standard output, standard error.
fn check(text: &str) -> (Option<i32>, String, String) {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("instrument.json");
    fs::write(&file, text).unwrap();
    let done =
        Command::new(env!("CARGO_BIN_EXE_filet")).args(["instrument", "check"]).arg(&file).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code(), text(done.stdout), text(done.stderr))
}

#[test]
fn a_sound_instrument_is_said_to_be_so() {
    let (code, said, wrong) = check(GRID);
    assert_eq!((code, wrong.as_str()), (Some(0), ""));
    assert!(said.contains("cir-generique, version 1: sound"), "{said}");
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let (code, said, wrong) = check(&GRID.replacen("\"version\": 1", "\"version\": 0", 1));
    assert_eq!((code, said.as_str()), (Some(1), ""));
    assert!(wrong.contains("/version: ") && wrong.contains("out_of_range"), "{wrong}");
    let (code, _, wrong) = check(&GRID.replacen("\"presence\"", "\"maybe\"", 1));
    assert_eq!(code, Some(1));
    assert!(wrong.contains("line ") && wrong.contains("/items/0/answers"), "{wrong}");
}
