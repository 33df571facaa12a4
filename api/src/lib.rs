//! REST, pages, jobs and commands of Filet.

pub mod problem;
