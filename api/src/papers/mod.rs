//! What is printed: the views of REST as documents, in HTML, JSON or tagged PDF.
//!
//! INVARIANT: a document is composed of a view that was disclosed and recorded, by a function that sees nothing else
//! of a file; so it says nothing that the JSON operation would not give the same reader.

pub mod appraisal;
mod compose;
mod format;
mod letterhead;
pub mod minutes;
mod pen;
pub mod plan;
mod press;

pub use format::{Format, Wanted};
pub use letterhead::Letterhead;
pub use pen::Pen;
pub use press::{Paper, STYLESHEET_PATH};
