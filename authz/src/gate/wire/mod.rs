//! `decide` as a program: one situation a line in, one decision a line out, in the same order.
//!
//! A malformed line is answered with what is wrong and where, never with what stands there; the others
//! are still answered.

mod checks;
mod format;

use std::io::{self, BufRead, Write};

use serde::Serialize;

use super::{Basis, Decision, Gate, Visibility};
use crate::ceiling::Ceiling;

#[derive(Serialize)]
struct Refused {
    error: String,
}

/// Answers every line; blank lines are skipped, and counted. True when all were answered.
///
/// # Errors
/// When input cannot be read or output written.
pub fn decide_lines(ceiling: &Ceiling, mut input: impl BufRead, mut output: impl Write) -> io::Result<bool> {
    let mut all = true;
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            output.flush()?;
            return Ok(all);
        }
        number += 1;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answer = decide_line(ceiling, number, &line);
        all &= answer.is_ok();
        output.write_all(answer.unwrap_or_else(|refused| refused).as_bytes())?;
        output.write_all(b"\n")?;
    }
}

/// Answers one line: its decision, or an object that says what is wrong in which line.
///
/// # Errors
/// When the line is malformed.
pub fn decide_line(ceiling: &Ceiling, number: usize, line: &[u8]) -> Result<String, String> {
    let refused = |problem: &str| {
        let refused = Refused { error: format!("line {number}: {problem}") };
        serde_json::to_string(&refused).unwrap_or_else(|_| String::from(r#"{"error":"unreadable"}"#))
    };
    let text = std::str::from_utf8(line).map_err(|_| refused("is not UTF-8"))?;
    let situation = format::read(text).map_err(|problem| refused(&problem))?;
    checks::check(&situation).map_err(|problem| refused(&problem))?;
    let (scope, viewer) = situation.parts();
    let gate = Gate::new(&scope, &viewer, situation.purpose, situation.now, ceiling);
    let mut answer = String::with_capacity(32 + 64 * scope.facts.len());
    answer.push_str(match gate.visibility() {
        Visibility::Absent => r#"{"file":"absent","facts":["#,
        Visibility::Outside | Visibility::Circle => r#"{"file":"visible","facts":["#,
    });
    if gate.visibility() != Visibility::Absent {
        for (place, fact) in scope.facts.iter().enumerate() {
            if place > 0 {
                answer.push(',');
            }
            write_decision(&mut answer, fact.id, &gate.decide(fact));
        }
    }
    answer.push_str("]}");
    Ok(answer)
}

fn write_decision(answer: &mut String, fact: &str, decision: &Decision<&str>) {
    answer.push_str(r#"{"fact":"#);
    push_text(answer, &[fact]);
    match decision {
        Decision::Hidden => answer.push_str(r#","outcome":"hidden"}"#),
        Decision::Withheld(reason) => {
            answer.push_str(r#","outcome":"withheld","reason":""#);
            answer.push_str(reason.wire());
            answer.push_str("\"}");
        }
        Decision::Disclosed(basis) => {
            answer.push_str(r#","outcome":"disclosed","basis":"#);
            match basis {
                Basis::Own => push_text(answer, &["own"]),
                Basis::Consent(id) => push_text(answer, &["consent:", id]),
                Basis::Disclosure(id) => push_text(answer, &["disclosure:", id]),
            }
            answer.push('}');
        }
    }
}

/// Writes text as a JSON string; plain words, as ids are, need no escaping.
fn push_text(answer: &mut String, parts: &[&str]) {
    let plain = |part: &&str| part.bytes().all(|b| b >= b' ' && b != b'"' && b != b'\\');
    if parts.iter().all(plain) {
        answer.push('"');
        for part in parts {
            answer.push_str(part);
        }
        answer.push('"');
    } else {
        answer.push_str(&serde_json::Value::String(parts.concat()).to_string());
    }
}
