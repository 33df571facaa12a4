//! `filet demo`: a private PostgreSQL, the fictional situation, the server, and who to sign in as.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use authz::keys::DirectoryKeystore;
use chrono::{DateTime, Utc};
use migrations::private::{Binaries, OWNER, Options, Server, Tuning};
use sha2::{Digest, Sha256};

use super::{load::load_text, say, serve};
use crate::{
    config::{Config, SecondFactor, variable},
    demonstration::Demonstration,
};

const ESTRIE: &str = include_str!("../../../scenarios/estrie.json");
/// A mobilisation at each stage, beside the situation of Estrie.
const CELL: &str = include_str!("../../../scenarios/estrie-cellule.json");

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Where to serve.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Where everything of the demonstration is kept.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Another scenario than Estrie.
    #[arg(long)]
    scenario: Option<PathBuf>,
    /// Freeze the domain's time at this instant.
    #[arg(long)]
    clock: Option<DateTime<Utc>>,
    /// The password of every persona.
    #[arg(long, default_value = super::DEMO_PASSWORD)]
    password: String,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    super::start_logging();
    let data = arguments.data.clone().unwrap_or_else(default_data);
    let text = match &arguments.scenario {
        None => domain::scenario::joined(ESTRIE, CELL)?,
        Some(path) => std::fs::read_to_string(path)?,
    };
    // One database and one keystore a scenario and password: a demonstration never mixes two.
    let mut digest = Sha256::new();
    digest.update(text.as_bytes());
    digest.update(arguments.password.as_bytes());
    let name: String =
        format!("demo_{}", data_encoding::HEXLOWER.encode(&digest.finalize())).chars().take(21).collect();
    let (server, url) = database(&data, &name)?;
    let applied = migrations::apply(&url)?;
    if applied > 0 {
        say(&format!("Base préparée : {applied} migrations."));
    }
    let config = Config {
        database_url: url,
        listen: arguments.listen,
        metrics_listen: None,
        keystore: data.join("keys").join(&name),
        public_url: format!("http://{}", arguments.listen),
        second_factor: SecondFactor::Optional,
        demo: true,
        mail_folder: Some(data.join("mail").join(&name)),
        demonstration: Some(Demonstration::of(&text, &arguments.password)),
        ..Config::default()
    };
    let keys = DirectoryKeystore::open_or_create(&config.keystore)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    if runtime.block_on(domain::scenario::is_empty(&config.database_url, config.role()))? {
        say("Chargement de la situation fictive…");
        // The database was emptied since: its log begins anew.
        authz::log::forget_log(&keys)?;
        load_text(&config, &keys, &text, &arguments.password)?;
    }
    drop((runtime, keys));
    let clock = config.clock(arguments.clock)?;
    let password = arguments.password.clone();
    serve::on_runtime(config, clock, move |running| personas(&text, &password, running.address))?;
    if let Some(server) = server {
        server.stop()?;
    }
    say("Arrêté.");
    Ok(ExitCode::SUCCESS)
}

fn database(data: &std::path::Path, name: &str) -> anyhow::Result<(Option<Server>, String)> {
    if let Some(url) = variable("DATABASE_URL") {
        say("PostgreSQL : celui de DATABASE_URL.");
        return Ok((None, url));
    }
    let binaries = Binaries::find(&data.join("postgresql"), &|line| say(line))?;
    say("Démarrage de PostgreSQL, privé à cette démonstration…");
    let short = variable("XDG_RUNTIME_DIR").map_or_else(|| PathBuf::from("/tmp"), PathBuf::from);
    let server =
        Server::start(&Options { data: data.join("database"), short, binaries, tuning: Tuning::Durable })?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(migrations::database::ensure(&server.url(OWNER, "postgres"), name, None))?;
    let url = server.url(OWNER, name);
    Ok((Some(server), url))
}

fn default_data() -> PathBuf {
    let home = variable("HOME").map(PathBuf::from);
    let root = home.as_deref().is_some_and(|home| home == std::path::Path::new("/root"));
    if root {
        return PathBuf::from("/var/lib/filet");
    }
    variable("XDG_DATA_HOME")
        .map(PathBuf::from)
        .or_else(|| home.map(|home| home.join(".local/share")))
        .unwrap_or_else(|| PathBuf::from("."))
        .join("filet")
}

#[derive(serde::Deserialize)]
struct Cast {
    users: Vec<Persona>,
}

#[derive(serde::Deserialize)]
struct Persona {
    name: String,
    email: String,
    roles: std::collections::BTreeMap<String, Vec<String>>,
}

fn personas(text: &str, password: &str, address: SocketAddr) {
    say(&format!("\nFilet répond sur http://{address}  (Ctrl-C pour arrêter)\n"));
    if let Ok(cast) = serde_json::from_str::<Cast>(text) {
        for Persona { name, email, roles } in cast.users {
            let roles: Vec<String> =
                roles.into_iter().map(|(cell, roles)| format!("{cell} : {}", roles.join(", "))).collect();
            say(&format!("  {email:<42} {name:<20} {}", roles.join(" ; ")));
        }
        say(&format!("\nMot de passe de chaque personnage : {password}\n"));
    }
}
