//! Statistics of a cell and of a region: how many situations, at which stage and level, how long each step took,
//! how they ended. Nothing here can name anybody: a number below five cannot be written out.

mod axes;
mod count;
mod find;
mod tables;

pub use count::Count;
pub use find::{StatisticsView, TableView, find_cell, find_region};
