//! JPEG (ITU-T T.81, annex B): a chain of segments, each with its marker and length.

use super::{orientation::Orientation, take, take_array};

const START: [u8; 2] = [0xff, 0xd8];
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
/// What begins a segment of the camera's notes.
const NOTES: &[u8] = b"Exif\0\0";

/// The picture without traces; nothing when a segment does not fit or the end is missing.
pub(super) fn cleaned(content: &[u8]) -> Option<Vec<u8>> {
    let mut rest = content.strip_prefix(&START)?;
    let (mut header, mut kept) = (START.to_vec(), Vec::with_capacity(content.len()));
    let (mut orientation, mut framed, mut scanned) = (None, false, false);
    loop {
        let marker = marker(&mut rest)?;
        match marker {
            END if framed && scanned => break,
            0 | END | 0xd8 => return None,
            // Markers without a length say nothing outside a scan.
            0x01 | 0xd0..=0xd7 => continue,
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes(take_array(&mut rest)?));
        let held = take(&mut rest, length.checked_sub(2)?)?;
        match marker {
            // The head of the format, without the small picture that it may hold.
            0xe0 => {
                if let (Some(head), 2) =
                    (held.get(..12).filter(|head| head.starts_with(b"JFIF\0")), header.len())
                {
                    segment(&mut header, marker, &[head, &[0, 0]].concat())?;
                }
            }
            0xe1 => orientation = orientation.or_else(|| Orientation::of(held.strip_prefix(NOTES)?)),
            // Colour.
            0xe2 if held.starts_with(b"ICC_PROFILE\0") => segment(&mut kept, marker, held)?,
            0xee if held.starts_with(b"Adobe") => segment(&mut kept, marker, held)?,
            // Frames, tables and scans.
            0xc0..=0xc7 | 0xc9..=0xcf | 0xdb..=0xdf => {
                framed |= (0xc0..=0xcf).contains(&marker) && !matches!(marker, 0xc4 | 0xcc);
                segment(&mut kept, marker, held)?;
            }
            SCAN => {
                segment(&mut kept, marker, held)?;
                let length = scan_length(rest)?;
                kept.extend_from_slice(take(&mut rest, length)?);
                scanned = true;
            }
            _ => {}
        }
    }
    if let Some(orientation) = orientation {
        segment(&mut header, 0xe1, &[NOTES, &orientation.notes()].concat())?;
    }
    header.extend_from_slice(&kept);
    header.extend_from_slice(&[0xff, END]);
    Some(header)
}

/// The next marker, past the bytes that fill up before it.
fn marker(rest: &mut &[u8]) -> Option<u8> {
    let [0xff] = take_array(rest)? else { return None };
    loop {
        let [byte] = take_array(rest)?;
        if byte != 0xff {
            return Some(byte);
        }
    }
}

/// How long the pixels of a scan go on: to the next marker that is no restart.
fn scan_length(rest: &[u8]) -> Option<usize> {
    rest.windows(2).position(|pair| matches!(pair, [0xff, next] if !matches!(next, 0 | 0xd0..=0xd7 | 0xff)))
}

fn segment(to: &mut Vec<u8>, marker: u8, held: &[u8]) -> Option<()> {
    let length = u16::try_from(held.len().checked_add(2)?).ok()?;
    to.extend_from_slice(&[0xff, marker]);
    to.extend_from_slice(&length.to_be_bytes());
    to.extend_from_slice(held);
    Some(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    const FRAME: &[u8] = b"\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0";
    const SCANNED: &[u8] = b"\xff\xda\0\x08\x01\x01\0\0\x3f\0ab\xff\0c\xff\xd0d";

    fn picture(before: &[&[u8]], between: &[u8], after: &[u8]) -> Vec<u8> {
        let mut bytes = START.to_vec();
        bytes.extend(before.iter().flat_map(|part| part.iter()));
        bytes.extend_from_slice(&[FRAME, SCANNED, between, SCANNED, b"\xff\xd9", after].concat());
        bytes
    }

    #[test]
    fn notes_comments_and_whatever_follows_the_end_are_left_out_and_every_scan_is_kept() {
        let jfif = b"\xff\xe0\0\x13JFIF\0\x01\x02\0\0\x48\0\x48\x01\x01rgb";
        let notes = [
            b"\xff\xe1\0\x22Exif\0\0".as_slice(),
            b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0GPS!",
        ]
        .concat();
        let xmp = b"\xff\xe1\0\x06gps!";
        let colour = b"\xff\xe2\0\x10ICC_PROFILE\0\x01\x01";
        let dirty = picture(&[jfif, &notes, xmp, colour], b"\xff\xfe\0\x06gps!", b"\xff\xd8\xff\xe1GPS!");
        let clean = cleaned(&dirty).unwrap();
        let said = Orientation::of(b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0").unwrap();
        let kept_notes = [b"\xff\xe1\0\x22Exif\0\0".as_slice(), &said.notes()].concat();
        let head = b"\xff\xe0\0\x10JFIF\0\x01\x02\0\0\x48\0\x48\0\0";
        assert_eq!(clean, picture(&[head, &kept_notes, colour], b"", b""));
        assert_eq!(cleaned(&clean).unwrap(), clean, "what is clean stays as it is");
    }

    #[test]
    fn a_picture_cut_anywhere_is_none() {
        let whole = picture(&[], b"", b"");
        assert_eq!(cleaned(&whole).unwrap(), whole);
        for cut in 0..whole.len() {
            assert_eq!(cleaned(whole.get(..cut).unwrap()), None, "{cut}");
        }
        for wrong in
            [&b"\xff\xd8\xff\xd9"[..], b"\xff\xd8\xff\xdb\0\x01\xff\xd9", b"\xff\xd8ab", b"\xff\xd8\xff\0"]
        {
            assert_eq!(cleaned(wrong), None, "{wrong:?}");
        }
    }
}
