//! Consents of a file. One operation a file.

pub mod acknowledgements;
pub mod conversation;
pub mod list;
pub mod record;
pub mod withdraw;
