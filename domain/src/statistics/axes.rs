//! The tables that are counted, and where one situation counts in each. Every situation counts once in every table.

use authz::fault::Fault;
use chrono::{DateTime, TimeDelta, Utc};

use crate::{catalogue::CodeList, mobilisation::State};

/// What is counted of one situation.
pub(super) struct Situation {
    pub state: State,
    pub level: Option<String>,
    pub identified: DateTime<Utc>,
    pub consulted: Option<DateTime<Utc>>,
    pub triggered: Option<DateTime<Utc>>,
    pub convened: Option<DateTime<Utc>>,
    pub met: Option<DateTime<Utc>>,
    pub planned: Option<DateTime<Utc>>,
    pub first_action: Option<DateTime<Utc>>,
    /// The reason that was named first when it was last closed.
    pub closed_for: Option<String>,
}

/// Bands of a delay: elapsed time, so that clocks that change do not matter.
const BANDS: [(&str, i64); 4] =
    [("within_24_hours", 24), ("within_48_hours", 48), ("within_7_days", 168), ("later", i64::MAX)];
/// The step has not come.
const NOT_YET: &str = "not_yet";
/// No level was kept.
const NOT_KEPT: &str = "not_kept";
/// It is not closed.
const NOT_CLOSED: &str = "not_closed";

/// The tables and their codes.
pub(super) fn axes() -> Result<Vec<(&'static str, Vec<String>)>, Fault> {
    let listed = |name: &str, last: &str| -> Result<Vec<String>, Fault> {
        let list = CodeList::named(name).ok_or(Fault::Stored)?;
        Ok(list.codes().iter().map(|code| code.code().to_owned()).chain([last.to_owned()]).collect())
    };
    let states = State::ALL.iter().filter(|state| state.is_shared());
    let delay = || BANDS.iter().map(|(code, _)| (*code).to_owned()).chain([NOT_YET.to_owned()]).collect();
    Ok(vec![
        ("state", states.map(|state| state.wire().to_owned()).collect()),
        ("level", listed("risk_level", NOT_KEPT)?),
        ("consulted_to_triggered", delay()),
        ("identified_to_convened", delay()),
        ("triggered_to_met", delay()),
        ("met_to_planned", delay()),
        ("triggered_to_first_action", delay()),
        ("convened_to_first_action", delay()),
        ("closed_for", listed("mobilisation_reason", NOT_CLOSED)?),
    ])
}

impl Situation {
    /// Where it counts, in the order of [`axes`].
    pub fn places(&self) -> [&str; 9] {
        [
            self.state.wire(),
            self.level.as_deref().unwrap_or(NOT_KEPT),
            band(self.consulted, self.triggered),
            band(Some(self.identified), self.convened),
            band(self.triggered, self.met),
            band(self.met, self.planned),
            band(self.triggered, self.first_action),
            band(self.convened, self.first_action),
            self.closed_for.as_deref().filter(|_| self.state == State::Closed).unwrap_or(NOT_CLOSED),
        ]
    }
}

/// What came before what it is counted from, as an action that did not wait for a meeting, came at once.
fn band(from: Option<DateTime<Utc>>, to: Option<DateTime<Utc>>) -> &'static str {
    let (Some(from), Some(to)) = (from, to) else { return NOT_YET };
    let within = |hours: i64| TimeDelta::try_hours(hours).is_none_or(|most| to - from <= most);
    BANDS.iter().find(|(_, hours)| within(*hours)).map_or(NOT_YET, |(code, _)| code)
}
