//! `filet keys`: looking after the keystore while the server runs.

use std::{path::Path, process::ExitCode};

use authz::{clock::real_now, keys::Keystore};

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
    /// Make a new key to sign access tokens with. It signs a few seconds later; the one before is believed until
    /// its last token has expired, and nobody has to sign in again.
    RotateSigning {
        /// The key may be in other hands: destroy it, and with it every access token it signed.
        #[arg(long)]
        compromised: bool,
    },
    /// Try the key of every file.
    Check,
}

pub(super) fn run(config: Option<&Path>, command: &Command) -> anyhow::Result<ExitCode> {
    let config = Config::read(config)?;
    let keys = existing_keystore(&config)?;
    if let Command::RotateSigning { compromised } = command {
        let from = keys.rotate_signing(real_now(), *compromised)?;
        say(&format!(
            "Une nouvelle clé signe les jetons d’accès à partir de {}.",
            from.format("%H:%M:%S UTC")
        ));
        return Ok(ExitCode::SUCCESS);
    }
    if matches!(command, Command::Rotate) {
        keys.rotate()?;
        say("La clé qui enveloppe les autres est changée.");
    }
    let found = keyed(&config, &keys)?;
    say(&format!("{} dossiers, dont {} sans clé.", found.files, found.unreadable));
    Ok(if found.unreadable == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
