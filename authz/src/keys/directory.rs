//! The keystore as a directory: `kek/` the wrapping keys, `files/` one wrapped key a file in 256
//! drawers, `secrets/` the named ones, `memory/` what is no secret but must not come from the database. Mode 0700
//! and 0600.
//!
//! INVARIANT: whoever writes holds the lock and wraps under the newest wrapping key. So once a new
//! wrapping key is there, nothing is wrapped under an older one any more.

use std::{
    collections::HashMap,
    fs::{File, OpenOptions},
    num::NonZeroUsize,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use lru::LruCache;
use zeroize::Zeroizing;

use super::{FileKey, KeyError, Keystore, SigningSeed, storage};
use crate::id::FileId;

/// Most unwrapped keys held in memory.
const HELD: NonZeroUsize = NonZeroUsize::new(4_096).unwrap();
/// How long a held key is trusted before its file is looked for again: another process may destroy it.
const TRUST: Duration = Duration::from_secs(1);
/// How often a key is read again whose wrapping key was being changed.
const TRIES: usize = 3;

/// A keystore in a directory of its own.
pub struct DirectoryKeystore {
    pub(super) root: PathBuf,
    wrapping: Mutex<HashMap<u32, FileKey>>,
    held: Mutex<LruCache<FileId, (FileKey, Instant)>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl DirectoryKeystore {
    /// Opens a keystore, or makes one with its first wrapping key.
    ///
    /// # Errors
    /// When it cannot be read or made, others may read it, or it holds keys but not what wraps them.
    pub fn open_or_create(root: &Path) -> Result<Self, KeyError> {
        storage::private_dir(root)?;
        storage::refuse_open_dir(root)?;
        for dir in ["kek", "files", "secrets"] {
            storage::private_dir(&root.join(dir))?;
        }
        let store =
            Self { root: root.to_owned(), wrapping: Mutex::default(), held: Mutex::new(LruCache::new(HELD)) };
        let lock = store.lock()?;
        store.sweep()?;
        if store.versions()?.is_empty() {
            // A first wrapping key beside keys it cannot open would hide that the true one was lost.
            if store.wrapped_dirs()?.iter().any(|dir| storage::refuse_full_dir(dir).is_err()) {
                return Err(KeyError::Corrupt);
            }
            store.make_wrapping(1)?;
        }
        drop(lock);
        Ok(store)
    }

    /// The right to write, until dropped. Other threads and other processes wait.
    pub(super) fn lock(&self) -> Result<File, KeyError> {
        let path = self.root.join("lock");
        let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path);
        let file = file.map_err(|_| KeyError::Io)?;
        file.lock().map_err(|_| KeyError::Io)?;
        Ok(file)
    }

    /// Destroys what a writer that was killed left unfinished. Only for who holds the lock.
    fn sweep(&self) -> Result<(), KeyError> {
        let mut dirs = self.wrapped_dirs()?;
        dirs.push(self.root.join("kek"));
        for dir in dirs {
            for path in storage::files(&dir, storage::UNFINISHED)? {
                storage::destroy(&path)?;
            }
        }
        Ok(())
    }

    /// Every directory that holds wrapped keys.
    pub(super) fn wrapped_dirs(&self) -> Result<Vec<PathBuf>, KeyError> {
        let mut dirs = vec![self.root.join("secrets")];
        for entry in std::fs::read_dir(self.root.join("files")).map_err(|_| KeyError::Io)? {
            dirs.push(entry.map_err(|_| KeyError::Io)?.path());
        }
        Ok(dirs)
    }

    pub(super) fn versions(&self) -> Result<Vec<u32>, KeyError> {
        let mut versions = Vec::new();
        for path in storage::files(&self.root.join("kek"), "key")? {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse().ok());
            versions.push(stem.ok_or(KeyError::Corrupt)?);
        }
        versions.sort_unstable();
        Ok(versions)
    }

    fn wrapping_path(&self, version: u32) -> PathBuf {
        self.root.join("kek").join(format!("{version}.key"))
    }

    pub(super) fn make_wrapping(&self, version: u32) -> Result<(), KeyError> {
        storage::write(&self.wrapping_path(version), random()?.as_slice())
    }

    pub(super) fn destroy_wrapping(&self, version: u32) -> Result<(), KeyError> {
        locked(&self.wrapping).remove(&version);
        storage::destroy(&self.wrapping_path(version))
    }

    fn wrapping(&self, version: u32) -> Result<FileKey, KeyError> {
        if let Some(key) = locked(&self.wrapping).get(&version) {
            return Ok(key.clone());
        }
        // Never "gone": that is said of a file, and would hide one whose wrapping key was just changed.
        let bytes = storage::read(&self.wrapping_path(version)).map_err(|error| match error {
            KeyError::Gone => KeyError::Corrupt,
            other => other,
        })?;
        let key = FileKey::new(bytes.as_slice().try_into().map_err(|_| KeyError::Corrupt)?);
        let mut known = locked(&self.wrapping);
        // Another process may have rotated: what it destroyed is not kept here either.
        known.retain(|version, _| self.wrapping_path(*version).exists());
        known.insert(version, key.clone());
        Ok(key)
    }

    /// The newest wrapping key. Only for who holds the lock.
    pub(super) fn newest(&self) -> Result<(u32, FileKey), KeyError> {
        let version = self.versions()?.last().copied().ok_or(KeyError::Corrupt)?;
        Ok((version, self.wrapping(version)?))
    }

    fn drawer(&self, file: FileId) -> PathBuf {
        let last = file.uuid().as_bytes().last().copied().unwrap_or(0);
        self.root.join("files").join(format!("{last:02x}"))
    }

    pub(super) fn file_path(&self, file: FileId) -> PathBuf {
        self.drawer(file).join(format!("{file}.key"))
    }

    pub(super) fn secret_path(&self, name: &str) -> PathBuf {
        self.root.join("secrets").join(format!("{name}.key"))
    }

    fn memory_path(&self, name: &str) -> PathBuf {
        self.root.join("memory").join(format!("{name}.json"))
    }

    pub(super) fn unwrap(&self, name: &str, wrapped: &[u8]) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        let (version, sealed) = wrapped.split_first_chunk::<4>().ok_or(KeyError::Sealed)?;
        let plain = self.wrapping(u32::from_be_bytes(*version))?.open_with(name.as_bytes(), sealed)?;
        let key: [u8; 32] = plain.as_slice().try_into().map_err(|_| KeyError::Sealed)?;
        Ok(Zeroizing::new(key))
    }

    pub(super) fn read(&self, path: &Path, name: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        self.read_again(name, || storage::read(path))
    }

    /// Reads a wrapped key without the lock. Its wrapping may change, or it may be destroyed, between one
    /// look and the next; what still does not open when looked at again is damaged.
    fn read_again(
        &self,
        name: &str,
        mut look: impl FnMut() -> Result<Zeroizing<Vec<u8>>, KeyError>,
    ) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        let mut answer = Err(KeyError::Corrupt);
        for _ in 0..TRIES {
            answer = self.unwrap(name, &look()?);
            if answer.is_ok() {
                break;
            }
        }
        answer
    }
}

