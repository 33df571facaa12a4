//! The `filet` program.

use std::process::ExitCode;

/// A request makes and drops some hundreds of small values; the system's allocator took a tenth of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    api::commands::run()
}
