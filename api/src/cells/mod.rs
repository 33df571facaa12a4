//! Cells and their standards.

pub mod admit;
pub mod change;
pub mod lessons;
pub mod make;
pub mod people;
pub mod read;
pub mod statistics;

use domain::{validation::Invalid, value::text::one_line};

use crate::problem::Problem;

/// Longest name of a territory, in characters.
const LONGEST_REGION: usize = 120;

fn region_of(given: &str) -> Result<String, Problem> {
    one_line(given.trim(), LONGEST_REGION)
        .map_err(|rule| Problem::invalid(vec![Invalid::at("/region", rule)]))
}
