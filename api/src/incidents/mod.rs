//! The register of confidentiality incidents. One operation a file.

pub mod amend;
pub mod close;
pub mod enter;
pub mod list;
pub mod read;
