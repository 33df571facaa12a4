//! `filet instrument check FILE`: is an instrument sound? No database, no settings.

use std::{fs, io::Write, path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Subcommand;
use domain::instrument::read;

use super::say;

#[derive(Subcommand)]
pub(super) enum Command {
    /// Say what is wrong with an instrument, by line or place, or that it is sound.
    Check {
        /// The instrument, as JSON.
        file: PathBuf,
    },
}

pub(super) fn run(command: &Command) -> anyhow::Result<ExitCode> {
    let Command::Check { file } = command;
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    match read(&text) {
        Ok(sound) => {
            say(&format!("{}, version {}: sound, {} items", sound.code, sound.version, sound.items.len()));
            Ok(ExitCode::SUCCESS)
        }
        Err(flaws) => {
            for flaw in flaws {
                writeln!(std::io::stderr(), "{}: {flaw}", file.display())?;
            }
            Ok(ExitCode::FAILURE)
        }
    }
}
