//! Which way up a picture is shown (Exif 3.0, 4.6.5.1.6): the one note of the camera that is kept.

/// The tag of the orientation.
const TAG: u16 = 0x0112;
/// The type of its value: one number of two bytes.
const SHORT: u16 = 3;

/// Which way up a picture is shown, other than as it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Orientation(u8);

impl Orientation {
    /// Reads it from a block of notes; nothing when it says nothing, or nothing that can be read.
    pub(super) fn of(notes: &[u8]) -> Option<Self> {
        let little = match notes.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        let short = |at: usize| {
            let bytes: [u8; 2] = notes.get(at..at.checked_add(2)?)?.try_into().ok()?;
            Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
        };
        let long: [u8; 4] = notes.get(4..8)?.try_into().ok()?;
        let first = if little { u32::from_le_bytes(long) } else { u32::from_be_bytes(long) };
        let first = usize::try_from(first).ok()?;
        let entries = (0..usize::from(short(first)?)).map_while(|n| first.checked_add(2 + n * 12));
        let mut found = entries.filter(|at| short(*at) == Some(TAG) && short(*at + 2) == Some(SHORT));
        let value = u8::try_from(short(found.next()? + 8)?).ok()?;
        (2..=8).contains(&value).then_some(Self(value))
    }

    /// A block of notes that says this and nothing else.
    pub(super) fn notes(self) -> Vec<u8> {
        let mut notes = b"MM\0*\0\0\0\x08\0\x01".to_vec();
        for number in [TAG, SHORT, 0, 1, u16::from(self.0), 0, 0, 0] {
            notes.extend_from_slice(&number.to_be_bytes());
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_is_read() {
        for value in 2..=8 {
            assert_eq!(Orientation::of(&Orientation(value).notes()), Some(Orientation(value)));
        }
    }

    #[test]
    fn either_order_of_bytes_is_read_and_nonsense_says_nothing() {
        let little =
            b"II*\0\x08\0\0\0\x02\0\x0f\x01\x02\0\x01\0\0\0a\0\0\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        assert_eq!(Orientation::of(little), Some(Orientation(6)));
        for nonsense in
            [&b""[..], b"II*\0", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff", b"GPS\0\0\0\0\0"]
        {
            assert_eq!(Orientation::of(nonsense), None);
        }
        for value in [0, 1, 9, 255] {
            assert_eq!(Orientation::of(&Orientation(value).notes()), None);
        }
    }
}
