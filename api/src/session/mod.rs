//! Sessions of the API: opened with a password and a second factor, kept by rotating tokens.

pub mod close;
pub mod open;
pub mod refresh;

use authz::{
    accounts::{Profile, Tokens},
    credentials::ACCESS_SECONDS,
    desk::Disclosed,
};
use serde::Serialize;
use utoipa::ToSchema;

/// Two tokens, and who they are for.
#[derive(Serialize, ToSchema)]
pub struct SessionView {
    access_token: String,
    token_type: &'static str,
    /// Seconds.
    expires_in: i64,
    refresh_token: String,
    user: Profile,
}

fn view(disclosed: Disclosed<Tokens>) -> SessionView {
    let (tokens, _) = disclosed.into_parts();
    SessionView {
        access_token: tokens.access,
        token_type: "Bearer",
        expires_in: ACCESS_SECONDS,
        refresh_token: tokens.refresh,
        user: tokens.profile,
    }
}
