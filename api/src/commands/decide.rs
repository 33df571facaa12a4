//! `filet decide`: the gate as a program. No database, no settings.

use std::{
    io::{BufReader, BufWriter},
    process::ExitCode,
};

use authz::{ceiling::Ceiling, gate::wire::decide_lines};

pub(super) fn run() -> anyhow::Result<ExitCode> {
    let ceiling = Ceiling::built_in()?;
    let input = BufReader::with_capacity(1 << 16, std::io::stdin().lock());
    let output = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let all = decide_lines(&ceiling, input, output)?;
    Ok(if all { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
