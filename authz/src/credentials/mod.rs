//! How somebody shows who they are: passwords, second factors, tokens. Pure parts; the accounts
//! themselves are in [`crate::accounts`].

mod access_token;
mod lockout;
mod one_time;
mod password;
mod refresh;
mod totp;
mod weakness;

pub use access_token::{ACCESS_SECONDS, TokenError, TokenIssuer, TokenVerifier};
pub use lockout::{Lockout, Tries};
pub use one_time::{OneTime, hash_of, hash_of_bytes};
pub use password::{PasswordError, Passwords, hash_password};
pub use refresh::{Presented, Rotation};
pub use totp::{RecoveryCodes, Totp};
pub use weakness::{Weakness, weakness_of};
