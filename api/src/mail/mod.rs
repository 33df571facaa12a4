//! Mails that say that a message waits, and nothing else. What is due, claimed and settled is `domain`'s.

mod config;
mod post;

use std::{path::PathBuf, time::Duration};

use authz::id::MailId;
use domain::{jobs::Mail, notification::letter};
use lettre::{
    AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue, MIME_VERSION_1_0},
    },
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
        extension::ClientId,
    },
};

pub use config::{MailConfig, Secret, Security};
pub use post::post;

use crate::config::{Config, ConfigError};

/// How long the server may take for one answer.
const ANSWER: Duration = Duration::from_secs(10);
/// How long one mail may take: well within the claim on it.
const WHOLE: Duration = Duration::from_secs(45);

/// Sends mails.
#[derive(Clone)]
pub struct Mailer {
    way: Way,
    from: Mailbox,
    inbox: String,
}

#[derive(Clone)]
enum Way {
    Server(AsyncSmtpTransport<Tokio1Executor>),
    Folder(AsyncFileTransport<Tokio1Executor>),
}

/// Why a mail was not sent. What the server said is not kept: it may repeat an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSent {
    /// The server refused this mail; others may pass.
    Refused,
    /// The server cannot be reached, or does not answer in time.
    Away,
}

impl Mailer {
    /// The way mails go, if the settings name one.
    ///
    /// # Errors
    /// When a setting is not sound.
    pub fn new(config: &Config) -> Result<Option<Self>, ConfigError> {
        let inbox = format!("{}/inbox", config.public_url.trim_end_matches('/'));
        match (&config.mail, &config.mail_folder) {
            (Some(mail), _) => {
                mail.check(config.demo)?;
                let from = mail.sender()?;
                Ok(Some(Self { way: Way::Server(server(mail, &from)?), from, inbox }))
            }
            (None, Some(folder)) => Self::to_folder(folder, inbox).map(Some),
            (None, None) => Ok(None),
        }
    }

    fn to_folder(folder: &PathBuf, inbox: String) -> Result<Self, ConfigError> {
        std::fs::create_dir_all(folder).map_err(ConfigError::File)?;
        let from = "filet@demo.example".parse().map_err(|_| ConfigError::Missing("mail.from"))?;
        let way = Way::Folder(AsyncFileTransport::new(folder));
        Ok(Self { way, from: Mailbox::new(None, from), inbox })
    }

    /// Sends one mail.
    ///
    /// # Errors
    /// When the server refuses it, or is away.
    pub async fn send(&self, mail: &Mail) -> Result<(), NotSent> {
        let message = self.message(mail).ok_or(NotSent::Refused)?;
        let sending = async {
            match &self.way {
                Way::Folder(folder) => folder.send(message).await.map(|_| ()).map_err(|_| NotSent::Away),
                Way::Server(server) => match server.send(message).await {
                    Ok(_) => Ok(()),
                    Err(error) if error.status().is_some() => Err(NotSent::Refused),
                    Err(_) => Err(NotSent::Away),
                },
            }
        };
        tokio::time::timeout(WHOLE, sending).await.unwrap_or(Err(NotSent::Away))
    }

    /// The mail as it travels. Its `Message-ID` comes out of its identifier and is the same at every attempt.
    fn message(&self, mail: &Mail) -> Option<Message> {
        let letter = letter(mail.lang, &self.inbox);
        Message::builder()
            .message_id(Some(self.message_id(mail.id)))
            .from(self.from.clone())
            .to(Mailbox::new(None, mail.to.parse().ok()?))
            .header(AutoSubmitted)
            .header(MIME_VERSION_1_0)
            .header(ContentType::TEXT_PLAIN)
            .header(ContentTransferEncoding::QuotedPrintable)
            .subject(letter.subject)
            .body(letter.body)
            .ok()
    }

    fn message_id(&self, id: MailId) -> String {
        format!("<{id}@{}>", self.from.email.domain())
    }
}

/// Nobody's answering machine answers to what says this (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".into())
    }
}

fn server(mail: &MailConfig, from: &Mailbox) -> Result<AsyncSmtpTransport<Tokio1Executor>, ConfigError> {
    let unsound = |_| ConfigError::Unsound("mail.host", "no TLS can be prepared for it");
    let tls = match mail.security {
        Security::None => Tls::None,
        Security::Implicit => Tls::Wrapper(parameters(mail)?.build().map_err(unsound)?),
        Security::Starttls => Tls::Required(parameters(mail)?.build().map_err(unsound)?),
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&mail.host)
        .port(mail.port())
        .tls(tls)
        .hello_name(ClientId::Domain(from.email.domain().to_owned()))
        .timeout(Some(ANSWER));
    if let Some((user, password)) = mail.credentials()? {
        builder = builder.credentials(Credentials::new(user, password));
    }
    Ok(builder.build())
}

fn parameters(
    mail: &MailConfig,
) -> Result<lettre::transport::smtp::client::TlsParametersBuilder, ConfigError> {
    let mut parameters = TlsParameters::builder(mail.host.clone());
    if let Some(file) = &mail.ca_file {
        let pem = std::fs::read(file).map_err(ConfigError::File)?;
        let authority = Certificate::from_pem(&pem)
            .map_err(|_| ConfigError::Unsound("mail.ca_file", "not a certificate as PEM"))?;
        parameters = parameters.add_root_certificate(authority);
    }
    Ok(parameters)
}
