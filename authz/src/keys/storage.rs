//! Small secret files on disk: written whole and durably, or not at all; removed so that little remains.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::Path,
};

use zeroize::Zeroizing;

use super::KeyError;

/// Makes a directory only its owner may enter, with its parents.
pub(super) fn private_dir(dir: &Path) -> Result<(), KeyError> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(|_| KeyError::Io)
}

/// Refuses a directory that others may enter.
pub(super) fn refuse_open_dir(dir: &Path) -> Result<(), KeyError> {
    let mode = fs::metadata(dir).map_err(|_| KeyError::Io)?.permissions().mode();
    if mode & 0o077 == 0 { Ok(()) } else { Err(KeyError::Insecure) }
}

/// Writes beside, syncs, and renames; the directory's own sync is the caller's, who may have many files.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), KeyError> {
    let beside = path.with_extension("new");
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)
        .map_err(|_| KeyError::Io)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path).map_err(|_| KeyError::Io)
}

/// Makes the names in a directory durable.
pub(super) fn sync_dir(dir: &Path) -> Result<(), KeyError> {
    File::open(dir).and_then(|dir| dir.sync_all()).map_err(|_| KeyError::Io)
}

/// Reads a whole small file.
pub(super) fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(128));
    File::open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Overwrites, unlinks and syncs.
pub(super) fn destroy(path: &Path) -> Result<(), KeyError> {
    let length = fs::metadata(path)?.len();
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.write_all(&vec![0; usize::try_from(length).unwrap_or(0)])?;
    file.sync_all()?;
    fs::remove_file(path)?;
    path.parent().map_or(Ok(()), sync_dir)
}

/// The regular files of a directory whose names end so.
pub(super) fn files(dir: &Path, extension: &str) -> Result<Vec<std::path::PathBuf>, KeyError> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).map_err(|_| KeyError::Io)? {
        let path = entry.map_err(|_| KeyError::Io)?.path();
        if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
