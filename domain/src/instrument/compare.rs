//! Two appraisals beside each other, and many in a row: risk is dynamic.

use std::cmp::Ordering;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Answer, Answers, Instrument, Level};

/// What changed from one appraisal to a later one, by the same instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The items whose answers differ, in the order of the instrument.
    pub changes: Vec<Change>,
    /// Where the level went.
    pub direction: Direction,
}

/// One item answered differently. What is not there was not asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub item: String,
    /// Before.
    pub from: Answer,
    /// After.
    pub to: Answer,
}

/// Where a level went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Higher.
    Up,
    /// The same.
    Same,
    /// Lower.
    Down,
}

impl Direction {
    /// From one level to the next.
    pub fn between(from: Level, to: Level) -> Self {
        match to.cmp(&from) {
            Ordering::Greater => Self::Up,
            Ordering::Equal => Self::Same,
            Ordering::Less => Self::Down,
        }
    }
}

impl Instrument {
    /// Sets a later appraisal beside an earlier one. Of another version of the instrument, the items both know.
    pub fn compare(&self, earlier: (&Answers, Level), later: (&Answers, Level)) -> Comparison {
        let answer =
            |answers: &Answers, id: &str| answers.get(id).map_or(Answer::NotAsked, |given| given.answer);
        let changes = self.items.iter().map(|item| Change {
            item: item.id.clone(),
            from: answer(earlier.0, &item.id),
            to: answer(later.0, &item.id),
        });
        Comparison {
            changes: changes.filter(|change| change.from != change.to).collect(),
            direction: Direction::between(earlier.1, later.1),
        }
    }

    /// Should the person be appraised again?
    pub fn is_due(
        &self,
        appraised_at: DateTime<Utc>,
        last_incident: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Option<Due> {
        if last_incident.is_some_and(|incident| appraised_at < incident) {
            return Some(Due::NewIncident);
        }
        let days = TimeDelta::days(i64::from(self.reappraise_after_days?));
        (now.signed_duration_since(appraised_at) >= days).then_some(Due::Age)
    }
}

/// Why a person should be appraised again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// Something happened since.
    NewIncident,
    /// It was long ago.
    Age,
}

/// One appraisal in a row of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// When.
    pub at: DateTime<Utc>,
    /// The level set then.
    pub level: Level,
    /// Where it went from the one before; of the first, nowhere.
    pub direction: Option<Direction>,
}

/// Appraisals in their order of time, each with where the level went.
pub fn trend(appraisals: impl IntoIterator<Item = (DateTime<Utc>, Level)>) -> Vec<Point> {
    let mut all: Vec<_> = appraisals.into_iter().collect();
    all.sort_unstable();
    let before = std::iter::once(None).chain(all.iter().map(|(_, level)| Some(*level)));
    let points = all.iter().zip(before).map(|((at, level), before)| Point {
        at: *at,
        level: *level,
        direction: before.map(|before| Direction::between(before, *level)),
    });
    points.collect()
}
