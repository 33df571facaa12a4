//! Settings of mail.

use std::{fmt, path::PathBuf};

use lettre::message::Mailbox;
use serde::Deserialize;

use crate::config::ConfigError;

/// The server that takes mails, and whom they come from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    /// Its name; the certificate must bear it.
    pub host: String,
    /// Its port; what is usual for the way it is spoken to, if not said.
    #[serde(default)]
    pub port: Option<u16>,
    /// How it is spoken to.
    #[serde(default)]
    pub security: Security,
    /// A certificate authority to trust besides the public ones, as PEM: an institution's own.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Who signs in, if the server asks for it.
    #[serde(default)]
    pub user: Option<String>,
    /// With which password.
    #[serde(default)]
    pub password: Option<Secret>,
    /// Or the file it stands in.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// The address mails come from.
    pub from: String,
}

/// How the server for mail is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// TLS from the first byte; port 465.
    #[default]
    Implicit,
    /// TLS before anything else is said; port 587. A server that does not offer it is told nothing.
    Starttls,
    /// In the clear, in a demonstration only; port 25.
    None,
}

/// A password that no log line repeats.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("•••")
    }
}

impl MailConfig {
    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.security {
            Security::Implicit => 465,
            Security::Starttls => 587,
            Security::None => 25,
        })
    }

    /// The address mails come from, with nobody's name.
    pub(super) fn sender(&self) -> Result<Mailbox, ConfigError> {
        let address =
            self.from.parse().map_err(|_| ConfigError::Unsound("mail.from", "not an e-mail address"))?;
        Ok(Mailbox::new(None, address))
    }

    /// Who signs in with which password, if anybody.
    pub(super) fn credentials(&self) -> Result<Option<(String, String)>, ConfigError> {
        let password = match (&self.password, &self.password_file) {
            (None, None) => None,
            (Some(Secret(password)), None) => Some(password.clone()),
            (None, Some(file)) => {
                let text = std::fs::read_to_string(file).map_err(ConfigError::File)?;
                Some(text.trim_end_matches(['\r', '\n']).to_owned())
            }
            (Some(_), Some(_)) => {
                return Err(ConfigError::Unsound("mail.password", "mail.password_file is given too"));
            }
        };
        match (&self.user, password) {
            (None, None) => Ok(None),
            (Some(user), Some(password)) => Ok(Some((user.clone(), password))),
            (Some(_), None) => Err(ConfigError::Missing("mail.password or mail.password_file")),
            (None, Some(_)) => Err(ConfigError::Missing("mail.user")),
        }
    }

    /// What is wrong before anything is sent.
    ///
    /// # Errors
    /// When a member is not sound, or only a demonstration may say it.
    pub fn check(&self, demo: bool) -> Result<(), ConfigError> {
        if self.security == Security::None && !demo {
            return Err(ConfigError::DemoOnly("mail.security = \"none\""));
        }
        if self.host.is_empty() {
            return Err(ConfigError::Missing("mail.host"));
        }
        self.sender()?;
        self.credentials().map(|_| ())
    }
}
