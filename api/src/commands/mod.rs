//! What the program can be asked to do from a terminal, one command a file.

mod admin;
pub mod backup;
mod decide;
mod demo;
mod instrument;
mod keys;
mod load;
mod migrate;
mod print;
mod serve;
mod verify_log;

use std::{io::Write, path::PathBuf, process::ExitCode};

use chrono::{DateTime, Utc};
use clap::{Parser, Subcommand};

/// The password of the demonstration's personas, known to everybody: refused anywhere else.
pub const DEMO_PASSWORD: &str = "filet-de-securite";

/// Filet: risk files pooled between agencies, each field seen only by whom consent or law allows.
#[derive(Parser)]
#[command(name = "filet", version)]
struct Arguments {
    /// Settings file.
    #[arg(long, global = true, env = "FILET_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and the pages.
    Serve {
        /// Freeze the domain's time; a demonstration only.
        #[arg(long)]
        clock: Option<DateTime<Utc>>,
    },
    /// Bring the database to the shape this program needs.
    Migrate,
    /// Load a scenario, whole or not at all.
    Load(load::Arguments),
    /// Accounts of those who look after accounts.
    #[command(subcommand)]
    Admin(admin::Command),
    /// Copy the database and the keystore into a directory.
    Backup(backup::Arguments),
    /// Put a backup back, into an empty database and an empty keystore.
    Restore(backup::Arguments),
    /// The keystore.
    #[command(subcommand)]
    Keys(keys::Command),
    /// Start everything on this machine, with a fictional situation.
    Demo(demo::Arguments),
    /// Decide situations: one JSON object a line on standard input, one decision a line on standard output.
    Decide,
    /// Instruments of risk appraisal.
    #[command(subcommand)]
    Instrument(instrument::Command),
    /// Is the access log what was signed? Needs pieces of the log, and nothing else.
    VerifyLog(verify_log::Arguments),
    /// Print the `OpenAPI` document.
    Openapi,
    /// Print the policy as a table.
    Policy,
}

/// Runs the command of the command line.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let config = arguments.config.as_deref();
    let done = match arguments.command {
        Command::Serve { clock } => serve::run(config, clock),
        Command::Migrate => migrate::run(config),
        Command::Load(arguments) => load::run(config, &arguments),
        Command::Admin(command) => admin::run(config, &command),
        Command::Backup(arguments) => backup::run(config, &arguments),
        Command::Restore(arguments) => backup::run_restore(config, &arguments),
        Command::Keys(command) => keys::run(config, &command),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Decide => decide::run(),
        Command::Instrument(command) => instrument::run(&command),
        Command::VerifyLog(arguments) => verify_log::run(&arguments),
        Command::Openapi => print::openapi(),
        Command::Policy => print::policy(),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "filet: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// One line to the terminal.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Structured lines on standard error; personal data has no place in them.
fn start_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,api=warn,authz=warn,domain=warn"));
    let _ = tracing_subscriber::fmt().json().with_writer(std::io::stderr).with_env_filter(filter).try_init();
    // A panic's message may quote what it failed on: its place is enough.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(panic.place = %place, "a unit panicked");
    }));
}
