//! `filet verify-log FILE…`: is the log what was signed? No database, no settings, no network.

use std::{
    fs::{File, read_to_string},
    io::BufReader,
    path::PathBuf,
    process::ExitCode,
};

use anyhow::Context;
use proof::{Verifier, verify};

use super::say;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Pieces of the log, in any order.
    #[arg(required = true)]
    pieces: Vec<PathBuf>,
    /// The key of the log, as it was handed out when its reader began.
    #[arg(long)]
    key: Option<String>,
    /// Signed points that were kept, one a file.
    #[arg(long, num_args = 1..)]
    kept: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let named = |path: &PathBuf| format!("{} cannot be read", path.display());
    let key = arguments.key.as_deref().map(Verifier::read).transpose().context("--key")?;
    let mut pieces = Vec::with_capacity(arguments.pieces.len());
    for path in &arguments.pieces {
        pieces.push(BufReader::new(File::open(path).with_context(|| named(path))?));
    }
    let mut kept = Vec::with_capacity(arguments.kept.len());
    for path in &arguments.kept {
        kept.push(read_to_string(path).with_context(|| named(path))?);
    }
    let known = key.is_some();
    match verify(pieces, key, &kept) {
        Ok(proven) => {
            let lines = if proven.size == proven.since {
                format!("no line after the first {}", proven.since)
            } else {
                format!(
                    "lines {} to {}, of which {} read and {} not yours to read",
                    proven.since.saturating_add(1),
                    proven.size,
                    proven.rows,
                    proven.hidden
                )
            };
            let signed = proven.signed_at.to_rfc3339();
            say(&format!("whole: {lines}; {} kept points found again; signed {signed}", proven.kept));
            if proven.kept == 0 {
                say("no kept point was given: a log made anew as a whole and signed again would not show");
            }
            if !known {
                say(&format!("signed with the key {}: is it the one you were handed?", proven.key));
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(flaw) => {
            let verdict = if flaw.is_of_the_log() { "NOT WHOLE" } else { "cannot tell" };
            say(&format!("{verdict}: {flaw}"));
            Ok(ExitCode::FAILURE)
        }
    }
}
