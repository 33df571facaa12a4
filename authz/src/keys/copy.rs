//! The keystore's own backups. They are to be few and short-lived: for as long as one lies around, a key
//! destroyed since can be had back from it.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{DirectoryKeystore, KeyError, Keystore, storage};

impl DirectoryKeystore {
    /// Copies the keystore, whole and as it is at one moment, into an empty directory of its own. Whoever
    /// makes or destroys a key meanwhile waits.
    ///
    /// # Errors
    /// [`KeyError::Occupied`] when something lies there already or it lies within the keystore,
    /// [`KeyError::Insecure`] when others may read it, or when something could not be copied.
    pub fn backup(&self, to: &Path) -> Result<(), KeyError> {
        let _lock = self.lock()?;
        copy(&self.root, to)
    }

    /// Puts a backup back, into an empty directory, and opens it.
    ///
    /// # Errors
    /// As [`DirectoryKeystore::backup`]; [`KeyError::Corrupt`] when what was there is no keystore.
    pub fn restore(from: &Path, to: &Path) -> Result<Self, KeyError> {
        if storage::files(&from.join("kek"), "key").map_or(true, |keys| keys.is_empty()) {
            return Err(KeyError::Corrupt);
        }
        copy(from, to)?;
        let store = Self::open_or_create(to)?;
        store.check()?;
        Ok(store)
    }
}

fn copy(from: &Path, to: &Path) -> Result<(), KeyError> {
    // As far up as something is there yet.
    let whole = std::path::absolute(to).map_err(|_| KeyError::Io)?;
    let above = whole.ancestors().find_map(|dir| dir.canonicalize().ok()).ok_or(KeyError::Io)?;
    if above.starts_with(from.canonicalize().map_err(|_| KeyError::Io)?) {
        return Err(KeyError::Occupied);
    }
    storage::private_dir(to)?;
    storage::refuse_open_dir(to)?;
    storage::refuse_full_dir(to)?;
    let mut files = Vec::new();
    copy_dir(from, to, &mut files)?;
    // The wrapping keys last: a copy stopped halfway opens nothing and says so.
    files.sort_by_key(|(path, _)| path.starts_with(to.join("kek")));
    storage::write_all(&files)
}

fn copy_dir(from: &Path, to: &Path, files: &mut Vec<(PathBuf, Zeroizing<Vec<u8>>)>) -> Result<(), KeyError> {
    for entry in std::fs::read_dir(from).map_err(|_| KeyError::Io)? {
        let path = entry.map_err(|_| KeyError::Io)?.path();
        let Some(name) = path.file_name() else { continue };
        let copied = to.join(name);
        if path.is_dir() {
            storage::private_dir(&copied)?;
            copy_dir(&path, &copied, files)?;
        } else if path.extension().is_some_and(|extension| extension == "key") {
            files.push((copied, storage::read(&path)?));
        }
    }
    Ok(())
}
