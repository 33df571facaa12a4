//! Who may see what, and the record that they did. This crate knows no case.

pub mod clock;
pub mod id;
pub mod vocabulary;
