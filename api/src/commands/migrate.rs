//! `filet migrate`: applies what is missing, as the owner of the tables.

use std::{path::Path, process::ExitCode};

use super::say;
use crate::config::Config;

pub(super) fn run(config: Option<&Path>) -> anyhow::Result<ExitCode> {
    let config = Config::read(config)?;
    anyhow::ensure!(!config.database_url.is_empty(), "database_url (or DATABASE_URL) must be set");
    let applied = migrations::apply(&config.database_url)?;
    say(&format!("{applied} migration(s) applied"));
    Ok(ExitCode::SUCCESS)
}
