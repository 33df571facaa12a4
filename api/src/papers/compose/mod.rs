//! Views made into documents: pure functions.

mod appraisal;
mod minutes;
mod plan;

pub(super) use appraisal::appraisal;
pub(super) use minutes::minutes;
pub(super) use plan::plan;
