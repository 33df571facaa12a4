//! The engine, by number-only shapes of published instruments: ids, weights and ranges, no wording.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod judgement;
mod properties;
mod schema;
mod shapes;
mod soundness;

use super::*;

macro_rules! fixtures {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("fixtures/shape-", $name, ".json")))),+]
    };
}

const FIXTURES: &[(&str, &str)] = fixtures![
    "dash",
    "police-dash",
    "da",
    "da5",
    "lap",
    "odara",
    "b-safer",
    "france",
    "levels",
    "graded",
    "table",
];

fn text_of(name: &str) -> &'static str {
    FIXTURES.iter().find(|(known, _)| *known == name).unwrap().1
}

fn shape(name: &str) -> Instrument {
    read(text_of(name)).unwrap_or_else(|flaws| panic!("{name}: {}", flaws.first().unwrap()))
}

fn given(answer: Answer) -> Given {
    Given { answer, source: Informant::Person, known_on: None }
}

/// Yes or present to these items, no or absent to all others.
fn only(instrument: &Instrument, there: &[&str]) -> Answers {
    let answer = |item: &Item| match (item.answers, there.contains(&item.id.as_str())) {
        (Domain::YesNo, true) => Answer::Yes,
        (Domain::YesNo, false) => Answer::No,
        (Domain::Presence, true) => Answer::Present,
        (Domain::Presence, false) => Answer::Absent,
    };
    instrument.items.iter().map(|item| (item.id.clone(), given(answer(item)))).collect()
}

fn with(mut answers: Answers, changed: &[(&str, Answer)]) -> Answers {
    answers.extend(changed.iter().map(|(id, answer)| ((*id).to_owned(), given(*answer))));
    answers
}

fn numbers(range: std::ops::RangeInclusive<u32>) -> Vec<String> {
    range.map(|n| n.to_string()).collect()
}

fn only_numbers(instrument: &Instrument, range: std::ops::RangeInclusive<u32>) -> Answers {
    let there = numbers(range);
    only(instrument, &there.iter().map(String::as_str).collect::<Vec<_>>())
}
