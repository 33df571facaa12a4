//! The register of requests for access. One operation a file.

pub mod amend;
pub mod answer;
pub mod enter;
pub mod extend;
pub mod list;
pub mod read;
