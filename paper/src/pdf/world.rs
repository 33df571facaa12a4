//! All that the typesetter can reach: one template, four typefaces, the values of one document.

use std::sync::LazyLock;

use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Dict, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use crate::model::Fault;

const TEMPLATE: &str = include_str!("document.typ");

/// The typefaces, in the order in which a character is looked for.
static TYPEFACES: LazyLock<Typefaces> = LazyLock::new(|| {
    let data = [notosans::REGULAR_TTF, notosans::BOLD_TTF, dejavu::sans::regular(), dejavu::sans::bold()];
    let fonts: Vec<Font> = data.into_iter().filter_map(|bytes| Font::new(Bytes::new(bytes), 0)).collect();
    Typefaces { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});

struct Typefaces {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

/// Is there a glyph for this character, in regular and in bold?
pub fn printable(character: char) -> bool {
    let code = u32::from(character);
    TYPEFACES.fonts.chunks(2).any(|family| family.iter().all(|font| font.info().coverage.contains(code)))
}

/// The typesetter's bench, for one document.
pub struct Workbench {
    library: LazyHash<Library>,
    template: Source,
}

impl Workbench {
    pub fn new(values: Dict) -> Result<Self, Fault> {
        let path = VirtualPath::new("document.typ").map_err(|_| Fault::Rendering)?;
        let id = FileId::new(RootedPath::new(VirtualRoot::Project, path));
        let library = Library::builder().with_inputs(values).build();
        Ok(Self { library: LazyHash::new(library), template: Source::new(id, TEMPLATE.to_owned()) })
    }
}

impl World for Workbench {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &TYPEFACES.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        TYPEFACES.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
