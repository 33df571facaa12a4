//! Accessible HTML, made to be printed. One stylesheet by link, no script, nothing inline.

use askama::Template;

use crate::model::{Block, Document, Fault, Section};

/// The stylesheet, to be served from the same origin.
pub const STYLESHEET: &str = include_str!("../assets/paper.css");

/// The `Content-Security-Policy` under which [`html`] works.
pub const HTML_POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/// A whole page; `stylesheet` is the address of [`STYLESHEET`].
///
/// # Errors
/// A [`Fault`] of the document.
pub fn html(document: &Document, stylesheet: &str) -> Result<String, Fault> {
    document.check()?;
    let mut parts = Vec::new();
    flatten(&document.sections, 2, &mut parts);
    Page { document, stylesheet, parts }.render().map_err(|_| Fault::Rendering)
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'d> {
    document: &'d Document,
    stylesheet: &'d str,
    parts: Vec<Part<'d>>,
}

/// A section with the level of its heading.
struct Part<'d> {
    level: u8,
    heading: &'d str,
    blocks: &'d [Block],
}

fn flatten<'d>(sections: &'d [Section], level: u8, parts: &mut Vec<Part<'d>>) {
    for section in sections {
        parts.push(Part { level, heading: &section.heading, blocks: &section.blocks });
        flatten(&section.sections, level + 1, parts);
    }
}
