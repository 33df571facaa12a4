//! Disclosures without consent. One operation a file.

pub mod complete;
pub mod list;
pub mod make;
pub mod renewal;
pub mod revoke;
