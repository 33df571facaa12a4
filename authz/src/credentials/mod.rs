//! What proves who is asking: passwords, second factors, and the tokens a session lives by.
//!
//! Nothing here touches the database. Secrets are stored as hashes only, and no secret is ever printed.

mod access_token;
mod password;

pub use access_token::{AccessToken, TokenError, TokenIssuer, TokenVerifier};
pub use password::{PasswordError, Passwords, hash_password};
