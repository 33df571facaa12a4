//! What is sealed at rest, and the keys that open it.
//!
//! Each file has a key of its own; it lies in a keystore outside `PostgreSQL`, its WAL and its backups,
//! wrapped by a key-encryption key that lies there too. A stolen dump reads nothing, and destroying a
//! file's wrapped key destroys the file in every database backup there is.

mod cipher;
mod content;
mod copy;
mod directory;
pub mod index;
mod rotate;
mod signing;
mod storage;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use zeroize::Zeroizing;

pub use cipher::{FileKey, SecretKey};
pub use content::{ContentKey, Piece};
pub use directory::DirectoryKeystore;
pub(crate) use signing::OUTLIVES;
pub use signing::SigningSeed;

use crate::id::FileId;

/// Where sealed bytes stand. It is part of what is authenticated: a value moved elsewhere does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The row.
    pub row: Uuid,
}

/// Why a key or sealed bytes could not be had. Carries no content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The key was destroyed, or never made.
    #[error("no such key")]
    Gone,
    /// The bytes do not open: another key, another place, or altered.
    #[error("sealed bytes do not open")]
    Sealed,
    /// The keystore could not be read or written.
    #[error("keystore unreadable")]
    Io,
    /// The keystore is not whole: keys without what wraps them, or files that are none of its own.
    #[error("keystore damaged")]
    Corrupt,
    /// Something lies where a copy was to be made.
    #[error("not an empty directory")]
    Occupied,
    /// Others than its owner may read the keystore.
    #[error("keystore is readable by others")]
    Insecure,
    /// The operating system gives no randomness.
    #[error("no randomness")]
    Random,
}

impl From<std::io::Error> for KeyError {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::NotFound { Self::Gone } else { Self::Io }
    }
}

/// Where keys are kept: a directory by default; a key-management service fits behind the same questions.
pub trait Keystore: Send + Sync {
    /// Makes a file's key; it is on disk before this returns.
    ///
    /// # Errors
    /// When it could not be kept.
    fn create(&self, file: FileId) -> Result<FileKey, KeyError> {
        self.create_many(&[file])?.pop().ok_or(KeyError::Io)
    }

    /// Makes many keys, in the order of the files. A key that is there already is kept and given.
    ///
    /// # Errors
    /// When they could not be kept.
    fn create_many(&self, files: &[FileId]) -> Result<Vec<FileKey>, KeyError>;

    /// A file's key.
    ///
    /// # Errors
    /// [`KeyError::Gone`] when it was destroyed or never made.
    fn open(&self, file: FileId) -> Result<FileKey, KeyError>;

    /// Destroys a file's key: what it sealed is gone. Of one that is gone already, nothing is said.
    ///
    /// # Errors
    /// When it could not be removed.
    fn destroy(&self, file: FileId) -> Result<(), KeyError>;

    /// A named secret of the installation, made when first asked for.
    ///
    /// # Errors
    /// When it could not be read or kept.
    fn secret(&self, name: &'static str) -> Result<Zeroizing<[u8; 32]>, KeyError>;

    /// Wraps everything under a new key-encryption key and destroys the old ones. May be stopped at any
    /// point and run again.
    ///
    /// # Errors
    /// When it could not be finished; everything stays readable.
    fn rotate(&self) -> Result<(), KeyError>;

    /// The keys that sign access tokens, in the order in which they sign; the first is made when first asked
    /// for.
    ///
    /// # Errors
    /// When they could not be read or kept.
    fn signing(&self) -> Result<Vec<SigningSeed>, KeyError>;

    /// Makes a key that signs from the moment given back. When the one before may be in other hands, it is
    /// destroyed with all it signed; otherwise it is believed until its tokens have expired.
    ///
    /// # Errors
    /// When it could not be kept.
    fn rotate_signing(&self, now: DateTime<Utc>, compromised: bool) -> Result<DateTime<Utc>, KeyError>;

    /// Destroys the signing keys that nothing still believed was signed with.
    ///
    /// # Errors
    /// When one could not be removed.
    fn destroy_old_signing(&self, now: DateTime<Utc>) -> Result<(), KeyError>;

    /// What was last remembered under a name. It is no secret, lies beside the keys, outside the database, and is in
    /// no backup: what comes back from one would be older than what is true.
    ///
    /// # Errors
    /// When it could not be read.
    fn recall(&self, name: &'static str) -> Result<Option<Vec<u8>>, KeyError>;

    /// Remembers something in place of what was remembered under that name; it is on disk before this returns.
    ///
    /// # Errors
    /// When it could not be kept; then what was there before still is.
    fn remember(&self, name: &'static str, bytes: &[u8]) -> Result<(), KeyError>;

    /// Can keys be had?
    ///
    /// # Errors
    /// When not.
    fn check(&self) -> Result<(), KeyError>;
}
