//! What was answered, by whom, known since when.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Which answers an item takes. Each takes the four that say nothing, besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Domain {
    /// Yes or no.
    YesNo,
    /// Present, possible or absent.
    Presence,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Present.
    Present,
    /// Possibly or partly present.
    Possible,
    /// Absent.
    Absent,
    /// Asked, and not known.
    Unknown,
    /// Asked, and the person preferred not to answer.
    Refused,
    /// Not asked.
    NotAsked,
    /// Has no object in this situation.
    NotApplicable,
}

/// What an answer says to the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// The factor is there.
    Full,
    /// It may be there: answered, and uncertain by nature.
    Half,
    /// It is not there.
    Nothing,
    /// Nobody knows. INVARIANT: this is never read as [`Says::Nothing`].
    Unknown,
}

impl Answer {
    /// Every answer.
    pub const ALL: &'static [Self] = &[
        Self::Yes,
        Self::No,
        Self::Present,
        Self::Possible,
        Self::Absent,
        Self::Unknown,
        Self::Refused,
        Self::NotAsked,
        Self::NotApplicable,
    ];

    /// What it says.
    pub const fn says(self) -> Says {
        match self {
            Self::Yes | Self::Present => Says::Full,
            Self::Possible => Says::Half,
            Self::No | Self::Absent | Self::NotApplicable => Says::Nothing,
            Self::Unknown | Self::Refused | Self::NotAsked => Says::Unknown,
        }
    }
}

impl Domain {
    /// Does an item of this domain take this answer?
    pub const fn takes(self, answer: Answer) -> bool {
        match answer {
            Answer::Yes | Answer::No => matches!(self, Self::YesNo),
            Answer::Present | Answer::Possible | Answer::Absent => matches!(self, Self::Presence),
            Answer::Unknown | Answer::Refused | Answer::NotAsked | Answer::NotApplicable => true,
        }
    }
}

/// Who an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Informant {
    /// The person appraised for.
    #[default]
    Person,
    /// A child.
    Child,
    /// Somebody close.
    Relative,
    /// The alleged aggressor.
    AllegedAggressor,
    /// A professional who saw or heard it.
    Professional,
    /// A record.
    Record,
    /// Somebody else.
    Other,
}

/// One answer as given.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// The answer.
    pub answer: Answer,
    /// Who it comes from; the person, if not said.
    #[serde(default)]
    pub source: Informant,
    /// Since when it is known.
    #[serde(default)]
    pub known_on: Option<NaiveDate>,
}

impl std::fmt::Debug for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("•••")
    }
}

/// Answers by item. An item without one was not asked.
pub type Answers = BTreeMap<String, Given>;
