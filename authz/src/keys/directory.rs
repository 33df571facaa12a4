//! The keystore as a directory: `kek/` the wrapping keys, `files/` one wrapped key a file in 256
//! drawers, `secrets/` the named ones. Mode 0700 and 0600.
//!
//! INVARIANT: whoever wraps holds the lock shared and wraps under the newest wrapping key; whoever
//! rotates holds it alone. So no key is ever left under a wrapping key that is being destroyed.

use std::{
    collections::HashMap,
    fs::{File, OpenOptions},
    num::NonZeroUsize,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use lru::LruCache;
use zeroize::Zeroizing;

use super::{FileKey, KeyError, Keystore, storage};
use crate::id::FileId;

/// Most unwrapped keys held in memory.
const HELD: NonZeroUsize = NonZeroUsize::new(4_096).unwrap();
/// How long a held key is trusted before its file is looked for again: another process may destroy it.
const TRUST: Duration = Duration::from_secs(1);

/// A keystore in a directory of its own.
pub struct DirectoryKeystore {
    root: PathBuf,
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
    /// When it cannot be read or made, or others may read it.
    pub fn open_or_create(root: &Path) -> Result<Self, KeyError> {
        for dir in ["kek", "files", "secrets"] {
            storage::private_dir(&root.join(dir))?;
        }
        storage::refuse_open_dir(root)?;
        let store =
            Self { root: root.to_owned(), wrapping: Mutex::default(), held: Mutex::new(LruCache::new(HELD)) };
        let _alone = store.lock(true)?;
        if store.versions()?.is_empty() {
            store.make_wrapping(1)?;
        }
        drop(_alone);
        Ok(store)
    }

    /// Copies the keystore, whole and consistent, into an empty directory of its own.
    ///
    /// # Errors
    /// When something could not be copied.
    pub fn backup(&self, to: &Path) -> Result<(), KeyError> {
        let _alone = self.lock(true)?;
        copy(&self.root, to)
    }

    fn lock(&self, alone: bool) -> Result<File, KeyError> {
        let path = self.root.join("lock");
        let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path);
        let file = file.map_err(|_| KeyError::Io)?;
        if alone { file.lock() } else { file.lock_shared() }.map_err(|_| KeyError::Io)?;
        Ok(file)
    }

    fn versions(&self) -> Result<Vec<u32>, KeyError> {
        let mut versions = Vec::new();
        for path in storage::files(&self.root.join("kek"), "key")? {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse().ok());
            versions.push(stem.ok_or(KeyError::Io)?);
        }
        versions.sort_unstable();
        Ok(versions)
    }

    fn wrapping_path(&self, version: u32) -> PathBuf {
        self.root.join("kek").join(format!("{version}.key"))
    }

    fn make_wrapping(&self, version: u32) -> Result<(), KeyError> {
        storage::write(&self.wrapping_path(version), random()?.as_slice())?;
        storage::sync_dir(&self.root.join("kek"))
    }

    fn wrapping(&self, version: u32) -> Result<FileKey, KeyError> {
        if let Some(key) = locked(&self.wrapping).get(&version) {
            return Ok(key.clone());
        }
        let bytes = storage::read(&self.wrapping_path(version))?;
        let key = FileKey::new(bytes.as_slice().try_into().map_err(|_| KeyError::Sealed)?);
        locked(&self.wrapping).insert(version, key.clone());
        Ok(key)
    }

    /// The newest wrapping key. Only for who holds the lock.
    fn newest(&self) -> Result<(u32, FileKey), KeyError> {
        let version = self.versions()?.last().copied().ok_or(KeyError::Gone)?;
        Ok((version, self.wrapping(version)?))
    }

    fn drawer(&self, file: FileId) -> PathBuf {
        let last = file.uuid().as_bytes().last().copied().unwrap_or(0);
        self.root.join("files").join(format!("{last:02x}"))
    }

    fn file_path(&self, file: FileId) -> PathBuf {
        self.drawer(file).join(format!("{file}.key"))
    }

    fn unwrap(&self, name: &str, wrapped: &[u8]) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        let (version, sealed) = wrapped.split_first_chunk::<4>().ok_or(KeyError::Sealed)?;
        let plain = self.wrapping(u32::from_be_bytes(*version))?.open_with(name.as_bytes(), sealed)?;
        let key: [u8; 32] = plain.as_slice().try_into().map_err(|_| KeyError::Sealed)?;
        Ok(Zeroizing::new(key))
    }

    fn rewrap_all(&self, newest: u32, wrapping: &FileKey) -> Result<(), KeyError> {
        let mut dirs = vec![self.root.join("secrets")];
        for entry in std::fs::read_dir(self.root.join("files")).map_err(|_| KeyError::Io)? {
            dirs.push(entry.map_err(|_| KeyError::Io)?.path());
        }
        for dir in dirs {
            for path in storage::files(&dir, "key")? {
                let wrapped = storage::read(&path)?;
                if wrapped.starts_with(&newest.to_be_bytes()) {
                    continue;
                }
                let name = path.file_stem().and_then(|stem| stem.to_str()).ok_or(KeyError::Io)?;
                let key = self.unwrap(name, &wrapped)?;
                storage::write(&path, &wrap(newest, wrapping, name, &key)?)?;
            }
            storage::sync_dir(&dir)?;
        }
        Ok(())
    }
}

