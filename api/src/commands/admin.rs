//! `filet admin create`: the first admin of an agency, from the terminal of the machine.

use std::{path::Path, process::ExitCode, sync::Arc};

use anyhow::Context;
use authz::{
    accounts::{AccountError, FirstAdmin, create_first_admin},
    ceiling::Ceiling,
};
use domain::value::{check_email, text::one_line};

use super::say;
use crate::config::Config;

#[derive(clap::Subcommand)]
pub(super) enum Command {
    /// Make the account of an agency's first admin and print the invitation, once.
    Create(Create),
}

#[derive(clap::Args)]
pub(super) struct Create {
    /// Short name of the agency.
    #[arg(long)]
    agency: String,
    /// Short name of the cell in which the role is held.
    #[arg(long)]
    cell: String,
    /// Address to sign in with.
    #[arg(long)]
    email: String,
    /// Name shown to colleagues.
    #[arg(long)]
    name: String,
}

pub(super) fn run(config: Option<&Path>, command: &Command) -> anyhow::Result<ExitCode> {
    let Command::Create(create) = command;
    let config = Config::read(config)?;
    anyhow::ensure!(!config.database_url.is_empty(), "database_url (or DATABASE_URL) must be set");
    anyhow::ensure!(check_email(&create.email).is_ok(), "--email is no e-mail address");
    let name = one_line(create.name.trim(), 120).ok().context("--name is no name")?;
    let first = FirstAdmin { agency: &create.agency, cell: &create.cell, name: &name, email: &create.email };
    let policy = Arc::clone(&Ceiling::built_in()?.version());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let made = create_first_admin(&config.database_url, config.role(), &first, policy);
    let invited = runtime.block_on(made).map_err(|error| match error {
        AccountError::Unknown("/agency") => anyhow::anyhow!("no agency has this short name"),
        AccountError::Unknown("/cell") => anyhow::anyhow!("no cell has this short name"),
        AccountError::EmailTaken => anyhow::anyhow!("somebody signs in with this address already"),
        other => other.into(),
    })?;
    say(&serde_json::to_string_pretty(&invited)?);
    Ok(ExitCode::SUCCESS)
}
