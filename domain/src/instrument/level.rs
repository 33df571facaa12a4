//! How high a risk is held to be (*niveau de risque*). Only a person sets it; an instrument may suggest.

use serde::{Deserialize, Serialize};

use crate::validation::{Invalid, Rule};

/// A level, from the lowest to the highest: à surveiller, modéré, aggravé, imminent, immédiat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// À surveiller.
    Watch,
    /// Modéré.
    Moderate,
    /// Aggravé.
    Aggravated,
    /// Imminent.
    Imminent,
    /// Immédiat.
    Immediate,
}

impl Level {
    /// Every level, the lowest first.
    pub const ALL: &'static [Self] =
        &[Self::Watch, Self::Moderate, Self::Aggravated, Self::Imminent, Self::Immediate];

    /// The code of the list `risk_level`.
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Watch => "watch",
            Self::Moderate => "moderate",
            Self::Aggravated => "aggravated",
            Self::Imminent => "imminent",
            Self::Immediate => "immediate",
        }
    }
}

/// What an instrument suggests of a level: a help to whoever judges, never the judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suggestion {
    /// The level that every completion of the unknown answers would suggest at least.
    pub certain: Level,
    /// The highest level that some completion would suggest.
    pub possible: Level,
}

/// How a level that a person set stands to what the instrument suggests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// The instrument speaks of no level.
    Unsuggested,
    /// Between what is certainly and what is possibly suggested.
    Within,
    /// Above all that is suggested: professional judgement, with reasons.
    Raised,
    /// Below what is certainly suggested: a person's statement, with reasons.
    Lowered,
}

impl Stance {
    /// Where a level stands.
    pub fn of(level: Level, suggestion: Option<Suggestion>) -> Self {
        match suggestion {
            None => Self::Unsuggested,
            Some(suggested) if level > suggested.possible => Self::Raised,
            Some(suggested) if level < suggested.certain => Self::Lowered,
            Some(_) => Self::Within,
        }
    }

    /// Must whoever sets such a level say why?
    pub const fn needs_reasons(self) -> bool {
        matches!(self, Self::Raised | Self::Lowered)
    }
}

/// A level as a person set it.
///
/// INVARIANT: no function makes a level out of a score; what differs from the suggestion has its reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    level: Level,
    stance: Stance,
}

impl Judgement {
    /// Takes a person's level, which needs reasons when it differs from what is suggested.
    ///
    /// # Errors
    /// When reasons are missing.
    pub fn new(level: Level, suggestion: Option<Suggestion>, reasons: Option<&str>) -> Result<Self, Invalid> {
        let stance = Stance::of(level, suggestion);
        let said = reasons.is_some_and(|reasons| !reasons.trim().is_empty());
        if stance.needs_reasons() && !said {
            return Err(Invalid::at("/reasons", Rule::ReasonsNeeded));
        }
        Ok(Self { level, stance })
    }

    /// The level.
    pub const fn level(self) -> Level {
        self.level
    }

    /// How it stood to the suggestion.
    pub const fn stance(self) -> Stance {
        self.stance
    }
}
