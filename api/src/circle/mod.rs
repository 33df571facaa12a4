//! The circle of a file. One operation a file.

pub mod end;
pub mod join;
