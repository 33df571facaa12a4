//! How a request is read and an answer written, the same for every operation.

mod ask;
mod body;
mod download;
mod id;
mod nothing;
mod query;
mod reply;

pub use ask::{Anyone, Ask, Changes, Need, Reads, SignedIn, Uploads, collect, key_of};
pub use body::Body;
pub use download::Download;
pub use id::Id;
pub use nothing::Nothing;
pub use query::{Cursor, Paging, read as read_query};
pub use reply::Reply;
