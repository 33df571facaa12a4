//! `filet openapi` and `filet policy`: what is generated, committed and compared.

use std::{io::Write, process::ExitCode};

use authz::ceiling::{Ceiling, table_markdown};

pub(super) fn openapi() -> anyhow::Result<ExitCode> {
    writeln!(std::io::stdout(), "{}", crate::server::openapi().to_pretty_json()?)?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn policy() -> anyhow::Result<ExitCode> {
    write!(std::io::stdout(), "{}", table_markdown(&*Ceiling::built_in()?))?;
    Ok(ExitCode::SUCCESS)
}
