//! Files, persons, facts, consents, disclosures: what a case is made of. No HTTP here.

pub mod catalogue;
pub mod law;
pub mod validation;
pub mod value;
pub mod wording;
pub mod file;
pub mod refusal;
pub mod scenario;
mod schema;
