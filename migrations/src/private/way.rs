//! Directories made with the mode they need, whatever the umask of whoever runs us.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::Path,
};

use super::{PrivateError, error::Attempt};

/// Makes `directory` and what is missing above it with `mode`; leaves alone what is already there.
///
/// Root needs this: under a strict umask the server's account could not pass through what root makes.
pub(super) fn make(directory: &Path, mode: u32) -> Result<(), PrivateError> {
    if directory.as_os_str().is_empty() || directory.is_dir() {
        return Ok(());
    }
    if let Some(parent) = directory.parent() {
        make(parent, mode)?;
    }
    let made = match fs::create_dir(directory) {
        // Another program that starts at the same moment was first.
        Err(_) if directory.is_dir() => return Ok(()),
        made => made,
    };
    made.and_then(|()| fs::set_permissions(directory, Permissions::from_mode(mode)))
        .attempt(|| format!("create {}", directory.display()))
}
