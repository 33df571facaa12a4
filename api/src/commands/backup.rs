//! `filet backup` and `filet restore`: the database and the keystore, together.
//!
//! A dump without its keys reads nothing, keys without their dump open nothing: the two are made together and
//! kept apart. The dump comes first. A file opened meanwhile has a key without rows, which harms nobody; the
//! other way round it would have rows that nobody can read. A key destroyed meanwhile is in neither, as it should.

use std::{
    fs::{DirBuilder, File, OpenOptions},
    io::Read,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail, ensure};
use authz::{clock::real_now, keys::DirectoryKeystore};
use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use domain::file::keys::{Keyed, try_keys};
use migrations::{copies, private::Binaries};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::say;
use crate::config::{Config, variable};

const DUMP: &str = "database.dump";
const KEYS: &str = "keystore";
const MANIFEST: &str = "manifest.json";

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The backup's directory: new, or empty.
    directory: PathBuf,
}

/// What a backup says of itself.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    made_at: DateTime<Utc>,
    program: String,
    migrations: usize,
    dump_sha256: String,
}

/// What was copied, or put back.
pub struct Copied {
    /// The files, and whether their keys open.
    pub keyed: Keyed,
    /// When the backup was made.
    pub made_at: DateTime<Utc>,
}

pub(super) fn run(config: Option<&Path>, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let copied = backup(&Config::read(config)?, &arguments.directory)?;
    say(&format!(
        "Sauvegarde de {} dossiers terminée. Gardez {KEYS} ailleurs que {DUMP}, et peu de temps : une clé détruite \
         depuis y survit.",
        copied.keyed.files
    ));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn run_restore(config: Option<&Path>, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let copied = restore(&Config::read(config)?, &arguments.directory)?;
    let Keyed { files, unreadable } = copied.keyed;
    say(&format!("Remis en place : {files} dossiers, dans l’état du {}.", copied.made_at.to_rfc3339()));
    if unreadable > 0 {
        say(&format!(
            "{unreadable} dossiers sont illisibles : leur clé avait été détruite, ou le trousseau est plus ancien \
             que la base."
        ));
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// Copies the database and the keystore into a directory of its own, which only its owner may enter.
///
/// # Errors
/// When something is there already, or a copy cannot be made; then what was begun is no backup: it has no manifest.
pub fn backup(config: &Config, to: &Path) -> anyhow::Result<Copied> {
    let keys = existing_keystore(config)?;
    DirBuilder::new().recursive(true).mode(0o700).create(to).context("the directory cannot be made")?;
    ensure!(std::fs::read_dir(to)?.next().is_none(), "the directory of a backup must be empty");
    let dump = to.join(DUMP);
    copies::dump(&binaries()?, &config.database_url, private_file(&dump)?)?;
    keys.backup(&to.join(KEYS)).context("the keystore was not copied")?;
    let manifest = Manifest {
        made_at: real_now(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        migrations: migrations::count()?,
        dump_sha256: digest(&dump)?,
    };
    // Last of all: what has no manifest was never finished.
    serde_json::to_writer_pretty(private_file(&to.join(MANIFEST))?, &manifest)?;
    Ok(Copied { keyed: keyed(config, &keys)?, made_at: manifest.made_at })
}

/// Puts a backup back, into an empty database and an empty keystore.
///
/// # Errors
/// When the backup is damaged or unfinished, or something is in the way; then nothing was put back.
pub fn restore(config: &Config, from: &Path) -> anyhow::Result<Copied> {
    let text =
        std::fs::read_to_string(from.join(MANIFEST)).context("no manifest: this is no finished backup")?;
    let manifest: Manifest = serde_json::from_str(&text).context("the manifest is damaged")?;
    let known = migrations::count()?;
    ensure!(
        manifest.migrations <= known,
        "this backup was made by a newer program ({}); restore it with that one",
        manifest.program
    );
    let dump = from.join(DUMP);
    if digest(&dump).ok().as_ref() != Some(&manifest.dump_sha256) {
        bail!("{DUMP} is missing or damaged: it is not what was backed up");
    }
    let keys = DirectoryKeystore::restore(&from.join(KEYS), &config.keystore)
        .context("the keystore was not put back")?;
    if let Err(error) = copies::restore(&binaries()?, &config.database_url, &dump) {
        // It was empty a moment ago: all that is in it came from the backup.
        std::fs::remove_dir_all(&config.keystore).context("the keystore put back could not be taken away")?;
        return Err(error.into());
    }
    migrations::apply(&config.database_url)?;
    Ok(Copied { keyed: keyed(config, &keys)?, made_at: manifest.made_at })
}

/// The keystore of the settings, never a new one.
pub(super) fn existing_keystore(config: &Config) -> anyhow::Result<DirectoryKeystore> {
    ensure!(config.keystore.join("kek").is_dir(), "there is no keystore at the place the settings name");
    Ok(DirectoryKeystore::open_or_create(&config.keystore)?)
}

/// Tries the key of every file.
pub(super) fn keyed(config: &Config, keys: &DirectoryKeystore) -> anyhow::Result<Keyed> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(try_keys(&config.database_url, config.role(), keys))?)
}

fn binaries() -> anyhow::Result<Binaries> {
    let cache = Binaries::usual_cache(
        variable("XDG_DATA_HOME").map(PathBuf::from),
        variable("HOME").map(PathBuf::from),
    );
    Ok(Binaries::find(&cache, &|line| say(line))?)
}

fn private_file(path: &Path) -> anyhow::Result<File> {
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    file.with_context(|| format!("{} cannot be made", path.display()))
}

fn digest(path: &Path) -> anyhow::Result<String> {
    let (mut file, mut digest, mut block) = (File::open(path)?, Sha256::new(), vec![0; 1 << 16]);
    loop {
        let read = file.read(&mut block)?;
        if read == 0 {
            return Ok(HEXLOWER.encode(&digest.finalize()));
        }
        digest.update(block.get(..read).unwrap_or_default());
    }
}
