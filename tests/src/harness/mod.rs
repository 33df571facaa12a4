//! The house as it runs: a real server on a real PostgreSQL, a fresh database for each test, and
//! personas who speak to it over HTTP.

mod browser;
mod cluster;
mod persona;
mod sink;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    thread::JoinHandle,
};

use api::{
    config::{Config, SecondFactor},
    demonstration::Demonstration,
    server,
};
use authz::{
    clock::{Clock, real_now},
    keys::{DirectoryKeystore, Keystore},
    log::{Pass, Signed, sign_log},
};
use chrono::{DateTime, Utc};
use domain::scenario::{Loaded, LoadedFile, Loading, Scenario, load};

pub use browser::{Browser, Filled, Page};
pub use cluster::{Database, block_on, cluster};
pub use persona::{Answer, Persona};
pub use sink::{Mood, Sink};

/// The Estrie scenario.
pub const ESTRIE: &str = include_str!("../../../scenarios/estrie.json");
/// What every read of it must answer.
pub const ESTRIE_EXPECTED: &str = include_str!("../../../scenarios/estrie.expected.jsonl");
/// What the demonstration loads.
pub fn demonstration() -> String {
    domain::scenario::joined(ESTRIE, include_str!("../../../scenarios/estrie-cellule.json")).unwrap()
}
/// The moment those answers are of.
pub const ESTRIE_NOW: &str = "2026-11-22T15:00:00Z";
/// The password of every persona in tests.
pub const PASSWORD: &str = "une phrase pour les essais";

/// A running house.
pub struct House {
    /// Where it answers.
    pub address: SocketAddr,
    /// Its database.
    pub database: Database,
    /// Its keystore.
    pub keys: Arc<dyn Keystore>,
    /// The identifiers of what was loaded.
    pub loaded: Loaded,
    keystore: tempfile::TempDir,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// How a house is set up.
pub struct Plan {
    /// What is loaded.
    pub scenario: String,
    /// The domain's time; the machine's when none.
    pub now: Option<DateTime<Utc>>,
    /// Changes to the settings.
    pub settings: fn(&mut Config),
    /// When it is loaded, for identifiers that two houses share.
    pub loaded_at: Option<DateTime<Utc>>,
    /// The scenario whose keys give the identifiers, when it is another one.
    pub ids_of: Option<String>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            scenario: ESTRIE.into(),
            now: Some(ESTRIE_NOW.parse().unwrap()),
            settings: |_| {},
            loaded_at: None,
            ids_of: None,
        }
    }
}

impl House {
    /// Estrie, at the moment of the expected answers.
    pub fn estrie() -> Self {
        Self::build(Plan::default())
    }

    /// A house of one's own.
    pub fn build(plan: Plan) -> Self {
        let database = cluster().database();
        let keystore = tempfile::tempdir().unwrap();
        let keys: Arc<dyn Keystore> =
            Arc::new(DirectoryKeystore::open_or_create(&keystore.path().join("k")).unwrap());
        let mut config = settings(&database.url, &keystore.path().join("k"));
        (plan.settings)(&mut config);
        let loaded = load_scenario(&config, keys.as_ref(), &plan);
        let clock = plan.now.map_or(Clock::System, Clock::Frozen);
        let (address, stop, thread) = start(config, clock, Arc::clone(&keys));
        Self { address, database, keys, loaded, keystore, stop: Some(stop), thread: Some(thread) }
    }

    /// A persona, signed in.
    pub fn sign_in(&self, key: &str) -> Persona {
        Persona::sign_in(self.address, &email_of(key))
    }

    /// Somebody nobody knows.
    pub fn stranger(&self) -> Persona {
        Persona::stranger(self.address)
    }

    /// The only file of the scenario.
    pub fn file(&self) -> &LoadedFile {
        self.loaded.files.values().next().unwrap()
    }

    /// The path of that file.
    pub fn file_path(&self) -> String {
        format!("/api/v1/files/{}", self.file().id)
    }

    /// Where its keys lie.
    pub fn keystore_path(&self) -> PathBuf {
        self.keystore.path().join("k")
    }

