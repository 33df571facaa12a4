//! Office files: archives, told by the entries that their directory lists (APPNOTE 6.3, 4.3.12 and 4.3.16).

use super::FileType;

/// An archive begins so.
const ENTRY: &[u8] = b"PK\x03\x04";
const LISTED: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
/// The longest end of an archive: its own 22 bytes and a comment.
const LONGEST_END: usize = 22 + 65_535;
/// What stands before the first entry's content where that entry is called `mimetype`.
const BEFORE_MEDIA_TYPE: usize = 38;
/// What an entry's name holds, in lower case, where a document carries programs.
const PROGRAMS: [&str; 7] =
    ["vbaproject", "vbadata", "activex/", "oleobject", "macrosheets/", "basic/", "scripts/"];

/// Is this an archive of the kind office files are made of?
pub(super) fn is_archive(content: &[u8]) -> bool {
    content.starts_with(ENTRY)
}

/// The type of an office file without programs.
pub(super) fn type_of(content: &[u8]) -> Option<FileType> {
    let names = names(content)?;
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let runs = names.iter().any(|name| PROGRAMS.iter().any(|program| name.contains(program)));
    if runs {
        None
    } else if has("[content_types].xml") && has("word/document.xml") {
        Some(FileType::Docx)
    } else if has("[content_types].xml") && has("xl/workbook.xml") {
        Some(FileType::Xlsx)
    } else if names.first().is_some_and(|name| name == "mimetype") && has("content.xml") {
        let stated = content.get(BEFORE_MEDIA_TYPE..)?;
        let is = |kind: &FileType| {
            stated.strip_prefix(kind.media_type().as_bytes()).is_some_and(|rest| rest.starts_with(ENTRY))
        };
        [FileType::Odt, FileType::Ods].into_iter().find(is)
    } else {
        None
    }
}

/// The names of all entries in lower case; nothing when the directory does not fit.
fn names(content: &[u8]) -> Option<Vec<String>> {
    let tail = content.get(content.len().saturating_sub(LONGEST_END)..)?;
    let at = tail.windows(END.len()).rposition(|window| window == END)?;
    let end = tail.get(at..)?;
    // An archive that goes on after its end is two things at once.
    if end.len() != 22 + number(end, 20, 2)? {
        return None;
    }
    let (count, size, from) = (number(end, 10, 2)?, number(end, 12, 4)?, number(end, 16, 4)?);
    let mut listed = content.get(from..from.checked_add(size)?)?;
    let mut names = Vec::new();
    while !listed.is_empty() {
        if !listed.starts_with(LISTED) {
            return None;
        }
        let (name, rest) = (number(listed, 28, 2)?, number(listed, 30, 2)? + number(listed, 32, 2)?);
        let text = std::str::from_utf8(listed.get(46..46 + name)?).ok()?;
        names.push(text.to_ascii_lowercase());
        listed = listed.get(46 + name + rest..)?;
    }
    (names.len() == count).then_some(names)
}

/// A number of some bytes, the lowest first.
fn number(bytes: &[u8], at: usize, long: usize) -> Option<usize> {
    let bytes = bytes.get(at..at + long)?;
    Some(bytes.iter().rev().fold(0, |sum, byte| (sum << 8) | usize::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive of empty entries; the first may hold something.
    fn archive(names: &[&str], first: &str) -> Vec<u8> {
        let (mut entries, mut directory) = (Vec::new(), Vec::new());
        for (n, name) in names.iter().enumerate() {
            let held = if n == 0 { first } else { "" };
            let length = u16::try_from(name.len()).unwrap_or(0).to_le_bytes();
            entries.extend([ENTRY, &[0; 22], &length, &[0; 2], name.as_bytes(), held.as_bytes()].concat());
            directory.extend([LISTED, &[0; 24], &length, &[0; 16], name.as_bytes()].concat());
        }
        let count = u16::try_from(names.len()).unwrap_or(0).to_le_bytes();
        let (size, from) = (u32::try_from(directory.len()), u32::try_from(entries.len()));
        let (size, from) = (size.unwrap_or(0).to_le_bytes(), from.unwrap_or(0).to_le_bytes());
        [entries, directory, [END, &[0; 4], &count, &count, &size, &from, &[0; 2]].concat()].concat()
    }

    #[test]
    fn office_files_are_told_by_their_entries_in_whatever_order() {
        let types = "[Content_Types].xml";
        for names in
            [[types, "_rels/.rels", "word/document.xml"], ["word/document.xml", "docProps/app.xml", types]]
        {
            assert_eq!(type_of(&archive(&names, "")), Some(FileType::Docx));
        }
        let sheet = archive(&["docProps/app.xml", "xl/workbook.xml", types], "");
        assert_eq!(type_of(&sheet), Some(FileType::Xlsx));
        let open = ["mimetype", "content.xml", "styles.xml"];
        for kind in [FileType::Odt, FileType::Ods] {
            assert_eq!(type_of(&archive(&open, kind.media_type())), Some(kind));
        }
    }

    #[test]
    fn an_archive_with_programs_or_of_another_kind_is_none_of_them() {
        let types = "[Content_Types].xml";
        let text = FileType::Odt.media_type();
        let refused = [
            archive(&[types, "word/document.xml", "word/vbaProject.bin"], ""),
            archive(&[types, "word/document.xml", "word/embeddings/oleObject1.bin"], ""),
            archive(&[types, "xl/workbook.xml", "xl/macrosheets/sheet1.xml"], ""),
            archive(&["mimetype", "content.xml", "Basic/Standard/Module1.xml"], text),
            archive(&["mimetype", "content.xml"], "application/vnd.oasis.opendocument.text-template"),
            archive(&["mimetype", "content.xml"], "application/vnd.oasis.opendocument.graphics"),
            archive(&["word/document.xml"], ""),
            archive(&["a.exe"], ""),
            archive(&[], ""),
            [archive(&[types, "word/document.xml"], ""), b"more".to_vec()].concat(),
        ];
        for content in refused {
            assert_eq!(type_of(&content), None, "{}", String::from_utf8_lossy(&content));
        }
        let whole = archive(&[types, "word/document.xml"], "");
        for cut in 0..whole.len() {
            assert_eq!(whole.get(..cut).and_then(type_of), None, "cut at {cut}");
        }
    }
}
