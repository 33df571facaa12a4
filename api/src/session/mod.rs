//! Sessions of the API: opened with a password and a second factor, kept by rotating tokens.

pub mod close;
pub mod enrol;
pub mod open;
pub mod passkey;
pub mod passkey_challenge;
pub mod refresh;
pub mod reset_password;

use actix_web::{HttpRequest, http::header::USER_AGENT};
use authz::{
    accounts::{Profile, Rules, Tokens},
    credentials::{ACCESS_SECONDS, Lockout},
    desk::Disclosed,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::config::{Config, SecondFactor};

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

/// How signing in is judged in this installation.
pub(crate) fn rules(config: &Config) -> Rules {
    Rules { second_factor_required: config.second_factor == SecondFactor::Required, lockout: lockout(config) }
}

/// Failures that lock an account; a demonstration is tested and measured.
pub(crate) const fn lockout(config: &Config) -> Lockout {
    Lockout { allowed: if config.demo { 100 } else { 5 } }
}

/// What the caller's program calls itself, so that a person recognises her own sessions.
pub(crate) fn label_of(request: &HttpRequest) -> String {
    let agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
    agent.unwrap_or_default().to_owned()
}
