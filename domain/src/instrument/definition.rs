//! An instrument (*outil d'appréciation*) as versioned data. `docs/instrument.schema.json` says the same.

use std::collections::BTreeMap;

use authz::vocabulary::Category;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Domain, Level};
use crate::{
    law::{Only, Status},
    wording::Lang,
};

/// An instrument as written, not checked yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Its short name.
    pub code: String,
    /// The version of this code, from 1.
    pub version: i16,
    /// Its name, in both languages.
    pub title: Text,
    /// What it is for, in both languages.
    pub summary: Text,
    /// The languages its items are worded in; none: items go by their number, the wording stays on paper.
    pub languages: Vec<Lang>,
    /// Who holds the rights.
    pub licence_holder: String,
    /// What the holder allows, in both languages.
    pub licence_note: Text,
    /// The agencies that may use it, by key; `*` is any.
    pub permitted_orgs: Only<String>,
    /// Must whoever uses it attest to the training its holder asks for?
    pub training_required: bool,
    /// Where it was read.
    pub provenance: Provenance,
    /// Headings under which items stand.
    #[serde(default)]
    pub groups: Vec<Group>,
    /// The items, in their order.
    pub items: Vec<Item>,
    /// Sets of items of which at most one is *yes*.
    #[serde(default)]
    pub exclusive: Vec<Vec<String>>,
    /// Items that must be *yes* for the score to mean anything.
    #[serde(default)]
    pub inclusion: Vec<String>,
    /// How a number is reached; absent: structured professional judgement.
    #[serde(default)]
    pub score: Option<Score>,
    /// Ranges of the score, from the lowest.
    #[serde(default)]
    pub bands: Vec<Band>,
    /// What certain answers call for.
    #[serde(default)]
    pub triggers: Vec<Trigger>,
    /// Appraise again after so many days at the latest; after a new incident in any case.
    #[serde(default)]
    pub reappraise_after_days: Option<u16>,
}

/// A text in one or both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// French.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fr: Option<String>,
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Text {
    /// In one language.
    pub fn in_lang(&self, lang: Lang) -> Option<&str> {
        match lang {
            Lang::Fr => self.fr.as_deref(),
            Lang::En => self.en.as_deref(),
        }
    }

    /// In this language, or in the other where there is none.
    pub fn get(&self, lang: Lang) -> Option<&str> {
        self.in_lang(lang).or(self.fr.as_deref()).or(self.en.as_deref())
    }
}

/// Where an instrument was read.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// The publication.
    pub source: String,
    /// When it was read.
    pub consulted: Option<NaiveDate>,
    /// Whether it was compared with the original.
    pub status: Status,
}

/// A heading.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its name for items.
    pub id: String,
    /// What people read.
    #[serde(default)]
    pub label: Text,
}

/// One item.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its name, never reused for another meaning.
    pub id: String,
    /// Its heading.
    #[serde(default)]
    pub group: Option<String>,
    /// What is asked.
    #[serde(default)]
    pub label: Text,
    /// The category under which the gate judges its answer.
    pub category: Category,
    /// The answers it takes.
    pub answers: Domain,
    /// Weighs by itself: one of the items in red.
    #[serde(default)]
    pub critical: bool,
    /// Its presence protects.
    #[serde(default)]
    pub protective: bool,
}

/// How a number is reached.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// Count or weights.
    pub method: Method,
    /// For weights: what *yes* or *present* adds, by item; others are not scored.
    #[serde(default)]
    pub weights: BTreeMap<String, i32>,
    /// For weights: what *possible* adds; 0 if not said.
    #[serde(default)]
    pub possible_weights: BTreeMap<String, i32>,
    /// For counts: items left out, besides those of inclusion and belief.
    #[serde(default)]
    pub not_scored: Vec<String>,
    /// With fewer scored items answered the score is not to be read.
    #[serde(default)]
    pub minimum_answered: Option<u16>,
    /// How a score with missing answers may be completed.
    #[serde(default)]
    pub prorating: Option<Prorating>,
}

/// Count or weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The number of *yes*.
    Count,
    /// A sum of weights.
    Weighted,
}

/// How a count with missing answers may be completed.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prorating {
    /// With more missing nothing is completed.
    pub max_missing: u16,
    /// By number of missing answers: the completed score for each raw score from 0. Absent: in proportion,
    /// halves upward.
    #[serde(default)]
    pub table: Option<BTreeMap<u16, Vec<i32>>>,
}

/// A range of the score, its start in it and its end not.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Its name.
    pub id: String,
    /// What people read.
    #[serde(default)]
    pub label: Text,
    /// First score in it; for the first band none.
    pub from: Option<i32>,
    /// First score beyond it; for the last band none.
    pub to: Option<i32>,
    /// The level it suggests.
    #[serde(default)]
    pub suggests: Option<Level>,
}

impl Band {
    /// Is this score in it?
    pub fn holds(&self, score: i32) -> bool {
        self.from.is_none_or(|from| from <= score) && self.to.is_none_or(|to| score < to)
    }
}

/// What certain answers call for: any one of its conditions is enough.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// Its name.
    pub id: String,
    /// What people read.
    #[serde(default)]
    pub label: Text,
    /// The level it suggests.
    #[serde(default)]
    pub suggests: Option<Level>,
    /// The conditions.
    pub when: Vec<Condition>,
}

/// One way to a trigger.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// So many of these items are there.
    Items(ItemsCondition),
    /// So many critical items are there.
    Critical(AtLeast),
    /// The score is this high.
    Score(AtLeast),
    /// The professional believes so, by answering this item.
    Belief(BeliefCondition),
}

/// So many of these items.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemsCondition {
    /// How many.
    pub at_least: i32,
    /// Of which.
    pub of: Vec<String>,
}

/// A number to reach.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AtLeast {
    /// The number.
    pub at_least: i32,
}

/// Which item says what the professional believes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BeliefCondition {
    /// The item.
    pub item: String,
}

impl Definition {
    /// The item of that name.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// Does an item say what the professional believes, in some trigger?
    pub fn is_belief(&self, id: &str) -> bool {
        let mut conditions = self.triggers.iter().flat_map(|trigger| &trigger.when);
        conditions.any(|when| matches!(when, Condition::Belief(belief) if belief.item == id))
    }

    /// What an item adds to the score when it is there, and when it possibly is; nothing, if it is not scored.
    pub fn weight(&self, id: &str) -> Option<(i32, i32)> {
        let score = self.score.as_ref()?;
        match score.method {
            Method::Weighted => {
                let full = score.weights.get(id)?;
                Some((*full, score.possible_weights.get(id).copied().unwrap_or(0)))
            }
            Method::Count => {
                let out = |list: &[String]| list.iter().any(|named| named == id);
                (!out(&score.not_scored) && !out(&self.inclusion) && !self.is_belief(id)).then_some((1, 0))
            }
        }
    }

    /// The items that count for the score.
    pub fn scored(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| self.weight(&item.id).is_some())
    }
}
