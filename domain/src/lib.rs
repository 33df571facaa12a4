//! Files, persons, facts, consents, disclosures: what a case is made of. No HTTP here.

pub mod catalogue;
pub mod file;
pub mod jobs;
pub mod law;
pub mod refusal;
pub mod scenario;
mod schema;
pub mod validation;
pub mod value;
pub mod wording;
