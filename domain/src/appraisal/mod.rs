//! Appraisals of risk (*appréciations du risque*) on a file: documents under the category `risk_appraisal`,
//! whose single answers pass the gate once more, each under its item's own category.

mod compare;
mod find;
mod list;
mod record;
mod trend;
mod view;

pub use compare::{ChangeView, ComparisonView, find_comparison};
pub use find::{AppraisalView, find};
pub use list::{AppraisalHead, find_page};
pub use record::{AppraisalRecorded, NewAppraisal, record};
pub use trend::{PointView, TrendView, find_trend};
pub use view::{AnswerView, JudgedView, NamedInstrument, OutcomeView, SuggestionView};

use serde::{Deserialize, Serialize};

use crate::instrument::{Answers, Level, Stance};

/// An appraisal as it is sealed.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Body {
    /// Code of the instrument.
    pub instrument: String,
    /// Its version.
    pub version: i16,
    /// The answers given.
    pub answers: Answers,
    /// The level a person set.
    pub level: Level,
    /// How it stood to what the instrument suggested of all the answers.
    pub stance: Stance,
    /// Why.
    pub reasons: Option<String>,
    /// What is said of imminence: how, where, when.
    pub imminence: Option<String>,
    /// Whether the training that the instrument asks for was attested.
    pub training_attested: bool,
}

impl Body {
    pub fn read(plain: &[u8]) -> Option<Self> {
        serde_json::from_slice(plain).ok()
    }
}
