//! The circle: which agencies work around a file.

mod end;
mod join;

pub use end::{MemberEnded, MemberRecord, end, find};
pub use join::{MemberJoined, NewMember, join};
