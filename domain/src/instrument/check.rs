//! Is an instrument sound? Asked of the built-in ones, of a file by the command, and of an import.

use super::{
    Domain, Instrument,
    definition::{Condition, Definition, Item, Method, Score, Text},
    outcome::attainable,
};
use crate::{
    law::Only,
    validation::{Invalid, Rule},
    value::text,
    wording::{Lang, french_is_well_set},
};

/// More items than any form a person answers.
const MOST_ITEMS: usize = 200;
/// Keeps the exact set of attainable scores small.
const HEAVIEST: i32 = 20;
const LONGEST_LINE: usize = 300;
const LONGEST_TEXT: usize = 2_000;

impl Instrument {
    /// Accepts a sound definition.
    ///
    /// # Errors
    /// Everything that is wrong, with pointers into the definition.
    pub fn new(definition: Definition) -> Result<Self, Vec<Invalid>> {
        let mut check = Check { of: &definition, wrong: Vec::new() };
        check.all();
        let wrong = check.wrong;
        if wrong.is_empty() { Ok(Self(definition)) } else { Err(wrong) }
    }
}

struct Check<'d> {
    of: &'d Definition,
    wrong: Vec<Invalid>,
}

impl Check<'_> {
    fn all(&mut self) {
        let of = self.of;
        self.need(is_key(&of.code), "/code", Rule::NotAKey);
        self.need(of.version >= 1, "/version", Rule::OutOfRange);
        for (text, at) in
            [(&of.title, "/title"), (&of.summary, "/summary"), (&of.licence_note, "/licence_note")]
        {
            self.wording(text, Lang::ALL, at);
        }
        self.distinct(of.languages.iter().map(|lang| lang.tag()), "/languages");
        self.line(&of.licence_holder, "/licence_holder");
        self.line(&of.provenance.source, "/provenance/source");
        if let Only::These(keys) = &of.permitted_orgs {
            for (n, key) in keys.iter().enumerate() {
                self.need(is_key(key), format!("/permitted_orgs/{n}"), Rule::NotAKey);
            }
            self.distinct(keys.iter(), "/permitted_orgs");
        }
        self.need(
            of.reappraise_after_days.is_none_or(|days| days > 0),
            "/reappraise_after_days",
            Rule::OutOfRange,
        );
        self.items();
        self.exclusive();
        for (n, id) in of.inclusion.iter().enumerate() {
            self.answered_yes_or_no(id, format!("/inclusion/{n}"));
        }
        self.distinct(of.inclusion.iter(), "/inclusion");
        if let Some(score) = &of.score {
            self.score(score);
        }
        self.triggers();
        // Ranges are compared with what the score can be, which must be sound first.
        if self.wrong.is_empty() {
            self.bands();
        }
    }

    fn items(&mut self) {
        let of = self.of;
        for (n, group) in of.groups.iter().enumerate() {
            self.need(is_item_id(&group.id), format!("/groups/{n}/id"), Rule::NotAnItemId);
            self.wording(&group.label, &of.languages, &format!("/groups/{n}/label"));
        }
        self.distinct(of.groups.iter().map(|group| &group.id), "/groups");
        self.need(!of.items.is_empty(), "/items", Rule::EmptyList);
        self.need(of.items.len() <= MOST_ITEMS, "/items", Rule::OutOfRange);
        for (n, item) in of.items.iter().enumerate() {
            self.need(is_item_id(&item.id), format!("/items/{n}/id"), Rule::NotAnItemId);
            let known =
                item.group.as_ref().is_none_or(|named| of.groups.iter().any(|group| group.id == *named));
            self.need(known, format!("/items/{n}/group"), Rule::UnknownReference);
            self.wording(&item.label, &of.languages, &format!("/items/{n}/label"));
        }
        self.distinct(of.items.iter().map(|item| &item.id), "/items");
    }

    fn exclusive(&mut self) {
        let of = self.of;
        for (n, set) in of.exclusive.iter().enumerate() {
            self.need(set.len() > 1, format!("/exclusive/{n}"), Rule::EmptyList);
            for (k, id) in set.iter().enumerate() {
                self.answered_yes_or_no(id, format!("/exclusive/{n}/{k}"));
            }
        }
        self.distinct(of.exclusive.iter().flatten(), "/exclusive");
    }

    fn score(&mut self, score: &Score) {
        let of = self.of;
        let weighted = score.method == Method::Weighted;
        self.need(weighted != score.weights.is_empty(), "/score/weights", Rule::WeightsOffMethod);
        self.need(!weighted || score.not_scored.is_empty(), "/score/not_scored", Rule::WeightsOffMethod);
        for (id, weight) in &score.weights {
            let at = format!("/score/weights/{id}");
            self.known(id, at.clone());
            self.need((-HEAVIEST..=HEAVIEST).contains(weight), at, Rule::OutOfRange);
        }
        for (id, weight) in &score.possible_weights {
            let at = format!("/score/possible_weights/{id}");
            let presence = of.item(id).is_some_and(|item| item.answers == Domain::Presence);
            let full = score.weights.get(id).copied();
            self.need(presence && full.is_some(), at.clone(), Rule::UnknownReference);
            let between = full.is_none_or(|full| (full.min(0)..=full.max(0)).contains(weight));
            self.need(between, at, Rule::OutOfRange);
        }
        for (n, id) in score.not_scored.iter().enumerate() {
            self.known(id, format!("/score/not_scored/{n}"));
        }
        let scored = of.scored().count();
        self.need(scored > 0, "/score", Rule::EmptyList);
        let fits = |n: u16| (1..=scored).contains(&usize::from(n));
        self.need(score.minimum_answered.is_none_or(fits), "/score/minimum_answered", Rule::OutOfRange);
        self.prorating(score, scored);
    }

    fn prorating(&mut self, score: &Score, scored: usize) {
        let Some(prorating) = &score.prorating else { return };
        self.need(score.method == Method::Count, "/score/prorating", Rule::WeightsOffMethod);
        let missing = usize::from(prorating.max_missing);
        self.need((1..scored).contains(&missing), "/score/prorating/max_missing", Rule::OutOfRange);
        let Some(table) = &prorating.table else { return };
        let rows = (1..=prorating.max_missing).eq(table.keys().copied());
        self.need(rows, "/score/prorating/table", Rule::ProratingTable);
        for (missing, row) in table {
            // Raw scores go from 0 to the number of answers; completing adds between none and all of the missing.
            let complete = row.len() + usize::from(*missing) == scored + 1;
            let between = (0..).zip(row).all(|(raw, full)| (raw..=raw + i32::from(*missing)).contains(full));
            self.need(complete && between, format!("/score/prorating/table/{missing}"), Rule::ProratingTable);
        }
    }

    fn bands(&mut self) {
        let of = self.of;
        let (Some(first), Some(last)) = (of.bands.first(), of.bands.last()) else { return };
        self.need(of.score.is_some(), "/bands", Rule::NeedsScore);
        for (n, band) in of.bands.iter().enumerate() {
            self.need(is_item_id(&band.id), format!("/bands/{n}/id"), Rule::NotAnItemId);
            self.wording(&band.label, &of.languages, &format!("/bands/{n}/label"));
            let forward = band.from.zip(band.to).is_none_or(|(from, to)| from < to);
            self.need(forward, format!("/bands/{n}"), Rule::BandsGap);
        }
        self.distinct(of.bands.iter().map(|band| &band.id), "/bands");
        for (n, (one, next)) in of.bands.iter().zip(of.bands.iter().skip(1)).enumerate() {
            self.need(one.to.is_some() && one.to == next.from, format!("/bands/{}", n + 1), Rule::BandsGap);
        }
        let scores = attainable(of);
        let low = scores.first().is_none_or(|min| first.from.is_none_or(|from| from <= *min));
        let high = scores.last().is_none_or(|max| last.to.is_none_or(|to| *max < to));
        self.need(low, "/bands/0/from", Rule::BandsGap);
        self.need(high, format!("/bands/{}/to", of.bands.len() - 1), Rule::BandsGap);
    }

    fn triggers(&mut self) {
        let of = self.of;
        for (n, trigger) in of.triggers.iter().enumerate() {
            self.need(is_item_id(&trigger.id), format!("/triggers/{n}/id"), Rule::NotAnItemId);
            self.wording(&trigger.label, &of.languages, &format!("/triggers/{n}/label"));
            self.need(!trigger.when.is_empty(), format!("/triggers/{n}/when"), Rule::EmptyList);
            for (k, condition) in trigger.when.iter().enumerate() {
                self.condition(condition, &format!("/triggers/{n}/when/{k}"));
            }
        }
        self.distinct(of.triggers.iter().map(|trigger| &trigger.id), "/triggers");
    }

    fn condition(&mut self, condition: &Condition, at: &str) {
        let of = self.of;
        let mut reachable = |at_least: i32, most: usize, at: String| {
            let fits = at_least >= 1 && usize::try_from(at_least).is_ok_and(|n| n <= most);
            self.need(fits, at, Rule::OutOfRange);
        };
        match condition {
            Condition::Items(items) => {
                reachable(items.at_least, items.of.len(), format!("{at}/items/at_least"));
                for (n, id) in items.of.iter().enumerate() {
                    self.known(id, format!("{at}/items/of/{n}"));
                }
                self.distinct(items.of.iter(), &format!("{at}/items/of"));
            }
            Condition::Critical(red) => {
                let critical = of.items.iter().filter(|item| item.critical).count();
                reachable(red.at_least, critical, format!("{at}/critical/at_least"));
            }
            Condition::Score(_) => self.need(of.score.is_some(), format!("{at}/score"), Rule::NeedsScore),
            Condition::Belief(belief) => self.answered_yes_or_no(&belief.item, format!("{at}/belief/item")),
        }
    }

    fn need(&mut self, sound: bool, at: impl Into<String>, rule: Rule) {
        if !sound {
            self.wrong.push(Invalid::at(at, rule));
        }
    }

    fn known(&mut self, id: &str, at: String) -> Option<&Item> {
        let item = self.of.item(id);
        self.need(item.is_some(), at, Rule::UnknownReference);
        self.of.item(id)
    }

    fn answered_yes_or_no(&mut self, id: &str, at: String) {
        let other = self.known(id, at.clone()).is_some_and(|item| item.answers != Domain::YesNo);
        self.need(!other, at, Rule::NotYesNo);
    }

    fn distinct<T: Ord>(&mut self, of: impl Iterator<Item = T>, at: &str) {
        let mut all: Vec<T> = of.collect();
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        self.need(all.len() == count, at, Rule::Duplicate);
    }

    fn line(&mut self, line: &str, at: &str) {
        if let Err(rule) = text::one_line(line, LONGEST_LINE) {
            self.wrong.push(Invalid::at(at, rule));
        }
    }

    /// A text is there in these languages and in no other, and its French is well set.
    fn wording(&mut self, wording: &Text, languages: &[Lang], at: &str) {
        for lang in Lang::ALL {
            let at = format!("{at}/{}", lang.tag());
            match (wording.in_lang(*lang), languages.contains(lang)) {
                (None, true) => self.need(false, at, Rule::Missing),
                (Some(_), false) => self.need(false, at, Rule::LanguageNotDeclared),
                (None, false) => {}
                (Some(words), true) => {
                    if let Err(rule) = text::several_lines(words, LONGEST_TEXT) {
                        self.wrong.push(Invalid::at(at, rule));
                    } else if *lang == Lang::Fr {
                        self.need(french_is_well_set(words), at, Rule::FrenchTypography);
                    }
                }
            }
        }
    }
}

/// As short names of agencies are written.
pub(super) fn is_key(word: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (2..=40).contains(&word.len())
        && word.bytes().all(plain)
        && word.bytes().next().is_some_and(|b| b.is_ascii_lowercase())
}

pub(super) fn is_item_id(word: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    (1..=40).contains(&word.len()) && word.bytes().all(plain)
}