impl Keystore for DirectoryKeystore {
    fn create_many(&self, files: &[FileId]) -> Result<Vec<FileKey>, KeyError> {
        let _shared = self.lock(false)?;
        let (version, wrapping) = self.newest()?;
        let mut keys = Vec::with_capacity(files.len());
        let mut drawers = Vec::new();
        for file in files {
            let drawer = self.drawer(*file);
            if !drawers.contains(&drawer) {
                storage::private_dir(&drawer)?;
                drawers.push(drawer);
            }
            let key = random()?;
            storage::write(&self.file_path(*file), &wrap(version, &wrapping, &file.to_string(), &key)?)?;
            keys.push(FileKey::new(&key));
        }
        for drawer in &drawers {
            storage::sync_dir(drawer)?;
        }
        storage::sync_dir(&self.root.join("files"))?;
        Ok(keys)
    }

    fn open(&self, file: FileId) -> Result<FileKey, KeyError> {
        let path = self.file_path(file);
        let now = Instant::now();
        let known = locked(&self.held).get(&file).cloned();
        if let Some((key, seen)) = known {
            if now.duration_since(seen) < TRUST || path.exists() {
                locked(&self.held)
                    .put(file, (key.clone(), if now.duration_since(seen) < TRUST { seen } else { now }));
                return Ok(key);
            }
            locked(&self.held).pop(&file);
            return Err(KeyError::Gone);
        }
        let key = FileKey::new(&*self.unwrap(&file.to_string(), &storage::read(&path)?)?);
        locked(&self.held).put(file, (key.clone(), now));
        Ok(key)
    }

    fn destroy(&self, file: FileId) -> Result<(), KeyError> {
        let _shared = self.lock(false)?;
        locked(&self.held).pop(&file);
        storage::destroy(&self.file_path(file))
    }

    fn secret(&self, name: &'static str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        let path = self.root.join("secrets").join(format!("{name}.key"));
        // Alone: two processes that start together must find one and the same secret.
        let _alone = self.lock(true)?;
        match storage::read(&path) {
            Ok(wrapped) => self.unwrap(name, &wrapped),
            Err(KeyError::Gone) => {
                let (version, wrapping) = self.newest()?;
                let secret = random()?;
                storage::write(&path, &wrap(version, &wrapping, name, &secret)?)?;
                storage::sync_dir(&self.root.join("secrets"))?;
                Ok(secret)
            }
            Err(error) => Err(error),
        }
    }

    fn rotate(&self) -> Result<(), KeyError> {
        let _alone = self.lock(true)?;
        let next = self.versions()?.last().copied().unwrap_or(0) + 1;
        self.make_wrapping(next)?;
        self.rewrap_all(next, &self.wrapping(next)?)?;
        for old in self.versions()?.into_iter().filter(|version| *version != next) {
            locked(&self.wrapping).remove(&old);
            storage::destroy(&self.wrapping_path(old))?;
        }
        Ok(())
    }

    fn check(&self) -> Result<(), KeyError> {
        storage::refuse_open_dir(&self.root)?;
        if self.versions()?.is_empty() { Err(KeyError::Gone) } else { Ok(()) }
    }
}

fn wrap(version: u32, wrapping: &FileKey, name: &str, key: &[u8; 32]) -> Result<Vec<u8>, KeyError> {
    let mut wrapped = version.to_be_bytes().to_vec();
    wrapped.extend_from_slice(&wrapping.seal_with(name.as_bytes(), key)?);
    Ok(wrapped)
}

fn random() -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let mut key = Zeroizing::new([0u8; 32]);
    getrandom::fill(key.as_mut_slice()).map_err(|_| KeyError::Random)?;
    Ok(key)
}

fn copy(from: &Path, to: &Path) -> Result<(), KeyError> {
    storage::private_dir(to)?;
    for entry in std::fs::read_dir(from).map_err(|_| KeyError::Io)? {
        let path = entry.map_err(|_| KeyError::Io)?.path();
        let Some(name) = path.file_name() else { continue };
        if path.is_dir() {
            copy(&path, &to.join(name))?;
        } else if path.extension().is_some_and(|extension| extension == "key") {
            storage::write(&to.join(name), &storage::read(&path)?)?;
        }
    }
    storage::sync_dir(to)
}
