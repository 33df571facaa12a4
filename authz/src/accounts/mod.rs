//! Accounts: who may sign in, for which agency, in which roles.

mod told;

pub use told::{Told, agency_of, grant_told, insert_told};
