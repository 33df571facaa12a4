//! Facts of a file. One operation a file.

pub mod history;
pub mod read;
pub mod record;
pub mod retract;
pub mod vault;
