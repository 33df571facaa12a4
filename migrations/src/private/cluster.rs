//! The directories of one server on disk: made once, found again at each later start.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError},
    os::unix::{
        ffi::OsStrExt,
        fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    },
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use super::{
    Binaries, OWNER, PrivateError, Tuning,
    account::{self, Account},
    error::{Attempt, tail},
    way,
};

/// Longest address of a Unix socket, without its final zero.
const SOCKET_LIMIT: usize = 107;
const SOCKET_NAME: &str = ".s.PGSQL.5432";
/// A server whose program was killed writes its last pages before it ends.
const ORPHAN_GRACE: Duration = Duration::from_secs(60);

/// The data directory, locked for as long as this value lives.
///
/// INVARIANT: what root writes itself (lock, log) stands outside the directories of the server's account,
/// where that account could replace it with a link to something else.
#[derive(Debug)]
pub(super) struct Cluster {
    pub(super) account: Account,
    data: PathBuf,
    _lock: File,
}

impl Cluster {
    /// Opens `data`, making it and its cluster when they are not there.
    pub(super) fn open(data: &Path, binaries: &Binaries, tuning: Tuning) -> Result<Self, PrivateError> {
        let account = Account::choose(&data.join("cluster"))?;
        let mode = account.outer_mode();
        way::make(data, mode)?;
        account::must_be_ours(data)?;
        let data = data.canonicalize().attempt(|| format!("enter {}", data.display()))?;
        let lock = private_file(&data.join("lock"))?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(PrivateError::AlreadyRunning(data)),
            Err(TryLockError::Error(error)) => Err(error).attempt(|| format!("lock {}", data.display()))?,
            Ok(()) => {}
        }
        fs::set_permissions(&data, Permissions::from_mode(mode))
            .attempt(|| format!("protect {}", data.display()))?;
        account.may_reach(&data)?;
        account.may_reach(&binaries.program("postgres"))?;
        let cluster = Self { account, data, _lock: lock };
        cluster.outlast_orphan()?;
        if cluster.path().exists() {
            cluster.same_version(binaries)?;
        } else {
            cluster.initialise(binaries, tuning)?;
        }
        Ok(cluster)
    }

    /// `PGDATA`.
    pub(super) fn path(&self) -> PathBuf {
        self.data.join("cluster")
    }

    /// A new, empty log; only this start's lines matter.
    pub(super) fn new_log(&self) -> Result<File, PrivateError> {
        private_file(&self.log_path())
    }

    /// The last lines that the server wrote.
    pub(super) fn log_tail(&self) -> String {
        tail(&String::from_utf8_lossy(&fs::read(self.log_path()).unwrap_or_default()))
    }

    /// A directory for the socket that only the account may enter: beside the data when the address is short
    /// enough, so that nothing is left elsewhere after a crash, else a fresh one under `elsewhere`.
    pub(super) fn socket_directory(
        &self,
        elsewhere: &Path,
    ) -> Result<(PathBuf, Option<tempfile::TempDir>), PrivateError> {
        let beside = self.data.join("socket");
        if fits(&beside) {
            if !beside.exists() {
                self.inner_directory(&beside)?;
            }
            return Ok((beside, None));
        }
        self.account.may_reach(elsewhere)?;
        let fresh = tempfile::Builder::new().prefix("filet-").tempdir_in(elsewhere);
        let fresh = fresh.attempt(|| format!("create a directory in {}", elsewhere.display()))?;
        if !fits(fresh.path()) {
            return Err(PrivateError::LongSocket(fresh.path().to_owned()));
        }
        self.account.own(fresh.path())?;
        Ok((fresh.path().to_owned(), Some(fresh)))
    }

    /// Process number and state word of the postmaster's own file, while it exists.
    pub(super) fn postmaster(&self) -> Option<(u32, String)> {
        let text = fs::read_to_string(self.path().join("postmaster.pid")).ok()?;
        let pid = text.lines().next()?.trim().parse().ok()?;
        Some((pid, text.lines().nth(7).unwrap_or_default().trim().to_owned()))
    }

    pub(super) fn log_path(&self) -> PathBuf {
        self.data.join("server.log")
    }

    fn inner_directory(&self, path: &Path) -> Result<(), PrivateError> {
        DirBuilder::new().mode(0o700).create(path).attempt(|| format!("create {}", path.display()))?;
        self.account.own(path)
    }

    /// We hold the lock, so a server still alive has lost its program and is about to end.
    fn outlast_orphan(&self) -> Result<(), PrivateError> {
        let begun = Instant::now();
        while let Some((pid, _)) = self.postmaster() {
            // The number alone proves nothing: after a power cut it may belong to anybody. Arguments can be read
            // where the working directory cannot, as by root in most containers.
            let arguments = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            let path = self.path();
            if !arguments.split(|byte| *byte == 0).any(|argument| argument == path.as_os_str().as_bytes()) {
                break;
            }
            if begun.elapsed() > ORPHAN_GRACE {
                return Err(PrivateError::AlreadyRunning(self.data.clone()));
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    fn same_version(&self, binaries: &Binaries) -> Result<(), PrivateError> {
        let file = self.path().join("PG_VERSION");
        let text = fs::read_to_string(&file).attempt(|| format!("read {}", file.display()))?;
        let made_by = text.trim().to_owned();
        if made_by == binaries.major().to_string() {
            return Ok(());
        }
        Err(PrivateError::OtherVersion { data: self.data.clone(), made_by, found: binaries.major() })
    }

    /// Makes the cluster under another name first: one that was interrupted is never taken for a whole one.
    fn initialise(&self, binaries: &Binaries, tuning: Tuning) -> Result<(), PrivateError> {
        let fresh = self.data.join("cluster.new");
        if fresh.exists() {
            fs::remove_dir_all(&fresh).attempt(|| format!("remove {}", fresh.display()))?;
        }
        self.inner_directory(&fresh)?;
        let mut initdb = self.account.command(binaries, "initdb", "TERM");
        // Without a password: whoever may enter the socket's directory is the owner.
        initdb.args(["-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"]);
        if tuning == Tuning::Tests {
            initdb.arg("--no-sync");
        }
        let output = initdb.arg("-D").arg(&fresh).output().attempt(|| "run setpriv and initdb".to_owned())?;
        if !output.status.success() {
            let said = [output.stdout, output.stderr].concat();
            let said = tail(&String::from_utf8_lossy(&said));
            return Err(PrivateError::Failed { program: "initdb", said });
        }
        fs::rename(&fresh, self.path()).attempt(|| format!("create {}", self.path().display()))
    }
}

fn fits(directory: &Path) -> bool {
    directory.join(SOCKET_NAME).as_os_str().len() <= SOCKET_LIMIT
}

fn private_file(path: &Path) -> Result<File, PrivateError> {
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    file.attempt(|| format!("write {}", path.display()))
}
