//! What goes wrong, as the outside world is told of it (RFC 9457).

mod catalogue;

pub use catalogue::ProblemKind;
