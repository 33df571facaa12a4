//! `filet keys`: looking after the keystore while the server runs.

use std::{path::Path, process::ExitCode};

use authz::keys::Keystore;

use super::{
    backup::{existing_keystore, keyed},
    say,
};
use crate::config::Config;

#[derive(clap::Subcommand)]
pub(super) enum Command {
    /// Make a new wrapping key, wrap every key under it and destroy the old one. Stopped anywhere, nothing is
    /// lost, and a next rotation finishes the work.
    Rotate,
    /// Try the key of every file.
    Check,
}

pub(super) fn run(config: Option<&Path>, command: &Command) -> anyhow::Result<ExitCode> {
    let config = Config::read(config)?;
    let keys = existing_keystore(&config)?;
    if matches!(command, Command::Rotate) {
        keys.rotate()?;
        say("La clé qui enveloppe les autres est changée.");
    }
    let found = keyed(&config, &keys)?;
    say(&format!("{} dossiers, dont {} sans clé.", found.files, found.unreadable));
    Ok(if found.unreadable == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
