//! Recusals. One operation a file.

pub mod list;
pub mod recuse;
