//! Keys for what is too long to be sealed in one piece: each content has a random key of its own, wrapped under
//! its file's key, so that it can be erased alone and dies with its file.

use zeroize::Zeroizing;

use super::{FileKey, KeyError, Place, cipher::associated};

/// The key of one content.
pub struct ContentKey(FileKey);

impl std::fmt::Debug for ContentKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ContentKey(•••)")
    }
}

/// Which piece of a content: moved, repeated, dropped or cut off, it does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// From 0.
    pub position: u32,
    /// Does nothing follow?
    pub last: bool,
}

impl ContentKey {
    /// A new key, and itself wrapped under the file's key for one place.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn fresh(file: &FileKey, place: &Place) -> Result<(Self, Vec<u8>), KeyError> {
        let mut bytes = Zeroizing::new([0u8; 32]);
        getrandom::fill(bytes.as_mut_slice()).map_err(|_| KeyError::Random)?;
        let wrapped = file.seal(place, bytes.as_slice())?;
        Ok((Self(FileKey::new(&bytes)), wrapped))
    }

    /// A key out of its unwrapped bytes.
    ///
    /// # Errors
    /// When they are no key.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        Ok(Self(FileKey::new(bytes.try_into().map_err(|_| KeyError::Sealed)?)))
    }

    /// Seals one piece.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn seal(&self, place: &Place, piece: Piece, plain: &[u8]) -> Result<Vec<u8>, KeyError> {
        self.0.seal_with(&bound(place, piece), plain)
    }

    /// Opens one piece.
    ///
    /// # Errors
    /// When it is not that piece of that content.
    pub fn open(&self, place: &Place, piece: Piece, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        self.0.open_with(&bound(place, piece), sealed)
    }
}

fn bound(place: &Place, piece: Piece) -> Vec<u8> {
    let mut aad = associated(place);
    aad.extend_from_slice(&piece.position.to_be_bytes());
    aad.push(u8::from(piece.last));
    aad
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use uuid::Uuid;

    use super::*;

    const PLACE: Place = Place { table: "attachment_chunk", column: "sealed", row: Uuid::nil() };
    const FIRST: Piece = Piece { position: 0, last: false };

    #[test]
    fn a_piece_opens_as_itself_and_as_no_other() {
        let file = FileKey::new(&[7; 32]);
        let (key, wrapped) = ContentKey::fresh(&file, &PLACE).unwrap();
        let sealed = key.seal(&PLACE, FIRST, b"canari").unwrap();
        let again = ContentKey::from_bytes(&file.open(&PLACE, &wrapped).unwrap()).unwrap();
        assert_eq!(again.open(&PLACE, FIRST, &sealed).unwrap().as_slice(), b"canari");
        for other in [Piece { position: 1, ..FIRST }, Piece { last: true, ..FIRST }] {
            assert_eq!(key.open(&PLACE, other, &sealed).unwrap_err(), KeyError::Sealed);
        }
        let elsewhere = Place { row: Uuid::max(), ..PLACE };
        assert_eq!(key.open(&elsewhere, FIRST, &sealed).unwrap_err(), KeyError::Sealed);
        let (other, _) = ContentKey::fresh(&file, &PLACE).unwrap();
        assert_eq!(other.open(&PLACE, FIRST, &sealed).unwrap_err(), KeyError::Sealed);
    }
}
