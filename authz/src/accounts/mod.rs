//! Accounts: who may sign in, for which agency, in which roles.

mod error;
mod refresh;
mod rows;
mod second_factor;
mod sessions;
mod sign_in;
mod told;

pub use error::AccountError;
pub use refresh::{Worth, refresh, worth};
pub use rows::{AgencyBrief, CellBrief, Profile, RoleBrief};
pub use sessions::Tokens;
pub use sign_in::{Attempt, Rules, SignInError, sign_in, sign_out};
pub use told::{Told, agency_of, grant_told, insert_told};
