//! Appraisals of risk on a file. One operation a file.

pub mod comparison;
pub mod list;
pub mod read;
pub mod record;
pub mod trend;
