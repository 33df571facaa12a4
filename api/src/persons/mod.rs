//! Persons of a file. One operation a file.

pub mod add;
pub mod correct;
