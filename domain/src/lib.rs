//! Files, persons, facts, consents, disclosures: what a case is made of. No HTTP here.

mod agencies;
pub mod catalogue;
pub mod cell;
pub mod circle;
mod closed;
pub mod consent;
pub mod disclosure;
pub mod document;
pub mod fact;
pub mod file;
pub mod inbox;
pub mod jobs;
pub mod law;
pub mod meeting;
pub mod mobilisation;
pub mod person;
pub mod recusal;
pub mod reference;
pub mod refusal;
pub mod scenario;
mod schema;
pub mod search;
pub mod validation;
pub mod value;
pub mod wording;
