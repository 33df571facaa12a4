//! What a document is, whatever it is printed on.

use chrono::NaiveDate;
use serde::Serialize;

/// Bytes of text that are typeset at once; some hundreds of pages.
const MOST_TEXT: usize = 1 << 20;
/// Headings, paragraphs, items, cells and lines that are typeset at once.
const MOST_PIECES: usize = 30_000;
/// Characters of what is repeated on each page: title, classification, footer, header cells.
const LONGEST_REPEATED: usize = 300;
/// How deep sections stand in one another.
const DEEPEST: usize = 4;
/// Columns that fit on a page.
const MOST_COLUMNS: usize = 8;

/// The language a document is written in: it decides hyphenation and what screen readers speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Français.
    Fr,
    /// English.
    En,
}

impl Language {
    /// The tag of `lang="…"`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }
}

/// A document. Line breaks inside a text are kept. There is no `Debug`: it would print what it holds.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// What it is, in a few words. Also the title in the metadata, so nobody's name belongs here.
    pub title: String,
    /// The language of everything in it.
    pub language: Language,
    /// How it must be handled, repeated on each page of a PDF.
    pub classification: Option<String>,
    /// Whose copy it is and of when, such as « Copie de Maison de l'Estran — 25 novembre 2026 », on each page.
    pub footer: String,
    /// The date in the metadata.
    pub made_on: NaiveDate,
    /// What stands before the first section.
    pub opening: Vec<Block>,
    /// The sections.
    pub sections: Vec<Section>,
}

/// A part of a document under its heading.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// What stands right under it.
    pub blocks: Vec<Block>,
    /// Sections inside it.
    pub sections: Vec<Section>,
}

/// A piece of a section.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "content", rename_all = "snake_case")]
pub enum Block {
    /// Running text.
    Paragraph(String),
    /// Items without an order.
    List(Vec<String>),
    /// Items in their order, counted from 1.
    Steps(Vec<String>),
    /// Terms and what is said of each.
    Definitions(Vec<Definition>),
    /// A table.
    Table(Table),
    /// Lines to sign on, with what stands under each.
    Signatures(Vec<String>),
}

/// A term and what is said of it.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// The term.
    pub term: String,
    /// What is said of it: one or more texts.
    pub texts: Vec<String>,
}

/// A table with a header cell over each column.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What the table is about.
    pub caption: String,
    /// The header cells.
    pub columns: Vec<String>,
    /// The first cell of each row names the row.
    pub named_rows: bool,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<String>>,
}

/// Why a document could not be rendered. Says nothing of what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// More than is typeset at once, or is repeated on each page.
    #[error("the document is longer than what is printed at once")]
    TooLong,
    /// Sections too deep in one another.
    #[error("the document has sections deeper than {DEEPEST}")]
    TooDeep,
    /// No title, a section without a heading, a table without columns or a term without a text.
    #[error("a title, heading, header, term or footer of the document is empty")]
    Unnamed,
    /// A row is not as long as its header, or there are too many columns.
    #[error("a table of the document does not fit its header or the page")]
    Uneven,
    /// The renderer failed; it does not say on what, since that could be a quotation.
    #[error("the document could not be rendered")]
    Rendering,
}

impl Document {
    /// Can this be rendered at all? As HTML and JSON, however long it is.
    ///
    /// # Errors
    /// Any [`Fault`] but `Rendering`.
    pub fn check(&self) -> Result<(), Fault> {
        self.tally().map(|_| ())
    }

    /// Can it be typeset at once?
    ///
    /// # Errors
    /// Any [`Fault`] but `Rendering`.
    #[cfg(feature = "pdf")]
    pub(crate) fn check_for_press(&self) -> Result<(), Fault> {
        let Tally { text, pieces } = self.tally()?;
        if text > MOST_TEXT || pieces > MOST_PIECES { Err(Fault::TooLong) } else { Ok(()) }
    }

    fn tally(&self) -> Result<Tally, Fault> {
        let mut tally = Tally { text: 0, pieces: 0 };
        tally.repeated(&self.title)?;
        tally.repeated(&self.footer)?;
        self.classification.iter().try_for_each(|text| tally.repeated(text))?;
        self.opening.iter().try_for_each(|block| tally.block(block))?;
        self.sections.iter().try_for_each(|section| tally.section(section, 1))?;
        Ok(tally)
    }
}

struct Tally {
    text: usize,
    pieces: usize,
}

impl Tally {
    fn text(&mut self, text: &str) {
        self.text += text.len();
        self.pieces += 1 + text.matches('\n').count();
    }

    fn named(&mut self, text: &str) -> Result<(), Fault> {
        if text.trim().is_empty() {
            return Err(Fault::Unnamed);
        }
        self.text(text);
        Ok(())
    }

    fn repeated(&mut self, text: &str) -> Result<(), Fault> {
        if text.chars().count() > LONGEST_REPEATED { Err(Fault::TooLong) } else { self.named(text) }
    }

    fn section(&mut self, section: &Section, depth: usize) -> Result<(), Fault> {
        if depth > DEEPEST {
            return Err(Fault::TooDeep);
        }
        self.named(&section.heading)?;
        section.blocks.iter().try_for_each(|block| self.block(block))?;
        section.sections.iter().try_for_each(|inner| self.section(inner, depth + 1))
    }

    fn block(&mut self, block: &Block) -> Result<(), Fault> {
        match block {
            Block::Paragraph(text) => {
                self.text(text);
                Ok(())
            }
            Block::List(items) | Block::Steps(items) => {
                for item in items {
                    self.text(item);
                }
                Ok(())
            }
            Block::Signatures(names) => names.iter().try_for_each(|name| self.named(name)),
            Block::Definitions(definitions) => definitions.iter().try_for_each(|definition| {
                self.named(&definition.term)?;
                if definition.texts.is_empty() {
                    return Err(Fault::Unnamed);
                }
                for text in &definition.texts {
                    self.text(text);
                }
                Ok(())
            }),
            Block::Table(table) => self.table(table),
        }
    }

    fn table(&mut self, table: &Table) -> Result<(), Fault> {
        let width = table.columns.len();
        if width == 0 {
            return Err(Fault::Unnamed);
        }
        if width > MOST_COLUMNS || table.rows.iter().any(|row| row.len() != width) {
            return Err(Fault::Uneven);
        }
        self.named(&table.caption)?;
        table.columns.iter().try_for_each(|column| self.repeated(column))?;
        for cell in table.rows.iter().flatten() {
            self.text(cell);
        }
        Ok(())
    }
}
