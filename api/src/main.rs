//! The `filet` program.
fn main() {}
