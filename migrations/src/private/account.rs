//! Whom the server runs as, and how it is kept from outliving us.
//!
//! `PostgreSQL` refuses to run as root, so root hands it to another account; anybody else runs it as themselves.

use std::{
    fs,
    os::unix::fs::{MetadataExt, chown},
    path::Path,
    process::{Command, Stdio},
};

use super::{Binaries, PrivateError, error::Attempt};

/// The account of the server's processes and files.
#[derive(Debug, Clone, Copy)]
pub(super) struct Account {
    uid: u32,
    gid: u32,
    handed_over: bool,
}

impl Account {
    /// Ours; as root, the one that owns the `cluster` already there, else `postgres`, else `nobody`.
    pub(super) fn choose(cluster: &Path) -> Result<Self, PrivateError> {
        let (uid, gid) = ours()?;
        let owner = fs::metadata(cluster).ok().map(|found| (found.uid(), found.gid()));
        if uid != 0 {
            return match owner {
                Some((other, _)) if other != uid => Err(PrivateError::OtherOwner(cluster.to_owned())),
                _ => Ok(Self { uid, gid, handed_over: false }),
            };
        }
        let passwd = fs::read_to_string("/etc/passwd").attempt(|| "read /etc/passwd".to_owned())?;
        let (uid, gid) = owner
            .filter(|(uid, _)| *uid != 0)
            .or_else(|| named(&passwd, "postgres"))
            .or_else(|| named(&passwd, "nobody"))
            .ok_or(PrivateError::NoAccount)?;
        Ok(Self { uid, gid, handed_over: true })
    }

    /// The mode of a directory that holds the server's private ones: root's may be entered, but not listed.
    pub(super) fn outer_mode(&self) -> u32 {
        if self.handed_over { 0o711 } else { 0o700 }
    }

    /// Gives a directory we made to the account.
    pub(super) fn own(&self, path: &Path) -> Result<(), PrivateError> {
        if self.handed_over {
            chown(path, Some(self.uid), Some(self.gid))
                .attempt(|| format!("hand over {}", path.display()))?;
        }
        Ok(())
    }

    /// Refuses a path that has a directory on the way which the account may not enter.
    pub(super) fn may_reach(&self, path: &Path) -> Result<(), PrivateError> {
        let closed = |directory: &&Path| {
            fs::metadata(directory).is_ok_and(|found| {
                let bit = if found.uid() == self.uid {
                    0o100
                } else if found.gid() == self.gid {
                    0o010
                } else {
                    0o001
                };
                found.mode() & bit == 0
            })
        };
        match path.ancestors().filter(|_| self.handed_over).find(closed) {
            Some(directory) => Err(PrivateError::Closed { directory: directory.to_owned(), uid: self.uid }),
            None => Ok(()),
        }
    }

    /// A server program that runs as the account and receives `signal` when the thread that spawns it ends.
    ///
    /// Its environment is empty: it inherits neither our secrets nor settings meant for another `PostgreSQL`.
    pub(super) fn command(&self, binaries: &Binaries, program: &str, signal: &str) -> Command {
        // setpriv changes the account first, because that would make the kernel forget the signal.
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", signal]);
        if self.handed_over {
            command.arg("--clear-groups");
            command.arg(format!("--reuid={}", self.uid)).arg(format!("--regid={}", self.gid));
        }
        command.arg("--").arg(binaries.program(program));
        command.env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin").env("LC_ALL", "C");
        if let Some(path) = binaries.library_path() {
            command.env("LD_LIBRARY_PATH", path);
        }
        command.stdin(Stdio::null()).current_dir("/");
        command
    }
}

/// Whether this process is root's.
pub(super) fn is_root() -> bool {
    ours().is_ok_and(|(uid, _)| uid == 0)
}

/// Refuses a directory of another account, who could replace what we write or run there.
pub(super) fn must_be_ours(directory: &Path) -> Result<(), PrivateError> {
    let (uid, _) = ours()?;
    match fs::metadata(directory).attempt(|| format!("look at {}", directory.display()))?.uid() {
        owner if owner == uid => Ok(()),
        _ => Err(PrivateError::OtherOwner(directory.to_owned())),
    }
}

/// Effective user and group of this process; `/proc/self` itself may claim root for a hardened one.
fn ours() -> Result<(u32, u32), PrivateError> {
    let status = fs::read_to_string("/proc/self/status").attempt(|| "read /proc/self/status".to_owned())?;
    let effective = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().nth(1)?.parse().ok()
    };
    effective("Uid:").zip(effective("Gid:")).ok_or(PrivateError::NoAccount)
}

fn named(passwd: &str, name: &str) -> Option<(u32, u32)> {
    let line = passwd.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut numbers = line.split(':').skip(2);
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}
