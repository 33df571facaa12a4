//! PNG (third edition, 5): a chain of chunks, each with its length, its kind and a checksum.

use super::{orientation::Orientation, take, take_array};

const START: &[u8] = b"\x89PNG\r\n\x1a\n";
/// What decides how the pixels look, still or moving.
const KEPT: [&[u8; 4]; 17] = [
    b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"hIST",
    b"pHYs", b"cICP", b"mDCV", b"acTL", b"fcTL", b"fdAT",
];

/// The picture without traces; nothing when a chunk does not fit or the end is missing.
pub(super) fn cleaned(content: &[u8]) -> Option<Vec<u8>> {
    let mut rest = content.strip_prefix(START)?;
    let (mut header, mut kept) = (START.to_vec(), Vec::with_capacity(content.len()));
    let (mut orientation, mut pixels) = (None, false);
    loop {
        let length = usize::try_from(u32::from_be_bytes(take_array(&mut rest)?)).ok()?;
        let kind: [u8; 4] = take_array(&mut rest)?;
        let held = take(&mut rest, length)?;
        if take_array(&mut rest)? != checksum(kind, held)
            || (header.len() == START.len()) != (kind == *b"IHDR")
        {
            return None;
        }
        match &kind {
            b"IHDR" => chunk(&mut header, kind, held)?,
            b"IEND" if pixels => break,
            b"eXIf" => orientation = orientation.or_else(|| Orientation::of(held)),
            kind if KEPT.contains(&kind) => {
                pixels |= kind == b"IDAT";
                chunk(&mut kept, *kind, held)?;
            }
            // A chunk that one must understand to see the picture, and nobody here does.
            [first, ..] if first.is_ascii_uppercase() => return None,
            _ => {}
        }
    }
    if let Some(orientation) = orientation {
        chunk(&mut header, *b"eXIf", &orientation.notes())?;
    }
    header.extend_from_slice(&kept);
    chunk(&mut header, *b"IEND", &[])?;
    Some(header)
}

fn chunk(to: &mut Vec<u8>, kind: [u8; 4], held: &[u8]) -> Option<()> {
    to.extend_from_slice(&u32::try_from(held.len()).ok()?.to_be_bytes());
    to.extend_from_slice(&kind);
    to.extend_from_slice(held);
    to.extend_from_slice(&checksum(kind, held));
    Some(())
}

fn checksum(kind: [u8; 4], held: &[u8]) -> [u8; 4] {
    let mut sum = crc32fast::Hasher::new();
    sum.update(&kind);
    sum.update(held);
    sum.finalize().to_be_bytes()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn picture(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut bytes = START.to_vec();
        for (kind, held) in chunks {
            chunk(&mut bytes, **kind, held).unwrap();
        }
        bytes
    }

    #[test]
    fn notes_texts_and_whatever_follows_the_end_are_left_out() {
        let said = Orientation::of(b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0").unwrap();
        let notes = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0\0\0\0\0GPS!";
        let mut dirty = picture(&[
            (b"IHDR", b"0123456789abc"),
            (b"gAMA", b"0123"),
            (b"iTXt", b"XML:com.adobe.xmp gps!"),
            (b"tIME", b"2026..."),
            (b"IDAT", b"one"),
            (b"IDAT", b"two"),
            (b"eXIf", notes),
            (b"prIv", b"gps!"),
            (b"IEND", b""),
        ]);
        dirty.extend_from_slice(b"GPS!");
        let clean = cleaned(&dirty).unwrap();
        let kept = said.notes();
        let expected: [(&[u8; 4], &[u8]); 6] = [
            (b"IHDR", b"0123456789abc"),
            (b"eXIf", &kept),
            (b"gAMA", b"0123"),
            (b"IDAT", b"one"),
            (b"IDAT", b"two"),
            (b"IEND", b""),
        ];
        assert_eq!(clean, picture(&expected));
        assert_eq!(cleaned(&clean).unwrap(), clean, "what is clean stays as it is");
    }

    #[test]
    fn a_picture_cut_anywhere_or_changed_is_none() {
        let whole = picture(&[(b"IHDR", b"0123456789abc"), (b"IDAT", b"one"), (b"IEND", b"")]);
        assert_eq!(cleaned(&whole).unwrap(), whole);
        for cut in 0..whole.len() {
            assert_eq!(cleaned(whole.get(..cut).unwrap()), None, "{cut}");
        }
        let mut changed = whole;
        *changed.get_mut(20).unwrap() ^= 1;
        assert_eq!(cleaned(&changed), None);
        assert_eq!(cleaned(&picture(&[(b"IHDR", b""), (b"IEND", b"")])), None);
        assert_eq!(cleaned(&picture(&[(b"IDAT", b""), (b"IHDR", b""), (b"IEND", b"")])), None);
        assert_eq!(
            cleaned(&picture(&[(b"IHDR", b""), (b"ABCD", b""), (b"IDAT", b""), (b"IEND", b"")])),
            None
        );
    }
}
