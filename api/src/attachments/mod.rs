//! Attachments of a file. One operation a file.

pub mod add;
pub mod content;
pub mod list;
pub mod read;
pub mod retract;
pub mod upload;
