//! Search within reach. One operation a file.

pub mod persons;
