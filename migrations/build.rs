//! Compiles the migrations in again when the SQL changes; without this the compiler would not notice.

use std::io::{self, Write};

fn main() -> io::Result<()> {
    writeln!(io::stdout(), "cargo:rerun-if-changed=sql")
}
