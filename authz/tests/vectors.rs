//! The 600 given situations, decided by the gate.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::tests_outside_test_module,
    reason = "a test may stop at the first surprise"
)]

use authz::{ceiling::Ceiling, gate::wire::decide_line};
use serde_json::Value;

#[test]
fn six_hundred_of_six_hundred() {
    let ceiling = Ceiling::built_in().unwrap();
    let mut wrong = Vec::new();
    let mut asked = 0;
    for (n, line) in include_str!("vectors/gate.jsonl").lines().enumerate() {
        let vector: Value = serde_json::from_str(line).unwrap();
        let answer = decide_line(&ceiling, n + 1, vector["situation"].to_string().as_bytes()).unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        asked += 1;
        if answer != vector["decision"] {
            wrong.push(vector["situation"]["id"].clone());
        }
    }
    assert!(wrong.is_empty(), "{} wrong: {wrong:?}", wrong.len());
    assert_eq!(asked, 600);
}