impl Keystore for DirectoryKeystore {
    fn create_many(&self, files: &[FileId]) -> Result<Vec<FileKey>, KeyError> {
        let _lock = self.lock()?;
        let (version, wrapping) = self.newest()?;
        let mut keys: Vec<FileKey> = Vec::with_capacity(files.len());
        let mut made: HashMap<FileId, FileKey> = HashMap::new();
        let mut written = Vec::new();
        for file in files {
            let (path, name) = (self.file_path(*file), file.to_string());
            if let Some(key) = made.get(file) {
                keys.push(key.clone());
                continue;
            }
            // A key that is there is kept: making it anew would destroy what it sealed.
            let key = match storage::read(&path) {
                Ok(wrapped) => FileKey::new(&*self.unwrap(&name, &wrapped)?),
                Err(KeyError::Gone) => {
                    let key = random()?;
                    storage::private_dir(&self.drawer(*file))?;
                    written.push((path, Zeroizing::new(wrap(version, &wrapping, &name, &key)?)));
                    FileKey::new(&key)
                }
                Err(error) => return Err(error),
            };
            made.insert(*file, key.clone());
            keys.push(key);
        }
        storage::write_all(&written)?;
        Ok(keys)
    }

    fn open(&self, file: FileId) -> Result<FileKey, KeyError> {
        let path = self.file_path(file);
        let now = Instant::now();
        let known = locked(&self.held).get(&file).cloned();
        if let Some((key, seen)) = known {
            if now.duration_since(seen) < TRUST {
                return Ok(key);
            }
            if path.exists() {
                locked(&self.held).put(file, (key.clone(), now));
                return Ok(key);
            }
            locked(&self.held).pop(&file);
            return Err(KeyError::Gone);
        }
        let key = FileKey::new(&*self.read(&path, &file.to_string())?);
        locked(&self.held).put(file, (key.clone(), now));
        Ok(key)
    }

