//! Attachments: files attached to a situation. Label and name are a [`crate::document`] of their own kind; the
//! content lies beside it in sealed pieces, under a random key that can be erased alone.

mod add;
mod content;
mod file_type;
mod find;
mod limits;
mod office;
mod photo;
mod retract;
mod upload;
mod view;

pub use add::{AttachmentAdded, NewAttachment, add};
pub use content::{AttachmentContent, ContentView, find_content};
pub use file_type::FileType;
pub use find::{AttachmentRecord, Attachments, AttachmentsView, find, find_all, find_for_change};
pub use retract::{AttachmentRetracted, retract};
pub use upload::{ContentUploaded, LARGEST_CONTENT, Upload, upload};
pub use view::{About, AboutView, AttachmentView};

use authz::keys::Place;
use uuid::Uuid;

const fn key_place(document: Uuid) -> Place {
    Place { table: "attachment_content", column: "key_sealed", row: document }
}

const fn about_place(document: Uuid) -> Place {
    Place { table: "attachment_content", column: "about_sealed", row: document }
}

const fn chunk_place(document: Uuid) -> Place {
    Place { table: "attachment_chunk", column: "sealed", row: document }
}
