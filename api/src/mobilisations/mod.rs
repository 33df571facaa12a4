//! Mobilisations: a cell at work around one situation.

pub(crate) mod analyse;
pub(crate) mod appraise;
pub(crate) mod close;
pub(crate) mod consult;
pub(crate) mod decide;
pub(crate) mod identify;
pub(crate) mod identity;
pub(crate) mod lessons;
pub(crate) mod list;
pub(crate) mod opine;
pub(crate) mod plan;
pub(crate) mod read;
pub(crate) mod reopen;
pub(crate) mod repeat;
pub(crate) mod review;
pub(crate) mod transfer;