    fn destroy(&self, file: FileId) -> Result<(), KeyError> {
        let _lock = self.lock()?;
        let destroyed = storage::destroy(&self.file_path(file));
        // Afterwards: a reader may have taken it up while it was still there.
        locked(&self.held).pop(&file);
        destroyed
    }

    fn secret(&self, name: &'static str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        let path = self.secret_path(name);
        match self.read(&path, name) {
            Err(KeyError::Gone) => {}
            answer => return answer,
        }
        // Under the lock: two processes that start together must find one and the same secret.
        let _lock = self.lock()?;
        match self.read(&path, name) {
            Err(KeyError::Gone) => {
                let (version, wrapping) = self.newest()?;
                let secret = random()?;
                storage::write(&path, &wrap(version, &wrapping, name, &secret)?)?;
                Ok(secret)
            }
            answer => answer,
        }
    }

    fn rotate(&self) -> Result<(), KeyError> {
        self.rotate_while(|| Ok(()))
    }

    fn signing(&self) -> Result<Vec<SigningSeed>, KeyError> {
        let found = self.read_signing()?;
        if !found.is_empty() {
            return Ok(found);
        }
        // None yet, or all replaced between the look at their names and at themselves.
        self.make_first_signing()?;
        self.read_signing()
    }

    fn rotate_signing(&self, now: DateTime<Utc>, compromised: bool) -> Result<DateTime<Utc>, KeyError> {
        self.make_signing(now, compromised)
    }

    fn destroy_old_signing(&self, now: DateTime<Utc>) -> Result<(), KeyError> {
        self.destroy_signing(now)
    }

    fn recall(&self, name: &'static str) -> Result<Option<Vec<u8>>, KeyError> {
        match storage::read(&self.memory_path(name)) {
            Ok(bytes) => Ok(Some(bytes.to_vec())),
            Err(KeyError::Gone) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn remember(&self, name: &'static str, bytes: &[u8]) -> Result<(), KeyError> {
        let _lock = self.lock()?;
        storage::private_dir(&self.root.join("memory"))?;
        storage::write(&self.memory_path(name), bytes)
    }

    fn check(&self) -> Result<(), KeyError> {
        storage::refuse_open_dir(&self.root)?;
        let version = self.versions()?.last().copied().ok_or(KeyError::Corrupt)?;
        storage::read(&self.wrapping_path(version)).map(drop)
    }
}

pub(super) fn wrap(
    version: u32,
    wrapping: &FileKey,
    name: &str,
    key: &[u8; 32],
) -> Result<Vec<u8>, KeyError> {
    let mut wrapped = version.to_be_bytes().to_vec();
    wrapped.extend_from_slice(&wrapping.seal_with(name.as_bytes(), key)?);
    Ok(wrapped)
}

pub(super) fn random() -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let mut key = Zeroizing::new([0u8; 32]);
    getrandom::fill(key.as_mut_slice()).map_err(|_| KeyError::Random)?;
    Ok(key)
}

#[cfg(test)]
mod tests;
