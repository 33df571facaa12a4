//! The second statement of the gate agrees with the decisions that came with the rules, and the situations drawn
//! for the properties reach every corner.

use std::collections::BTreeMap;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;
use tests::engine::engine;
use tests::{oracle, situations};

const GIVEN: &str = include_str!("../../authz/tests/vectors/gate.jsonl");

fn given() -> impl Iterator<Item = Value> {
    GIVEN.lines().map(|line| serde_json::from_str(line).unwrap())
}

#[test]
fn the_oracle_agrees_with_every_given_decision() {
    for line in given() {
        assert_eq!(oracle::decide(&line["situation"]), line["decision"], "{}", line["situation"]["id"]);
    }
    assert_eq!(given().count(), 600);
}

#[test]
fn the_engine_agrees_with_every_given_decision() {
    for line in given() {
        assert_eq!(engine(&line["situation"]), line["decision"], "{}", line["situation"]["id"]);
    }
}

#[test]
fn the_situations_drawn_reach_every_outcome_often() {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for _ in 0..2_000 {
        let situation = situations::situation().new_tree(&mut runner).unwrap().current();
        let decision = oracle::decide(&situation);
        *seen.entry(format!("file {}", decision["file"].as_str().unwrap())).or_default() += 1;
        for fact in decision["facts"].as_array().unwrap() {
            let basis = fact["basis"].as_str().map(|basis| basis.split(':').next().unwrap());
            let detail = basis.or(fact["reason"].as_str()).unwrap_or("");
            *seen.entry(format!("{} {detail}", fact["outcome"].as_str().unwrap())).or_default() += 1;
        }
    }
    for wanted in [
        "file absent",
        "file visible",
        "disclosed own",
        "disclosed consent",
        "disclosed disclosure",
        "withheld refused",
        "withheld withdrawn",
        "withheld expired",
        "withheld no_basis",
        "hidden ",
    ] {
        let times = seen.get(wanted).copied().unwrap_or(0);
        assert!(times >= 20, "`{wanted}` was seen {times} times among {seen:?}");
    }
}
