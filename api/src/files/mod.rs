//! Risk files and what is in them, one operation a file.

pub mod changes;
pub mod close;
pub mod explain;
pub mod list;
pub mod merge;
pub mod open;
pub mod read;
pub mod reopen;
