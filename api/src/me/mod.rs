//! One's own account: who one is here, the password, the second factor, the sessions. Also somebody who
//! still has to set something up may do all of this, and nothing else.

pub mod acknowledge;
pub mod actions;
pub mod add_passkey;
pub mod confirm_second_factor;
pub mod end_session;
pub mod end_sessions;
pub mod inbox;
pub mod language;
pub mod meetings;
pub mod notifications;
pub mod passkey_challenge;
pub mod passkeys;
pub mod password;
pub mod read;
pub mod recovery_codes;
pub mod remove_passkey;
pub mod second_factor;
pub mod sessions;
pub mod set_notifications;

use serde::Deserialize;
use utoipa::ToSchema;

/// The holder proving anew who she is: a session left open on a desk must not be enough.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProofOfHolder {
    /// The password.
    password: String,
    /// Code of the second factor, or a recovery code, if the account has one.
    totp: Option<String>,
}
