//! The registers an agency keeps. One operation a file.

pub mod communications;
pub mod disclosures;
pub mod incomplete;
