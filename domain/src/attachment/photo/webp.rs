//! WebP (RFC 9649, 2): chunks in a RIFF container, each with its kind and length and filled up to an even length.

use super::{orientation::Orientation, take, take_array};

/// The bits by which the head of an extended file announces notes of the camera and of editors.
const NOTES: u8 = 0b1000;
const XMP: u8 = 0b0100;
/// What precedes the chunks of one frame of a moving picture.
const FRAME_HEAD: usize = 16;

/// The picture without traces; nothing when a chunk does not fit.
pub(super) fn cleaned(content: &[u8]) -> Option<Vec<u8>> {
    let mut rest = content.strip_prefix(b"RIFF")?;
    let length = usize::try_from(u32::from_le_bytes(take_array(&mut rest)?)).ok()?;
    let mut rest = take(&mut rest, length)?.strip_prefix(b"WEBP")?;
    let (mut head, mut kept) = (None, Vec::with_capacity(content.len()));
    let (mut orientation, mut pixels) = (None, false);
    while !rest.is_empty() {
        let (kind, held) = next(&mut rest)?;
        match &kind {
            b"VP8X" if head.is_none() => head = Some(<[u8; 10]>::try_from(held).ok()?),
            b"VP8X" => return None,
            b"EXIF" => {
                let notes = held.strip_prefix(b"Exif\0\0").unwrap_or(held);
                orientation = orientation.or_else(|| Orientation::of(notes));
            }
            b"VP8 " | b"VP8L" => {
                pixels = true;
                chunk(&mut kept, kind, held)?;
            }
            b"ALPH" | b"ANIM" | b"ICCP" => chunk(&mut kept, kind, held)?,
            b"ANMF" => {
                pixels = true;
                chunk(&mut kept, kind, &frame(held)?)?;
            }
            _ => {}
        }
    }
    let mut body = b"WEBP".to_vec();
    if let Some(mut head) = head {
        let [flags, ..] = &mut head;
        *flags &= !(NOTES | XMP);
        if orientation.is_some() {
            *flags |= NOTES;
        }
        chunk(&mut body, *b"VP8X", &head)?;
    }
    body.extend_from_slice(&kept);
    if let Some(orientation) = orientation.filter(|_| head.is_some()) {
        chunk(&mut body, *b"EXIF", &orientation.notes())?;
    }
    let mut clean = b"RIFF".to_vec();
    clean.extend_from_slice(&u32::try_from(body.len()).ok()?.to_le_bytes());
    clean.extend_from_slice(&body);
    pixels.then_some(clean)
}

/// One frame of a moving picture with nothing but its pixels.
fn frame(held: &[u8]) -> Option<Vec<u8>> {
    let mut rest = held;
    let mut kept = take(&mut rest, FRAME_HEAD)?.to_vec();
    while !rest.is_empty() {
        let (kind, held) = next(&mut rest)?;
        if matches!(&kind, b"ALPH" | b"VP8 " | b"VP8L") {
            chunk(&mut kept, kind, held)?;
        }
    }
    Some(kept)
}

fn next<'b>(rest: &mut &'b [u8]) -> Option<([u8; 4], &'b [u8])> {
    let kind = take_array(rest)?;
    let length = usize::try_from(u32::from_le_bytes(take_array(rest)?)).ok()?;
    let held = take(rest, length)?;
    // The byte that fills up the last chunk is forgotten by some writers.
    if !length.is_multiple_of(2) && !rest.is_empty() {
        take(rest, 1)?;
    }
    Some((kind, held))
}

fn chunk(to: &mut Vec<u8>, kind: [u8; 4], held: &[u8]) -> Option<()> {
    to.extend_from_slice(&kind);
    to.extend_from_slice(&u32::try_from(held.len()).ok()?.to_le_bytes());
    to.extend_from_slice(held);
    if !held.len().is_multiple_of(2) {
        to.push(0);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn picture(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut body = b"WEBP".to_vec();
        for (kind, held) in chunks {
            chunk(&mut body, **kind, held).unwrap();
        }
        [b"RIFF".as_slice(), &u32::try_from(body.len()).unwrap().to_le_bytes(), &body].concat()
    }

    #[test]
    fn notes_are_left_out_of_the_picture_and_of_each_frame_and_the_head_says_so() {
        let notes = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0\0\0\0\0GPS!";
        let said = Orientation::of(notes).unwrap().notes();
        let mut dirty_frame = b"0123456789abcdef".to_vec();
        chunk(&mut dirty_frame, *b"gps!", b"GPS!").unwrap();
        let mut clean_frame = b"0123456789abcdef".to_vec();
        for frame in [&mut dirty_frame, &mut clean_frame] {
            chunk(frame, *b"VP8 ", b"pixels").unwrap();
        }
        let mut dirty = picture(&[
            (b"VP8X", b"\x2e\0\0\0\0\0\0\0\0\0"),
            (b"ICCP", b"odd"),
            (b"ANMF", &dirty_frame),
            (b"EXIF", notes),
            (b"XMP ", b"gps!"),
        ]);
        dirty.extend_from_slice(b"GPS!");
        let clean = cleaned(&dirty).unwrap();
        let expected: [(&[u8; 4], &[u8]); 4] = [
            (b"VP8X", b"\x2a\0\0\0\0\0\0\0\0\0"),
            (b"ICCP", b"odd"),
            (b"ANMF", &clean_frame),
            (b"EXIF", &said),
        ];
        assert_eq!(clean, picture(&expected));
        assert_eq!(cleaned(&clean).unwrap(), clean, "what is clean stays as it is");
        let simple = picture(&[(b"VP8L", b"pixels")]);
        assert_eq!(cleaned(&simple).unwrap(), simple);
    }

    #[test]
    fn a_picture_cut_anywhere_is_none() {
        let whole = picture(&[(b"VP8X", b"\0\0\0\0\0\0\0\0\0\0"), (b"VP8 ", b"pixels")]);
        for cut in 0..whole.len() {
            assert_eq!(cleaned(whole.get(..cut).unwrap()), None, "{cut}");
        }
        assert_eq!(cleaned(&picture(&[(b"ICCP", b"ab")])), None);
    }
}
