//! Why the private `PostgreSQL` is not there, in words that say what to do next.

use std::{io, path::PathBuf};

/// Anything between "no server programs" and "it does not stop".
#[derive(Debug, thiserror::Error)]
pub enum PrivateError {
    /// Neither installed nor obtainable by Debian's own means.
    #[error(
        "no PostgreSQL 15 or newer here, and Debian's packages could not be unpacked aside: {0}\n\
         Install one (on Debian: apt-get install postgresql), or give the address of a database that exists."
    )]
    NoBinaries(String),
    /// The data was made by another major version, and a cluster is never converted on the way.
    #[error(
        "the data in {data} were made by PostgreSQL {made_by}, but the programs found are PostgreSQL {found}.\n\
         Install PostgreSQL {made_by}, or choose another data directory."
    )]
    OtherVersion {
        /// The data directory.
        data: PathBuf,
        /// Content of `PG_VERSION`.
        made_by: String,
        /// Major version of the programs.
        found: u32,
    },
    /// Another program holds these data.
    #[error("another program is already running on the data in {0}.\nStop it, or choose another directory.")]
    AlreadyRunning(PathBuf),
    /// `PostgreSQL` refuses to run as root, and there is no other account.
    #[error("as root, PostgreSQL needs an account `postgres` or `nobody` to run as, and there is neither")]
    NoAccount,
    /// Nobody, root included, runs a server on somebody else's files.
    #[error("the files in {0} belong to another account.\nRun as that account, or choose another directory.")]
    OtherOwner(PathBuf),
    /// A directory on the way is closed to the account that root hands the server to.
    #[error(
        "as root, PostgreSQL runs as account number {uid}, which may not enter {directory}.\n\
         Choose a directory under /var/lib, or open that one with: chmod o+x {directory}"
    )]
    Closed {
        /// The first directory that is closed.
        directory: PathBuf,
        /// The account.
        uid: u32,
    },
    /// Linux ends the address of a socket at 107 bytes.
    #[error("the directory for the socket, {0}, has too long a name; pass a shorter one, such as /tmp")]
    LongSocket(PathBuf),
    /// `initdb` or `postgres` gave up; the last lines are its own.
    #[error("{program} did not succeed:\n{said}")]
    Failed {
        /// The program.
        program: &'static str,
        /// End of what it said.
        said: String,
    },
    /// It neither became ready nor ended in time.
    #[error("PostgreSQL was not {state} after {seconds} s:\n{said}")]
    Late {
        /// What was waited for.
        state: &'static str,
        /// How long.
        seconds: u64,
        /// End of its log.
        said: String,
    },
    /// The file system or the kernel refused.
    #[error("cannot {what}: {source}")]
    Io {
        /// Verb and object.
        what: String,
        /// The refusal.
        source: io::Error,
    },
}

/// Adds to a refusal what was being attempted.
pub trait Attempt<T> {
    /// `what` completes "cannot …".
    fn attempt(self, what: impl FnOnce() -> String) -> Result<T, PrivateError>;
}

impl<T> Attempt<T> for io::Result<T> {
    fn attempt(self, what: impl FnOnce() -> String) -> Result<T, PrivateError> {
        self.map_err(|source| PrivateError::Io { what: what(), source })
    }
}

/// The last lines of something long, enough to see why it ended.
pub fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let from = lines.len().saturating_sub(15);
    let last = lines.get(from..).unwrap_or_default().join("\n");
    if last.is_empty() { "(it said nothing)".to_owned() } else { last }
}
