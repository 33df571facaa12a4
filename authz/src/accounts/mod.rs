//! Accounts: who may sign in, for which agency, in which roles.
//!
//! What a person does before or around her own session runs in units of its own ([`sign_in`], [`refresh`],
//! [`enrol`] and the `own_` operations); what an admin does to an agency's accounts takes permits at the
//! desk like every other change.

mod enrol;
mod error;
mod invitations;
mod own_password;
mod own_second_factor;
mod own_sessions;
mod proof;
mod refresh;
mod rows;
mod second_factor;
mod sessions;
mod sign_in;
mod told;

pub use enrol::{Choice, enrol, reset_password};
pub use error::AccountError;
pub use invitations::Invitation;
pub use own_password::change_password;
pub use own_second_factor::{
    Proposed, Recovery, confirm_second_factor, propose_second_factor, renew_recovery_codes,
};
pub use own_sessions::{
    SessionItem, SessionList, end_own_session, end_own_sessions, own_profile, own_sessions,
};
pub use proof::{Evidence, Holder, Proof, holder};
pub use refresh::refresh;
pub use rows::{AgencyBrief, CellBrief, Profile, RoleBrief};
pub use sessions::Tokens;
pub use sign_in::{Attempt, Rules, SignInError, sign_in, sign_out};
pub use told::{Told, agency_of, grant_told, insert_told};
