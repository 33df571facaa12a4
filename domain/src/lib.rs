//! Files, persons, facts, consents, disclosures: what a case is made of. No HTTP here.

pub mod catalogue;
mod agencies;
pub mod cell;
pub mod circle;
pub mod fact;
pub mod file;
pub mod jobs;
pub mod law;
pub mod person;
pub mod recusal;
pub mod refusal;
pub mod scenario;
pub mod search;
mod schema;
pub mod validation;
pub mod value;
pub mod wording;
