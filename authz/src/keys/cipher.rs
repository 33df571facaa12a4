//! Sealing and opening: AES-256-GCM-SIV, which forgives a repeated nonce.

use std::sync::Arc;

use aes_gcm_siv::{
    Aes256GcmSiv, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use zeroize::{ZeroizeOnDrop, Zeroizing};

use super::{KeyError, Place};

/// Form of the sealed bytes: version, version of the key, nonce, ciphertext with its tag.
const FORM: u8 = 1;
const KEY_VERSION: u8 = 1;
const NONCE: usize = 12;

/// INVARIANT: the expanded key is wiped when the last clone is dropped. The cipher over it keeps nothing
/// else, and does not say so itself.
const _: () = {
    const fn wiped_when_dropped<T: ZeroizeOnDrop>() {}
    wiped_when_dropped::<aes::Aes256>();
};

/// A file's key, ready to use; clones share it.
#[derive(Clone)]
pub struct FileKey(Arc<Aes256GcmSiv>);

/// A secret of the installation, used to seal what belongs to no file.
pub type SecretKey = FileKey;

impl std::fmt::Debug for FileKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileKey(•••)")
    }
}

impl FileKey {
    /// Makes a key ready.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        Self(Arc::new(Aes256GcmSiv::new(key.into())))
    }

    /// Seals bytes for one place.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn seal(&self, place: &Place, plain: &[u8]) -> Result<Vec<u8>, KeyError> {
        self.seal_with(&associated(place), plain)
    }

    /// Opens bytes sealed for this very place.
    ///
    /// # Errors
    /// When they were altered, or sealed elsewhere or under another key.
    pub fn open(&self, place: &Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        self.open_with(&associated(place), sealed)
    }

    pub(super) fn seal_with(&self, aad: &[u8], plain: &[u8]) -> Result<Vec<u8>, KeyError> {
        let mut nonce = [0u8; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| KeyError::Random)?;
        let sealed =
            self.0.encrypt(&Nonce::from(nonce), Payload { msg: plain, aad }).map_err(|_| KeyError::Sealed)?;
        let mut bytes = Vec::with_capacity(2 + NONCE + sealed.len());
        bytes.extend_from_slice(&[FORM, KEY_VERSION]);
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(&sealed);
        Ok(bytes)
    }

    pub(super) fn open_with(&self, aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let [FORM, KEY_VERSION, rest @ ..] = sealed else { return Err(KeyError::Sealed) };
        let (nonce, msg) = rest.split_first_chunk::<NONCE>().ok_or(KeyError::Sealed)?;
        let plain =
            self.0.decrypt(&Nonce::from(*nonce), Payload { msg, aad }).map_err(|_| KeyError::Sealed)?;
        Ok(Zeroizing::new(plain))
    }
}

/// Table, column, row and versions, each with its length so that no two places read alike.
pub(super) fn associated(place: &Place) -> Vec<u8> {
    let mut aad = Vec::with_capacity(64);
    for part in [place.table.as_bytes(), place.column.as_bytes(), place.row.as_bytes()] {
        aad.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        aad.extend_from_slice(part);
    }
    aad.extend_from_slice(&[FORM, KEY_VERSION]);
    aad
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        reason = "a test may stop at the first surprise"
    )]
    use uuid::Uuid;

    use super::*;

    const PLACE: Place = Place { table: "fact", column: "value_sealed", row: Uuid::nil() };

    #[test]
    fn what_was_sealed_opens_in_its_place_under_its_key() {
        let key = FileKey::new(&[7; 32]);
        let sealed = key.seal(&PLACE, b"canari").unwrap();
        assert_eq!(key.open(&PLACE, &sealed).unwrap().as_slice(), b"canari");
    }

    #[test]
    fn a_byte_altered_anywhere_and_nothing_opens() {
        let key = FileKey::new(&[7; 32]);
        let sealed = key.seal(&PLACE, b"canari").unwrap();
        for place in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[place] ^= 1;
            assert_eq!(key.open(&PLACE, &altered).unwrap_err(), KeyError::Sealed, "byte {place}");
        }
        assert_eq!(key.open(&PLACE, &[]).unwrap_err(), KeyError::Sealed);
    }

    #[test]
    fn moved_to_another_row_column_or_table_it_does_not_open() {
        let key = FileKey::new(&[7; 32]);
        let sealed = key.seal(&PLACE, b"canari").unwrap();
        let elsewhere = [
            Place { row: Uuid::max(), ..PLACE },
            Place { column: "valu", ..PLACE },
            Place { table: "factv", ..PLACE },
        ];
        for place in elsewhere {
            assert_eq!(key.open(&place, &sealed).unwrap_err(), KeyError::Sealed);
        }
    }

    #[test]
    fn another_key_does_not_open_it() {
        let sealed = FileKey::new(&[7; 32]).seal(&PLACE, b"canari").unwrap();
        assert_eq!(FileKey::new(&[8; 32]).open(&PLACE, &sealed).unwrap_err(), KeyError::Sealed);
    }
}
