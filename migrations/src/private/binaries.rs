//! Where `initdb` and `postgres` are.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{PrivateError, account, unpack};

/// The oldest major version that the migrations are written for.
pub(super) const OLDEST: u32 = 15;

/// A directory with the server programs of one major version.
#[derive(Debug, Clone)]
pub struct Binaries {
    major: u32,
    directory: PathBuf,
    libraries: Vec<PathBuf>,
}

impl Binaries {
    /// The newest installed version; else a copy unpacked earlier under `cache`; else unpacks one there.
    ///
    /// `say` receives a sentence for each step that takes time.
    pub fn find(cache: &Path, say: &dyn Fn(&str)) -> Result<Self, PrivateError> {
        Self::below(Path::new("/"))
            .or_else(|| Self::unpacked(cache))
            .map_or_else(|| Self::unpack(cache, say), Ok)
    }

    /// Where a copy is kept by custom: under /var/lib for root, whose home the server's account may not enter;
    /// else in the user's data, `XDG_DATA_HOME` or `HOME`/.local/share; else under /tmp.
    pub fn usual_cache(xdg_data_home: Option<PathBuf>, home: Option<PathBuf>) -> PathBuf {
        let base = if account::is_root() {
            PathBuf::from("/var/lib")
        } else {
            let absolute = xdg_data_home.filter(|path| path.is_absolute());
            absolute.or_else(|| Some(home?.join(".local/share"))).unwrap_or_else(|| PathBuf::from("/tmp"))
        };
        base.join("filet/postgres")
    }

    /// Unpacks Debian's own packages under `cache`, as root or as anybody, and leaves the system untouched.
    ///
    /// About 65 MB are fetched through the system's own sources and keys, and up to 350 MB stay on disk. A copy that
    /// is already there is kept. As root, `cache` must be a directory that others may enter.
    pub fn unpack(cache: &Path, say: &dyn Fn(&str)) -> Result<Self, PrivateError> {
        unpack::unpack(cache, say)
    }

    /// The copy that [`Binaries::unpack`] finished here, if any.
    pub(super) fn unpacked(cache: &Path) -> Option<Self> {
        account::must_be_ours(cache).ok()?;
        let root = unpack::root(cache);
        Self::below(&root).map(|found| Self { libraries: library_directories(&root), ..found })
    }

    /// The newest version in Debian's layout under `root`.
    pub(super) fn below(root: &Path) -> Option<Self> {
        fs::read_dir(root.join("usr/lib/postgresql"))
            .ok()?
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let major = entry.file_name().to_str()?.parse().ok()?;
                let directory = entry.path().join("bin");
                let complete = ["initdb", "postgres"].iter().all(|name| directory.join(name).is_file());
                (complete && major >= OLDEST).then_some(Self { major, directory, libraries: Vec::new() })
            })
            .max_by_key(|found| found.major)
    }

    /// Major version, such as 15.
    pub fn major(&self) -> u32 {
        self.major
    }

    /// A client program of this version, such as `pg_dump`, with an empty environment.
    pub(crate) fn client(&self, name: &str) -> Command {
        let mut command = Command::new(self.program(name));
        command.env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin").env("LC_ALL", "C");
        if let Some(path) = self.library_path() {
            command.env("LD_LIBRARY_PATH", path);
        }
        command
    }

    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// `LD_LIBRARY_PATH` for the programs, when they do not use the system's libraries alone.
    pub(super) fn library_path(&self) -> Option<String> {
        let parts: Vec<&str> = self.libraries.iter().filter_map(|directory| directory.to_str()).collect();
        (!parts.is_empty()).then(|| parts.join(":"))
    }
}

/// Debian keeps libraries in a directory named after the machine, such as `x86_64-linux-gnu`.
fn library_directories(root: &Path) -> Vec<PathBuf> {
    ["usr/lib", "lib"]
        .iter()
        .filter_map(|parent| fs::read_dir(root.join(parent)).ok())
        .flatten()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_string_lossy().contains("-linux-"))
        .map(|entry| entry.path())
        .collect()
}
