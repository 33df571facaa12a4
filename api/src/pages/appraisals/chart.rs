//! Levels in their order of time as a drawing. What it shows stands in a table beside it.

use authz::id::DocumentId;
use chrono::{DateTime, Utc};
use domain::{appraisal::TrendView, instrument::Level};

use super::words::level;
use crate::pages::phrases::Phrases;

/// Where the drawing of the levels begins and ends, in its own units.
const LEFT: i64 = 170;
const RIGHT: i64 = 660;
const BOTTOM: i64 = 190;
const STEP: i64 = 40;

/// A drawing of levels.
pub struct Chart {
    /// The lines of the levels: height and name, the highest first.
    pub levels: Vec<(i64, String)>,
    /// The line through the points.
    pub line: String,
    /// The points.
    pub points: Vec<(i64, i64)>,
    /// The first and the last day.
    pub ends: [String; 2],
}

/// One line of the table beside the drawing.
pub struct Step {
    /// The appraisal.
    pub id: DocumentId,
    /// When it was recorded.
    pub day: String,
    /// Who appraised.
    pub source: String,
    /// The level.
    pub level: String,
    /// Where it went.
    pub direction: Option<&'static str>,
    /// The possible score.
    pub score: Option<String>,
}

impl Chart {
    /// Draws it; of a single appraisal there is nothing to draw.
    pub fn of(trend: &TrendView, day: impl Fn(DateTime<Utc>) -> String, p: Phrases) -> Option<Self> {
        let (first, last) = (trend.items.first()?, trend.items.last()?);
        if trend.items.len() < 2 {
            return None;
        }
        let span = last.recorded_at.signed_duration_since(first.recorded_at).num_seconds();
        let places = i64::try_from(trend.items.len() - 1).unwrap_or(1);
        let across = |at: DateTime<Utc>, place: usize| {
            let since = at.signed_duration_since(first.recorded_at).num_seconds();
            // Recorded all at one moment, they stand beside each other in their order.
            let (part, whole) =
                if span == 0 { (i64::try_from(place).unwrap_or_default(), places) } else { (since, span) };
            LEFT + 20 + (RIGHT - LEFT - 40) * part / whole
        };
        let points: Vec<(i64, i64)> = trend
            .items
            .iter()
            .enumerate()
            .map(|(place, point)| (across(point.recorded_at, place), height(point.step.value().level)))
            .collect();
        let line = points.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ");
        let levels = Level::ALL.iter().rev().map(|one| (height(*one), level(*one, p)));
        let ends = [day(first.recorded_at), day(last.recorded_at)];
        Some(Self { levels: levels.collect(), line, points, ends })
    }
}

fn height(level: Level) -> i64 {
    let place = Level::ALL.iter().position(|known| *known == level).unwrap_or_default();
    BOTTOM - STEP * i64::try_from(place).unwrap_or_default()
}
