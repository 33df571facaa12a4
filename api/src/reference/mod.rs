//! What everyone signed in may see. One operation a file.

pub mod agencies;
pub mod catalogue;
pub mod import_instrument;
pub mod instrument;
pub mod instruments;
pub mod legal_bases;
pub mod outcome;
pub mod policy;
pub mod rehearsal;
