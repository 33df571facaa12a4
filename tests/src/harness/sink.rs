//! A server that takes mails and keeps them, in the clear or under TLS of its own authority.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};

use api::mail::{MailConfig, Security};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufStream};
use tokio_rustls::{TlsAcceptor, rustls};

/// How the server answers a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// It takes every mail.
    Takes,
    /// It refuses every mail to an address that begins so.
    Refuses(&'static str),
}

/// The server.
pub struct Sink {
    port: u16,
    security: Security,
    folder: tempfile::TempDir,
    heard: Arc<Mutex<Heard>>,
}

#[derive(Default)]
struct Heard {
    mails: Vec<String>,
    lines: Vec<String>,
}

impl Sink {
    /// Starts it, on a thread that ends with the test.
    pub fn start(security: Security, mood: Mood) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        std::fs::write(folder.path().join("ca.pem"), made.cert.pem()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let tls = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(tls));
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Heard::default()));
        let hears = Arc::clone(&heard);
        std::thread::spawn(move || {
            super::cluster::block_on(async move {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                while let Ok((stream, _)) = listener.accept().await {
                    let (hears, acceptor) = (Arc::clone(&hears), acceptor.clone());
                    tokio::spawn(async move {
                        match security {
                            Security::None => drop(talk(stream, true, false, mood, &hears).await),
                            Security::Implicit => {
                                let Ok(stream) = acceptor.accept(stream).await else { return };
                                drop(talk(stream, true, false, mood, &hears).await);
                            }
                            Security::Starttls => {
                                let Some(stream) = talk(stream, true, true, mood, &hears).await else {
                                    return;
                                };
                                let Ok(stream) = acceptor.accept(stream).await else { return };
                                drop(talk(stream, false, false, mood, &hears).await);
                            }
                        }
                    });
                }
            });
        });
        Self { port, security, folder, heard }
    }

    /// The settings that lead here.
    pub fn settings(&self) -> MailConfig {
        MailConfig {
            host: "localhost".into(),
            port: Some(self.port),
            security: self.security,
            ca_file: Some(self.authority()),
            user: None,
            password: None,
            password_file: None,
            from: "avis@filet.example".into(),
        }
    }

    /// The certificate of its authority.
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// The mails taken so far, headers and all, as they came.
    pub fn mails(&self) -> Vec<String> {
        self.heard.lock().unwrap().mails.clone()
    }

    /// Every line that was said to it, mails included.
    pub fn lines(&self) -> Vec<String> {
        self.heard.lock().unwrap().lines.clone()
    }
}

/// One conversation; gives the stream back when TLS is to begin.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    greets: bool,
    offers_tls: bool,
    mood: Mood,
    heard: &Mutex<Heard>,
) -> Option<S> {
    let mut stream = BufStream::new(stream);
    let mut to = String::new();
    let mut answer = if greets { "220 sink\r\n" } else { "" };
    loop {
        stream.write_all(answer.as_bytes()).await.ok()?;
        stream.flush().await.ok()?;
        let line = hear(&mut stream, heard).await?;
        let word = line.split_whitespace().next().unwrap_or_default().to_uppercase();
        answer = match word.as_str() {
            "EHLO" if offers_tls => "250-sink\r\n250 STARTTLS\r\n",
            "EHLO" => "250 sink\r\n",
            "STARTTLS" => {
                stream.write_all(b"220 go\r\n").await.ok()?;
                stream.flush().await.ok()?;
                return Some(stream.into_inner());
            }
            "RCPT" => {
                to = line.split('<').nth(1).unwrap_or_default().to_owned();
                "250 ok\r\n"
            }
            "DATA" => {
                stream.write_all(b"354 go\r\n").await.ok()?;
                stream.flush().await.ok()?;
                let mut mail = String::new();
                loop {
                    let line = hear(&mut stream, heard).await?;
                    if line == ".\r\n" {
                        break;
                    }
                    mail.push_str(&line);
                }
                match mood {
                    Mood::Refuses(start) if to.starts_with(start) => "550 not here\r\n",
                    Mood::Takes | Mood::Refuses(_) => {
                        heard.lock().unwrap().mails.push(mail);
                        "250 taken\r\n"
                    }
                }
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await.ok()?;
                let _ = stream.flush().await;
                return None;
            }
            _ => "250 ok\r\n",
        };
    }
}

async fn hear<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut BufStream<S>,
    heard: &Mutex<Heard>,
) -> Option<String> {
    let mut line = String::new();
    match stream.read_line(&mut line).await {
        Ok(1..) => heard.lock().unwrap().lines.push(line.clone()),
        _ => return None,
    }
    Some(line)
}
