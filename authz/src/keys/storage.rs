//! Small secret files on disk: written whole and durably, or not at all; removed so that little remains.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{ErrorKind, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use super::KeyError;

/// How the name of a file ends while it is being written.
pub(super) const UNFINISHED: &str = "new";

/// Makes a directory only its owner may enter, with its parents; when it was not there, its name is
/// durable before this returns.
pub(super) fn private_dir(dir: &Path) -> Result<(), KeyError> {
    if dir.is_dir() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(|_| KeyError::Io)?;
    dir.canonicalize().map_err(|_| KeyError::Io)?.parent().map_or(Ok(()), sync_dir)
}

/// Refuses a directory that others may enter.
pub(super) fn refuse_open_dir(dir: &Path) -> Result<(), KeyError> {
    let mode = fs::metadata(dir).map_err(|_| KeyError::Io)?.permissions().mode();
    if mode.trailing_zeros() >= 6 { Ok(()) } else { Err(KeyError::Insecure) }
}

/// Refuses a directory that holds anything.
pub(super) fn refuse_full_dir(dir: &Path) -> Result<(), KeyError> {
    let mut entries = fs::read_dir(dir).map_err(|_| KeyError::Io)?;
    if entries.next().is_none() { Ok(()) } else { Err(KeyError::Occupied) }
}

/// Writes files whole: beside, synced, renamed, their directories synced. The syncs come one after the
/// other once all is written, so that the first carries most of the others.
pub(super) fn write_all(files: &[(PathBuf, Zeroizing<Vec<u8>>)]) -> Result<(), KeyError> {
    let mut written = Vec::with_capacity(files.len());
    for (path, bytes) in files {
        let beside = path.with_extension(UNFINISHED);
        let mut options = OpenOptions::new();
        let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
        file.write_all(bytes)?;
        written.push((file, beside, path));
        if written.len() >= AT_ONCE {
            finish(&mut written)?;
        }
    }
    finish(&mut written)
}

/// Most files held open at once while writing.
const AT_ONCE: usize = 256;

fn finish(written: &mut Vec<(File, PathBuf, &PathBuf)>) -> Result<(), KeyError> {
    for (file, ..) in written.iter() {
        file.sync_all()?;
    }
    let mut dirs: Vec<&Path> = Vec::new();
    for (_, beside, path) in written.iter() {
        fs::rename(beside, path).map_err(|_| KeyError::Io)?;
        dirs.extend(path.parent());
    }
    dirs.sort_unstable();
    dirs.dedup();
    dirs.into_iter().try_for_each(sync_dir)?;
    written.clear();
    Ok(())
}

/// Writes one file.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), KeyError> {
    write_all(&[(path.to_owned(), Zeroizing::new(bytes.to_vec()))])
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

/// Overwrites, unlinks and syncs, with what a write stopped halfway may have left beside. A file that is
/// not there is no error: a job stopped halfway runs again.
pub(super) fn destroy(path: &Path) -> Result<(), KeyError> {
    for path in [&path.with_extension(UNFINISHED), path] {
        match fs::metadata(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(_) => return Err(KeyError::Io),
            Ok(metadata) => {
                let mut file = OpenOptions::new().write(true).open(path)?;
                file.write_all(&vec![0; usize::try_from(metadata.len()).unwrap_or(0)])?;
                file.sync_all()?;
            }
        }
        fs::remove_file(path).map_err(|_| KeyError::Io)?;
        path.parent().map_or(Ok(()), sync_dir)?;
    }
    Ok(())
}

/// The files of a directory whose names end so, in order.
pub(super) fn files(dir: &Path, extension: &str) -> Result<Vec<PathBuf>, KeyError> {
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
