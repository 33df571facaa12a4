//! `filet load SCENARIO.json`: whole or not at all; prints the identifiers given.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use authz::{
    ceiling::Ceiling,
    clock::real_now,
    credentials::hash_password,
    keys::{DirectoryKeystore, Keystore},
};
use domain::scenario::{Loaded, Loading, Scenario, load, mark_demonstration};

use super::{DEMO_PASSWORD, say};
use crate::config::Config;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The scenario.
    scenario: PathBuf,
    /// The password every user of the scenario gets.
    #[arg(long)]
    password: String,
}

pub(super) fn run(config: Option<&Path>, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let config = Config::read(config)?;
    anyhow::ensure!(!config.database_url.is_empty(), "database_url (or DATABASE_URL) must be set");
    anyhow::ensure!(
        config.demo || arguments.password != DEMO_PASSWORD,
        "this password stands in the documentation: refused unless demo = true"
    );
    let text = std::fs::read_to_string(&arguments.scenario)?;
    let keys = DirectoryKeystore::open_or_create(&config.keystore)?;
    let loaded = load_text(&config, &keys, &text, &arguments.password)?;
    say(&serde_json::to_string_pretty(&loaded)?);
    Ok(ExitCode::SUCCESS)
}

/// Loads the text of a scenario.
pub(super) fn load_text(
    config: &Config,
    keys: &dyn Keystore,
    text: &str,
    password: &str,
) -> anyhow::Result<Loaded> {
    let scenario = Scenario::read(text)?;
    let password_hash = hash_password(password)?;
    let loading = Loading {
        keys,
        password_hash: &password_hash,
        policy: Arc::clone(&Ceiling::built_in()?.version()),
        now: real_now(),
        ids_of: None,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    if password == DEMO_PASSWORD {
        // Before the accounts exist, so that no crash leaves them without the mark.
        runtime.block_on(mark_demonstration(&config.database_url, config.role()))?;
    }
    Ok(runtime.block_on(load(&config.database_url, config.role(), &scenario, &loading))?)
}
