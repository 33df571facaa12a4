//! The inbox: what happened that concerns somebody, as a fixed sentence and the file it leads to. Whoever follows
//! it passes the gate like anybody.

mod acknowledge;
pub(crate) mod existing;
mod list;
mod message;
pub(crate) mod recipients;

pub use acknowledge::{Acknowledged, acknowledge, find};
pub use list::{MessageView, page};
pub use message::{Message, MessageKind};
