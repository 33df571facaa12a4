//! Meetings of a cell around one situation.

pub(crate) mod agenda;
pub(crate) mod answer;
pub(crate) mod attend;
pub(crate) mod cancel;
pub(crate) mod change;
pub(crate) mod close;
pub(crate) mod contribute;
pub(crate) mod contributions;
pub(crate) mod convene;
pub(crate) mod decide;
pub(crate) mod depart;
pub(crate) mod invitation;
pub(crate) mod list;
pub(crate) mod minutes;
pub(crate) mod open;
pub(crate) mod pulse;
pub(crate) mod read;
pub(crate) mod reply;
pub(crate) mod tell;
pub(crate) mod told;
