//! What a camera wrote into a photo does not follow it into the file.

use serde_json::json;
use tests::harness::House;

use super::*;

/// 45° 24′ 15.36″, as cameras write it.
const LATITUDE: [u32; 6] = [45, 1, 24, 1, 1536, 100];
/// The pixels: one frame and two scans, with a restart and a stuffed byte in them.
const PIXELS: &[u8] = b"\xff\xdb\0\x04qq\xff\xc2\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\xff\xc4\0\x03h\
    \xff\xda\0\x08\x01\x01\0\0\0\0one\xff\0\xff\xd0two";
const MORE_PIXELS: &[u8] = b"\xff\xda\0\x08\x01\x01\0\x01\x3f\0three\xff\xd9";
/// What remains of the notes: a picture that lies on its side.
const ON_ITS_SIDE: &[u8] =
    b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";

fn position() -> Vec<u8> {
    LATITUDE.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// The notes of a camera: on its side, by whom it was made, and where.
fn notes() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let maker = entry(0x010f, 2, 4, u32::from_le_bytes(*b"cam\0"));
    let place =
        [b"\x02\0".to_vec(), entry(1, 2, 2, u32::from(b'N')), entry(2, 5, 3, 80), vec![0; 4], position()];
    let first = [b"\x03\0".to_vec(), maker, entry(0x0112, 3, 1, 6), entry(0x8825, 4, 1, 50), vec![0; 4]];
    [b"Exif\0\0II*\0\x08\0\0\0".to_vec(), first.concat(), place.concat()].concat()
}

fn segment(marker: u8, held: &[u8]) -> Vec<u8> {
    let length = u16::try_from(held.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker][..], &length, held].concat()
}

/// A photo as telephones take them: notes, a comment between scans, and a second picture after the first.
fn photo() -> Vec<u8> {
    let (notes, comment) = (segment(0xe1, &notes()), segment(0xfe, &position()));
    let xmp = segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='45,24.256N'/>");
    let second = [&b"\xff\xd8"[..], &notes, PIXELS, MORE_PIXELS].concat();
    [&b"\xff\xd8"[..], &notes, &xmp, PIXELS, &comment, MORE_PIXELS, &second].concat()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_photo_loses_where_and_by_what_it_was_taken_and_keeps_its_pixels_and_which_way_up_it_is() {
    let house = House::estrie();
    let taken = photo();
    assert!(holds(&taken, &position()) && holds(&taken, b"GPSLatitude") && holds(&taken, b"cam\0"));
    let attachment = add(&house, "amina", "mireille", "violence_history");
    let amina = who(&house, "amina");
    put(&amina, &attachment, "image/jpeg", &taken).expect(200);
    for key in ["amina", "marc"] {
        let kept = who(&house, key).get(&format!("{attachment}/content")).bytes;
        for trace in [&position()[..], b"GPSLatitude", b"cam\0", b"http://"] {
            assert!(!holds(&kept, trace), "{key}");
        }
        assert_eq!(kept, [&b"\xff\xd8"[..], ON_ITS_SIDE, PIXELS, MORE_PIXELS].concat(), "{key}");
        let seen = who(&house, key).get(&attachment).expect(200);
        assert_eq!(seen["content"]["size"], kept.len());
    }
}

#[test]
fn a_picture_that_cannot_be_read_to_its_end_is_refused_and_says_what_to_do() {
    let house = House::estrie();
    let attachment = add(&house, "amina", "mireille", "violence_history");
    let amina = who(&house, "amina");
    let whole = [&b"\xff\xd8"[..], ON_ITS_SIDE, PIXELS, MORE_PIXELS].concat();
    let broken: [(&str, &[u8]); 4] = [
        ("image/jpeg", &whole[..whole.len() - 1]),
        ("image/jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF\0"),
        ("image/png", &DOT[..DOT.len() - 1]),
        ("image/webp", b"RIFF\x24\0\0\0WEBPVP8 "),
    ];
    for (kind, content) in broken {
        let refused = put(&amina, &attachment, kind, content).problem(422, "invalid");
        assert_eq!(refused["errors"][0]["code"], "image_unreadable", "{kind}");
        assert!(refused["errors"][0]["message"].as_str().unwrap().contains("Exportez-la de nouveau"));
    }
    assert_eq!(amina.get(&attachment).expect(200)["content"], json!(null));
    put(&amina, &attachment, "image/jpeg", &whole).expect(200);
    assert_eq!(amina.get(&format!("{attachment}/content")).bytes, whole);
}
