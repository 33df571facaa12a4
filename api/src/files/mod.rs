//! Risk files and what is in them, one operation a file.

pub mod read;
