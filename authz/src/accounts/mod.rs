//! Accounts: who may sign in, for which agency, in which roles.

mod refresh;
mod rows;
mod second_factor;
mod sign_in;
mod told;
mod web;

pub use refresh::refresh;
pub use rows::{AgencyBrief, CellBrief, Profile, RoleBrief};
pub use sign_in::{Attempt, Rules, SignInError, Tokens, sign_in, sign_out};
pub use told::{Told, agency_of, grant_told, insert_told};
pub use web::{web_actor, web_token};
