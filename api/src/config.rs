//! Settings: one file, overlaid by the environment, read in one place.

use std::{net::SocketAddr, path::PathBuf};

use authz::clock::Clock;
use serde::Deserialize;

use crate::{demonstration::Demonstration, mail::MailConfig};

/// What an installation says of itself. Every member has a default but those that name its own things.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where PostgreSQL is; a URL of the account the program signs in with.
    pub database_url: String,
    /// The role taken on after connecting; empty when the account already is that role.
    pub database_role: String,
    /// Most connections a worker opens.
    pub pool_size: usize,
    /// Where the API and the pages are served.
    pub listen: SocketAddr,
    /// Where `/metrics` is served: local only.
    pub metrics_listen: Option<SocketAddr>,
    /// Worker threads.
    pub workers: usize,
    /// The keystore's directory.
    pub keystore: PathBuf,
    /// The address people reach it by; names tokens and links.
    pub public_url: String,
    /// Is a second factor required of people?
    pub second_factor: SecondFactor,
    /// A demonstration: known passwords, generous limits, a clock that may stand still.
    pub demo: bool,
    /// The server that takes mails; without one, the inbox alone serves.
    pub mail: Option<MailConfig>,
    /// A folder that takes mails instead: the demonstration's own, no setting.
    #[serde(skip)]
    pub mail_folder: Option<PathBuf>,
    /// The people of a demonstration: its own, no setting.
    #[serde(skip)]
    pub demonstration: Option<Demonstration>,
}

/// Whether people must have a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactor {
    /// Everybody.
    Required,
    /// Who wants one.
    Optional,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database_url: String::new(),
            database_role: "filet_app".into(),
            pool_size: 6,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            metrics_listen: Some(SocketAddr::from(([127, 0, 0, 1], 9464))),
            workers: 2,
            keystore: PathBuf::from("/var/lib/filet/keys"),
            public_url: "http://127.0.0.1:8080".into(),
            second_factor: SecondFactor::Required,
            demo: false,
            mail: None,
            mail_folder: None,
            demonstration: None,
        }
    }
}

/// Why the program does not start.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the settings file cannot be read: {0}")]
    File(std::io::Error),
    /// The file says something unknown.
    #[error("the settings file is wrong: {0}")]
    Form(String),
    /// A setting must be given.
    #[error("{0} must be set")]
    Missing(&'static str),
    /// Something only a demonstration may do.
    #[error("{0} is refused unless demo = true")]
    DemoOnly(&'static str),
    /// A setting is not sound.
    #[error("{0} is not sound: {1}")]
    Unsound(&'static str, &'static str),
    /// A setting is not sound.
    #[error("{0} must be an https address: passwords and files travel under it")]
    Plain(&'static str),
}

impl Config {
    /// Reads a settings file, if one is named, and the environment over it.
    ///
    /// # Errors
    /// When something is unknown or missing.
    pub fn read(file: Option<&std::path::Path>) -> Result<Self, ConfigError> {
        let mut config = match file {
            None => Self::default(),
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(ConfigError::File)?;
                toml::from_str(&text).map_err(|error| ConfigError::Form(error.message().to_owned()))?
            }
        };
        if let Some(url) = variable("DATABASE_URL") {
            config.database_url = url;
        }
        if let Some(dir) = variable("FILET_KEYSTORE") {
            config.keystore = dir.into();
        }
        Ok(config)
    }

    /// The clock: the machine's, or a frozen one in a demonstration.
    ///
    /// # Errors
    /// When a real installation asks for a frozen clock.
    pub fn clock(&self, frozen: Option<chrono::DateTime<chrono::Utc>>) -> Result<Clock, ConfigError> {
        match frozen {
            None => Ok(Clock::System),
            Some(at) if self.demo => Ok(Clock::Frozen(at)),
            Some(_) => Err(ConfigError::DemoOnly("--clock")),
        }
    }

    /// The role to take on, if one is named.
    #[must_use]
    pub fn role(&self) -> Option<&str> {
        Some(self.database_role.as_str()).filter(|role| !role.is_empty())
    }

    /// What a real installation must have said for itself.
    ///
    /// # Errors
    /// When it has not.
    pub fn check(&self) -> Result<(), ConfigError> {
        if self.database_url.is_empty() {
            return Err(ConfigError::Missing("database_url (or DATABASE_URL)"));
        }
        if !self.demo && self.public_url == Self::default().public_url {
            return Err(ConfigError::Missing("public_url"));
        }
        if !self.demo && !self.public_url.starts_with("https://") {
            return Err(ConfigError::Plain("public_url"));
        }
        self.mail.as_ref().map_or(Ok(()), |mail| mail.check(self.demo))
    }
}

/// A variable of the environment, if it is set and not empty.
#[expect(clippy::disallowed_methods, reason = "this is the one place settings are read")]
#[must_use]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
