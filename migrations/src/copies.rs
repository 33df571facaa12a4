//! A whole database to a file and back, by `PostgreSQL`'s own programs.

use std::{
    fs::File,
    path::Path,
    process::{Command, Stdio},
};

use diesel::{QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use tokio_postgres::config::{Config, Host};

use crate::private::Binaries;

/// Roles belong to the cluster and are in no dump.
const ROLES: [&str; 2] = [
    include_str!("../sql/2026-11-23-000100_database_roles/up.sql"),
    include_str!("../sql/2026-11-28-000100_sequencer_role/up.sql"),
];

/// Why a database was not copied. No variant carries a row's content.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The address is not one.
    #[error("the address of the database is not one")]
    Address,
    /// No connection.
    #[error("the database does not answer: {0}")]
    Connection(#[from] diesel::ConnectionError),
    /// The database refused.
    #[error("the database refused: {0}")]
    Refused(#[from] diesel::result::Error),
    /// The program could not be run.
    #[error("{program} could not be run: {error}")]
    Program {
        /// Which.
        program: &'static str,
        /// Why.
        error: std::io::Error,
    },
    /// The program stopped with an error.
    #[error("{program} failed: {reason}")]
    Failed {
        /// Which.
        program: &'static str,
        /// Its first complaint.
        reason: String,
    },
    /// Something is there already.
    #[error("the database is not empty: restore into a new one")]
    Occupied,
}

/// Writes everything in the database, as at one moment, into a file.
///
/// # Errors
/// When the database does not answer, or the program is missing or fails.
pub fn dump(binaries: &Binaries, url: &str, into: File) -> Result<(), CopyError> {
    let mut command = command(binaries, "pg_dump", url)?;
    command.args(["--format=custom", "--no-owner"]).stdout(into);
    run("pg_dump", command)
}

/// Puts everything back, whole or not at all, into a database that holds nothing yet.
///
/// # Errors
/// When the database holds something or does not answer, or the program is missing or fails.
pub fn restore(binaries: &Binaries, url: &str, from: &Path) -> Result<(), CopyError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| CopyError::Program { program: "restore", error })?;
    runtime.block_on(make_ready(url))?;
    let name = config(url)?.get_dbname().unwrap_or_default().to_owned();
    let mut command = command(binaries, "pg_restore", url)?;
    command.args(["--single-transaction", "--exit-on-error", "--no-owner", "--dbname", &name]).arg(from);
    run("pg_restore", command)
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

async fn make_ready(url: &str) -> Result<(), CopyError> {
    let mut connection = AsyncPgConnection::establish(url).await?;
    let found: Count =
        sql_query("select count(*) as count from pg_class where relnamespace = 'public'::regnamespace")
            .get_result(&mut connection)
            .await?;
    if found.count > 0 {
        return Err(CopyError::Occupied);
    }
    for role in ROLES {
        connection.batch_execute(role).await?;
    }
    Ok(())
}

fn config(url: &str) -> Result<Config, CopyError> {
    url.parse().map_err(|_| CopyError::Address)
}

/// The address goes by the environment: what stands on a command line is read by everybody on the machine.
fn command(binaries: &Binaries, program: &str, url: &str) -> Result<Command, CopyError> {
    let config = config(url)?;
    let hosts: Vec<String> = config
        .get_hosts()
        .iter()
        .map(|host| match host {
            Host::Tcp(name) => name.clone(),
            Host::Unix(directory) => directory.display().to_string(),
        })
        .collect();
    let ports: Vec<String> = config.get_ports().iter().map(ToString::to_string).collect();
    let mut command = binaries.client(program);
    command.env("PGHOST", hosts.join(",")).stdin(Stdio::null()).stdout(Stdio::null());
    if !ports.is_empty() {
        command.env("PGPORT", ports.join(","));
    }
    if let Some(user) = config.get_user() {
        command.env("PGUSER", user);
    }
    if let Some(name) = config.get_dbname() {
        command.env("PGDATABASE", name);
    }
    if let Some(password) = config.get_password() {
        command.env("PGPASSWORD", String::from_utf8_lossy(password).as_ref());
    }
    Ok(command)
}

fn run(program: &'static str, mut command: Command) -> Result<(), CopyError> {
    let done = command
        .stderr(Stdio::piped())
        .spawn()
        .and_then(std::process::Child::wait_with_output)
        .map_err(|error| CopyError::Program { program, error })?;
    if done.status.success() {
        return Ok(());
    }
    // The first line says what went wrong; those that follow may quote rows.
    let said = String::from_utf8_lossy(&done.stderr);
    Err(CopyError::Failed { program, reason: said.lines().next().unwrap_or_default().to_owned() })
}
