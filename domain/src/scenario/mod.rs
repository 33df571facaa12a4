//! Scenarios: a whole situation told in one file, loaded whole or not at all.

mod format;
mod references;
mod write;

pub use format::{Scenario, ScenarioError};
pub use write::{LoadError, Loaded, Loading, write};
