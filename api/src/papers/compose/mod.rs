//! Views made into documents: pure functions.

mod appraisal;
mod plan;

pub(super) use appraisal::appraisal;
pub(super) use plan::plan;
