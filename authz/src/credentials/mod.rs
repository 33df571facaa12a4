//! What proves who is asking: passwords, second factors, and the tokens a session lives by.
//!
//! Nothing here touches the database. Secrets are stored as hashes only, and no secret is ever printed.

mod access_token;
mod lockout;
mod one_time;
mod opaque;
mod password;
mod policy;
mod recovery;
mod refresh;
mod totp;

pub use access_token::{AccessToken, TokenError, TokenIssuer, TokenVerifier};
pub use lockout::Lockout;
pub use one_time::{INVITATION_LIFETIME, LinkRefused, OneTimeLink, RESET_LIFETIME};
pub use opaque::{NoRandomness, OpaqueToken, TokenHash, TokenKind};
pub use password::{PasswordError, Passwords, hash_password};
pub use policy::{WeakPassword, acceptable};
pub use recovery::RecoveryCode;
pub use refresh::{Presented, REFRESH_LIFETIME, Rotation};
pub use totp::TotpSecret;
