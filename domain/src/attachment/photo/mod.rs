//! Photos without what the camera wrote into them: where and when they were taken, by which device, small copies of
//! the whole. A photo of a bruise would otherwise carry the position of the shelter it was taken in.
//!
//! INVARIANT: what is kept is named, part by part: what decides how the pixels look, and of the camera's notes the
//! orientation alone. Whatever nobody named here is left out, and so is whatever follows the end of the picture,
//! where telephones keep further pictures with notes of their own.

mod jpeg;
mod orientation;
mod png;
mod webp;

use std::borrow::Cow;

use super::FileType;

/// The content as it is to be kept; nothing when it is a picture that cannot be read to its end.
pub(super) fn without_traces(file_type: FileType, content: &[u8]) -> Option<Cow<'_, [u8]>> {
    match file_type {
        FileType::Jpeg => jpeg::cleaned(content).map(Cow::Owned),
        FileType::Png => png::cleaned(content).map(Cow::Owned),
        FileType::Webp => webp::cleaned(content).map(Cow::Owned),
        FileType::Pdf | FileType::Text | FileType::Docx | FileType::Xlsx | FileType::Odt | FileType::Ods => {
            Some(Cow::Borrowed(content))
        }
    }
}

/// The first bytes of `rest`, which then begins after them; nothing when there are not so many.
fn take<'b>(rest: &mut &'b [u8], long: usize) -> Option<&'b [u8]> {
    let (taken, after) = rest.split_at_checked(long)?;
    *rest = after;
    Some(taken)
}

/// The same for a fixed number of bytes.
fn take_array<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    take(rest, N)?.try_into().ok()
}
