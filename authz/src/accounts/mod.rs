//! Accounts: who may sign in, for which agency, in which roles.
//!
//! What a person does before or around her own session runs in units of its own ([`sign_in`], [`refresh`],
//! [`enrol`] and the `own_` operations); what an admin does to an agency's accounts takes permits at the
//! desk like every other change.

mod account;
mod admins;
mod agencies;
mod disable;
mod drafts;
mod enrol;
mod error;
mod first_admin;
mod invitations;
mod invite;
mod own_language;
mod own_password;
mod own_second_factor;
mod own_sessions;
mod passkeys;
mod proof;
mod refresh;
mod role_requests;
mod roles;
mod rows;
mod second_factor;
mod service;
mod sessions;
mod sign_in;
mod told;
mod unlock;
mod web;

pub use account::{
    Account, AccountStatus, AccountView, AgencyAccounts, GrantView, find, of_own_agency, page,
};
pub use agencies::{
    Admitted, Agency, AgencyChanged, AgencyMade, Deployment, DisabledAgencies, DisabledAgency, NewAgency,
    admit, deployment, disable_agency, disabled_agencies, enable_agency, find_agency, make_agency,
    seat_maker,
};
pub use disable::{AccountChanged, disable, enable, end_sessions};
pub use drafts::{forget_draft, keep_draft, kept_draft};
pub use enrol::{Choice, enrol, reset_password};
pub use error::AccountError;
pub use first_admin::{FirstAdmin, create_first_admin};
pub use invitations::Invitation;
pub use invite::{Invited, Invitee, create, invite_again, offer_reset};
pub use own_language::{Locale, choose_language};
pub use own_password::change_password;
pub use own_second_factor::{
    Proposed, Recovery, confirm_second_factor, propose_second_factor, renew_recovery_codes,
};
pub use own_sessions::{
    SessionItem, SessionList, end_own_session, end_own_sessions, own_profile, own_sessions,
};
pub use passkeys::{
    Assertion, Challenge, PasskeyAdded, PasskeyItem, PasskeyList, RelyingParty, add_passkey,
    challenge_new_passkey, challenge_sign_in, own_passkeys, remove_passkey, sign_in_with_passkey,
};
pub use proof::{Evidence, Holder, Proof, holder};
pub use refresh::refresh;
pub use role_requests::{
    RoleRequest, RoleRequestDecided, RoleRequestView, RoleRequests, confirm_role, find_role_request,
    refuse_role, takes_two, waiting_role_requests,
};
pub use roles::{EndGrant, GrantChanged, NewGrant, end_role, grant_role};
pub use rows::{AgencyBrief, CellBrief, Profile, RoleBrief};
pub use service::{ServiceAccount, create_service};
pub use sessions::Tokens;
pub use sign_in::{Attempt, Rules, SignInError, sign_in, sign_out};
pub use told::{Told, agency_of, grant_told, insert_told};
pub use unlock::{unlock, unlock_with_passkey};
pub use web::{Browser, IDLE_MINUTES, browse, lock, web_token};
