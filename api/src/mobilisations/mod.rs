//! Mobilisations: a cell at work around one situation.

pub(crate) mod analyse;
pub(crate) mod appraise;
pub(crate) mod consult;
pub(crate) mod decide;
pub(crate) mod identify;
pub(crate) mod identity;
pub(crate) mod list;
pub(crate) mod opine;
pub(crate) mod read;