    /// Gives every row of the log its place and signs, as the server's jobs do: so many lines are signed. Tests run
    /// side by side in one PostgreSQL, whose open transactions all hold the places back.
    pub fn sign_log(&self) -> u64 {
        let waiting = "select count(*) from access_event e
                       where not exists (select from log_leaf l where l.event = e.id)";
        for _ in 0..500 {
            let pass = self.try_to_sign_log();
            assert_ne!(pass.signed, Signed::Refused);
            if let (Signed::UpTo(size), false) = (pass.signed, pass.more)
                && self.database.ask(waiting) == "0"
            {
                return size;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!("rows of the log found no place");
    }

    /// Signs what can be signed.
    pub fn try_to_sign_log(&self) -> Pass {
        let signed = sign_log(&self.database.url, Some("filet_app"), self.keys.as_ref());
        block_on(signed).unwrap()
    }

    /// Stops the server, waiting for what is under way.
    pub fn stop(&mut self) {
        if let (Some(stop), Some(thread)) = (self.stop.take(), self.thread.take()) {
            let _ = stop.send(());
            thread.join().unwrap();
        }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A second server, over what is already there: a database put back, or one that goes away.
pub struct Served {
    /// Where it answers.
    pub address: SocketAddr,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Served {
    /// Serves this database with these keys, at the moment of the expected answers.
    pub fn over(url: &str, keystore: &Path) -> Self {
        Self::at(url, keystore, ESTRIE_NOW)
    }

    /// The same, at another moment.
    pub fn at(url: &str, keystore: &Path, now: &str) -> Self {
        let keys: Arc<dyn Keystore> = Arc::new(DirectoryKeystore::open_or_create(keystore).unwrap());
        let clock = Clock::Frozen(now.parse().unwrap());
        let (address, stop, thread) = start(settings(url, keystore), clock, keys);
        Self { address, stop: Some(stop), thread: Some(thread) }
    }

    /// A persona, signed in.
    pub fn sign_in(&self, key: &str) -> Persona {
        Persona::sign_in(self.address, &email_of(key))
    }

    /// Somebody nobody knows.
    pub fn stranger(&self) -> Persona {
        Persona::stranger(self.address)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let (Some(stop), Some(thread)) = (self.stop.take(), self.thread.take()) {
            let _ = stop.send(());
            thread.join().unwrap();
        }
    }
}

/// The settings of a house under test.
pub fn settings(url: &str, keystore: &Path) -> Config {
    Config {
        database_url: url.to_owned(),
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        metrics_listen: None,
        workers: 2,
        pool_size: 8,
        keystore: keystore.to_owned(),
        second_factor: SecondFactor::Optional,
        demo: true,
        demonstration: Some(Demonstration::of(ESTRIE, PASSWORD)),
        ..Config::default()
    }
}

/// The address a persona signs in with, whoever the scenario says employs them.
pub fn email_of(key: &str) -> String {
    let scenario: serde_json::Value = serde_json::from_str(ESTRIE).unwrap();
    let users = scenario["users"].as_array().unwrap();
    users.iter().find(|user| user["key"] == key).unwrap()["email"].as_str().unwrap().to_owned()
}

/// Every value of the scenario that is long enough to be told from other words.
pub fn telling_values() -> Vec<String> {
    let scenario: serde_json::Value = serde_json::from_str(ESTRIE).unwrap();
    let facts = scenario["files"][0]["facts"].as_array().unwrap().clone();
    let texts = facts.iter().flat_map(|fact| match &fact["value"] {
        serde_json::Value::String(words) => vec![words.clone()],
        serde_json::Value::Object(parts) => {
            parts.values().filter_map(serde_json::Value::as_str).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    });
    texts.filter(|words| words.chars().count() > 8 && words.parse::<chrono::NaiveDate>().is_err()).collect()
}

fn load_scenario(config: &Config, keys: &dyn Keystore, plan: &Plan) -> Loaded {
    let scenario = Scenario::read(&plan.scenario).unwrap();
    let ids_of = plan.ids_of.as_deref().map(|text| Scenario::read(text).unwrap());
    let policy = authz::ceiling::Ceiling::built_in().unwrap().version();
    let loading = Loading {
        keys,
        password_hash: password_hash(),
        policy,
        now: plan.loaded_at.unwrap_or_else(real_now),
        ids_of: ids_of.as_ref(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(load(&config.database_url, config.role(), &scenario, &loading)).unwrap()
}

/// One hash for all personas of a test run.
pub fn password_hash() -> &'static str {
    static HASH: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    HASH.get_or_init(|| authz::credentials::hash_password(PASSWORD).unwrap())
}

type Started = (SocketAddr, tokio::sync::oneshot::Sender<()>, JoinHandle<()>);

fn start(config: Config, clock: Clock, keys: Arc<dyn Keystore>) -> Started {
    let (say, hear) = mpsc::channel();
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let thread = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let shared = server::prepare(config, clock, keys).unwrap();
            let running = server::serve(shared).unwrap();
            say.send(running.address).unwrap();
            let _ = stopped.await;
            running.stop().await;
        });
    });
    (hear.recv().unwrap(), stop, thread)
}

/// A path inside the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}
