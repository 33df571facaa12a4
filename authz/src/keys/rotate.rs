//! Changing the wrapping key: everything is wrapped anew, then the old ones are destroyed.

use std::path::Path;

use zeroize::Zeroizing;

use super::{DirectoryKeystore, KeyError, directory::wrap, storage};

impl DirectoryKeystore {
    /// Rotates drawer by drawer, so that whoever makes a key waits for one drawer and not for all; between
    /// steps `go_on` may stop it. Stopped anywhere, everything opens, and a next rotation finishes the work.
    pub(super) fn rotate_while(
        &self,
        mut go_on: impl FnMut() -> Result<(), KeyError>,
    ) -> Result<(), KeyError> {
        let next = self.begin()?;
        for dir in self.wrapped_dirs()? {
            go_on()?;
            self.rewrap(&dir)?;
        }
        // INVARIANT: from here on all is wrapped under `next` or newer: what was there was rewrapped, and
        // what was made since was made under the newest.
        for old in self.versions()?.into_iter().filter(|version| *version < next) {
            go_on()?;
            let _lock = self.lock()?;
            self.destroy_wrapping(old)?;
        }
        Ok(())
    }

    fn begin(&self) -> Result<u32, KeyError> {
        let _lock = self.lock()?;
        let newest = self.versions()?.last().copied().ok_or(KeyError::Corrupt)?;
        let next = newest.checked_add(1).ok_or(KeyError::Corrupt)?;
        self.make_wrapping(next)?;
        Ok(next)
    }

    fn rewrap(&self, dir: &Path) -> Result<(), KeyError> {
        let _lock = self.lock()?;
        let (newest, wrapping) = self.newest()?;
        let mut rewrapped = Vec::new();
        for path in storage::files(dir, "key")? {
            let wrapped = storage::read(&path)?;
            if wrapped.starts_with(&newest.to_be_bytes()) {
                continue;
            }
            let name = path.file_stem().and_then(|stem| stem.to_str()).ok_or(KeyError::Corrupt)?;
            let key = self.unwrap(name, &wrapped)?;
            rewrapped.push((path.clone(), Zeroizing::new(wrap(newest, &wrapping, name, &key)?)));
        }
        storage::write_all(&rewrapped)
    }
}
