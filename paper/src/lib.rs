//! Documents for paper: one neutral model, rendered to accessible HTML, to JSON and, with the feature `pdf`,
//! to tagged PDF (PDF/UA-1). Knows no case, no SQL and no HTTP.
//!
//! INVARIANT: the text of a document is data in every rendering. It can become neither HTML nor a command of the
//! typesetter, and it stands in no error, no `Debug` and no file of this machine.

mod html;
mod model;
#[cfg(feature = "pdf")]
mod pdf;

pub use html::{HTML_POLICY, STYLESHEET, html};
pub use model::{Block, Definition, Document, Fault, Language, Section, Table};
#[cfg(feature = "pdf")]
pub use pdf::{Sheet, pdf};

/// The document as JSON, as a machine may want it.
pub fn json(document: &Document) -> Result<Vec<u8>, Fault> {
    document.check()?;
    serde_json::to_vec(document).map_err(|_| Fault::Rendering)
}
