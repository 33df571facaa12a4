//! Search by name with birth date or year, without the database ever reading a name.
//!
//! Tokens stand in buckets of sixteen bits; the whole token lies sealed under the file's key, so that
//! what identifies dies with the key. A hit is judged like any read: both facts must show.

mod find;
mod index;

pub use find::{Birth, Hit, Hits, Query, search};
pub(crate) use index::{index_of, is_indexed, reindex, write_tokens};
