//! Tagged PDF after PDF/UA-1 (ISO 14289-1), typeset by a fixed template.
//!
//! INVARIANT: the document reaches the typesetter as values, never as its markup or code; the only source it ever
//! parses is `document.typ`, and it can open no file, no package and no typeface but the bundled ones.

mod clean;
mod values;
mod world;

use chrono::Datelike;
use typst::{
    comemo,
    foundations::{Datetime, Smart},
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::model::{Document, Fault};
use clean::Care;
use world::Workbench;

/// The sheet a PDF is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sheet {
    /// 8½ × 11 inches, what printers in Québec hold.
    #[default]
    Letter,
    /// 210 × 297 mm.
    A4,
}

/// The document as tagged PDF: the same bytes for the same document.
///
/// Takes the processor for tens of milliseconds to some seconds: call it from a bounded pool for blocking work.
/// A character that no bundled typeface has is printed as `�`, and a line at the end says how many there are.
///
/// # Errors
/// A [`Fault`] of the document; `TooLong` where its other renderings may still be read.
pub fn pdf(document: &Document, sheet: Sheet) -> Result<Vec<u8>, Fault> {
    document.check_for_press()?;
    // A rare cluster of marks that no one typeface has is not worth a failed print: once more, plainly.
    let bytes = set(document, sheet, Care::Whole).or_else(|_| set(document, sheet, Care::Plain));
    // The typesetter remembers what it has set, for the next time; what people wrote must not stay there.
    comemo::evict(0);
    bytes
}

fn set(document: &Document, sheet: Sheet, care: Care) -> Result<Vec<u8>, Fault> {
    let bench = Workbench::new(values::of(document, sheet, care))?;
    let pages = typst::compile::<PagedDocument>(&bench).output.map_err(|_| Fault::Rendering)?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|_| Fault::Rendering)?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("Filet".to_owned())),
        timestamp: midnight(document).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&pages, &options).map_err(|_| Fault::Rendering)
}

fn midnight(document: &Document) -> Option<Datetime> {
    let day = document.made_on;
    Datetime::from_ymd_hms(day.year(), day.month().try_into().ok()?, day.day().try_into().ok()?, 0, 0, 0)
}
