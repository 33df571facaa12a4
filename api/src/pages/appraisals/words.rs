//! How answers, levels and what they amount to read on a page.

use domain::{
    catalogue::CodeList,
    instrument::{Answer, Informant, Level},
    reference::{InstrumentView, ItemView},
};

use crate::pages::phrases::Phrases;

/// The sentence of an answer.
pub const fn answer_key(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "appraisal-answer-yes",
        Answer::No => "appraisal-answer-no",
        Answer::Present => "appraisal-answer-present",
        Answer::Possible => "appraisal-answer-possible",
        Answer::Absent => "appraisal-answer-absent",
        Answer::Unknown => "appraisal-answer-unknown",
        Answer::Refused => "appraisal-answer-refused",
        Answer::NotAsked => "appraisal-answer-not-asked",
        Answer::NotApplicable => "appraisal-answer-not-applicable",
    }
}

/// What a form sends for an answer.
pub const fn answer_word(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Present => "present",
        Answer::Possible => "possible",
        Answer::Absent => "absent",
        Answer::Unknown => "unknown",
        Answer::Refused => "refused",
        Answer::NotAsked => "not_asked",
        Answer::NotApplicable => "not_applicable",
    }
}

/// Who an answer may come from: what a form sends, and its sentence.
pub const INFORMANTS: [(Informant, &str, &str); 7] = [
    (Informant::Person, "person", "appraisal-from-person"),
    (Informant::Child, "child", "appraisal-from-child"),
    (Informant::Relative, "relative", "appraisal-from-relative"),
    (Informant::AllegedAggressor, "alleged_aggressor", "appraisal-from-aggressor"),
    (Informant::Professional, "professional", "appraisal-from-professional"),
    (Informant::Record, "record", "appraisal-from-record"),
    (Informant::Other, "other", "appraisal-from-other"),
];

/// Who an answer comes from, in words.
pub fn informant(source: Informant, p: Phrases) -> String {
    let found = INFORMANTS.iter().find(|(known, ..)| *known == source);
    found.map(|(.., key)| p.t(key)).unwrap_or_default()
}

/// A level, in words.
pub fn level(level: Level, p: Phrases) -> String {
    let code = CodeList::named("risk_level").and_then(|list| list.find(level.wire()));
    code.map_or(level.wire(), |code| code.label(p.lang())).to_owned()
}

/// What an item asks; its number where the wording stays on paper.
pub fn item(item: &ItemView, p: Phrases) -> String {
    item.named.label.clone().unwrap_or_else(|| p.x("appraisal-item", &item.named.id))
}

/// The same by the item's id.
pub fn item_named(instrument: &InstrumentView, id: &str, p: Phrases) -> String {
    let found = instrument.items.iter().find(|known| known.named.id == id);
    found.map_or_else(|| p.x("appraisal-item", id), |found| item(found, p))
}

/// What an instrument is called.
pub fn title(instrument: &InstrumentView) -> String {
    instrument.head.title.clone().unwrap_or_else(|| instrument.head.code.clone())
}
