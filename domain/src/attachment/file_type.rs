//! Which types of files may be attached, told by their content and not by what they are called.

use super::office;

macro_rules! types {
    ($($(#[$doc:meta])+ $name:ident = $media:literal $extension:literal),+ $(,)?) => {
        /// A type of file that may be attached: nothing that a reader would run.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum FileType { $($(#[$doc])+ $name),+ }

        impl FileType {
            /// Its media type.
            pub const fn media_type(self) -> &'static str { match self { $(Self::$name => $media),+ } }

            /// What its name ends in when it is handed out.
            pub const fn extension(self) -> &'static str { match self { $(Self::$name => $extension),+ } }

            /// The type of that media type, if it may be attached.
            pub fn named(media_type: &str) -> Option<Self> {
                match media_type { $($media => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

types! {
    /// PDF.
    Pdf = "application/pdf" "pdf",
    /// PNG.
    Png = "image/png" "png",
    /// JPEG.
    Jpeg = "image/jpeg" "jpg",
    /// WebP.
    Webp = "image/webp" "webp",
    /// Plain text in UTF-8.
    Text = "text/plain" "txt",
    /// Word.
    Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document" "docx",
    /// Excel.
    Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" "xlsx",
    /// `OpenDocument` text.
    Odt = "application/vnd.oasis.opendocument.text" "odt",
    /// `OpenDocument` spreadsheet.
    Ods = "application/vnd.oasis.opendocument.spreadsheet" "ods",
}

/// What a text begins with that a browser would take for a page or a picture.
const MARKUP: [&str; 8] = ["<!", "<?", "<html", "<head", "<body", "<script", "<svg", "<iframe"];

impl FileType {
    /// The type of this content; nothing when it may not be attached.
    #[must_use]
    pub fn of(content: &[u8]) -> Option<Self> {
        if office::is_archive(content) {
            return office::type_of(content);
        }
        match infer::get(content) {
            None => plain_text(content).then_some(Self::Text),
            Some(kind) => Self::named(kind.mime_type()).filter(|found| *found != Self::Text),
        }
    }
}

fn plain_text(content: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(content) else { return false };
    let controls = text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'));
    let start: String = text.trim_start_matches('\u{feff}').trim_start().chars().take(512).collect();
    let start = start.to_ascii_lowercase();
    let page =
        MARKUP.iter().any(|tag| start.starts_with(tag)) || start.contains("<svg") || start.starts_with("#!");
    !controls && !page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_attached_is_told_by_its_content() {
        assert_eq!(FileType::of(b"%PDF-1.7\n"), Some(FileType::Pdf));
        assert_eq!(FileType::of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Some(FileType::Png));
        assert_eq!(FileType::of(b"\xff\xd8\xff\xe0\0\x10JFIF\0"), Some(FileType::Jpeg));
        assert_eq!(FileType::of(b"RIFF\x24\0\0\0WEBPVP8 "), Some(FileType::Webp));
        assert_eq!(FileType::of("Elle m’a dit : « plus tard ».\r\n".as_bytes()), Some(FileType::Text));
    }

    #[test]
    fn what_a_reader_would_run_or_load_may_not() {
        let refused: [&[u8]; 14] = [
            b"MZ\x90\0\x03",
            b"\x7fELF\x02\x01\x01",
            b"#!/bin/sh\nid\n",
            b"<!doctype html><p>a",
            b"  <HTML><body>",
            b"\xef\xbb\xbf<script>a</script>",
            b"<?xml version=\"1.0\"?><svg/>",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            b"PK\x03\x04\x14\0\0\0\0\0",
            b"GIF89a\x01\0\x01\0",
            b"Rar!\x1a\x07\x00",
            b"abc\0def",
            b"\xff\xfea\0b\0",
            b"caf\xe9",
        ];
        for content in refused {
            assert_eq!(FileType::of(content), None, "{content:?}");
        }
    }
}
