//! Starting and stopping the server, as a child that ends with us however we end.

use std::{
    fmt::Write,
    fs::File,
    io,
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Child, Command},
    sync::mpsc,
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use super::{Binaries, PrivateError, cluster::Cluster, error::Attempt};

/// The role that owns the cluster and its tables; migrations run as it.
pub const OWNER: &str = "filet_owner";

/// A start after a crash replays what was written since the last checkpoint.
const START_LIMIT: Duration = Duration::from_secs(120);
const STOP_LIMIT: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(10);

/// What a server runs on.
#[derive(Debug, Clone)]
pub struct Options {
    /// Directory of this server alone; made when absent, its content reused when present.
    pub data: PathBuf,
    /// Where a directory for the socket may be made if `data` has too long a name: `/tmp`, or
    /// `XDG_RUNTIME_DIR` of an ordinary user.
    pub short: PathBuf,
    /// The programs.
    pub binaries: Binaries,
    /// What the data are worth.
    pub tuning: Tuning,
}

/// What the data are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tuning {
    /// Every commit survives a power cut.
    Durable,
    /// Fast, many connections, and lost if the machine stops.
    Tests,
}

/// A running server; dropping it stops it.
#[derive(Debug)]
pub struct Server {
    cluster: Cluster,
    sockets: PathBuf,
    child: Child,
    leash: Option<Leash>,
    // Removed last, when the server has left it.
    _fresh: Option<tempfile::TempDir>,
}

impl Server {
    /// Starts the server and returns once it answers: about a second the first time, a tenth later.
    ///
    /// A directory on which another program runs is refused; one whose program was killed is taken over as
    /// soon as its server has ended.
    pub fn start(options: &Options) -> Result<Self, PrivateError> {
        let cluster = Cluster::open(&options.data, &options.binaries, options.tuning)?;
        let (sockets, fresh) = cluster.socket_directory(&options.short)?;
        let log = cluster.new_log()?;
        let mut command = cluster.account.command(&options.binaries, "postgres", "INT");
        command.arg("-D").arg(cluster.path()).arg("-k").arg(&sockets);
        for setting in SETTINGS.iter().chain(options.tuning.settings()) {
            command.args(["-c", setting]);
        }
        let (child, leash) = spawn(command, log)?;
        let mut server = Self { cluster, sockets, child, leash: Some(leash), _fresh: fresh };
        server.wait_until_ready()?;
        Ok(server)
    }

    /// An address that `AsyncPgConnection` accepts, for a role and a database of this server.
    ///
    /// A new server has the role [`OWNER`] and the database `postgres`.
    pub fn url(&self, user: &str, database: &str) -> String {
        let host = encode(&self.sockets.to_string_lossy());
        format!("postgres:///{}?host={host}&user={}", encode(database), encode(user))
    }

    /// Process number of the server.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The file it logs to. Statements, their parameters and the values in their errors never reach it.
    pub fn log(&self) -> PathBuf {
        self.cluster.log_path()
    }

    /// Ends every connection, writes everything down and returns when the server is gone.
    pub fn stop(mut self) -> Result<(), PrivateError> {
        self.end()
    }

    fn wait_until_ready(&mut self) -> Result<(), PrivateError> {
        let begun = Instant::now();
        // The socket accepts before the server does; and an old file may name a server that is no more.
        while self.cluster.postmaster() != Some((self.child.id(), "ready".to_owned())) {
            if self.child.try_wait().attempt(|| "watch PostgreSQL".to_owned())?.is_some() {
                return Err(PrivateError::Failed { program: "postgres", said: self.cluster.log_tail() });
            }
            if begun.elapsed() > START_LIMIT {
                return Err(self.late("ready", START_LIMIT));
            }
            thread::sleep(POLL);
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), PrivateError> {
        let Some(leash) = self.leash.take() else { return Ok(()) };
        leash.release();
        let begun = Instant::now();
        while self.child.try_wait().attempt(|| "watch PostgreSQL".to_owned())?.is_none() {
            if begun.elapsed() > STOP_LIMIT {
                let late = self.late("stopped", STOP_LIMIT);
                self.child.kill().and_then(|()| self.child.wait()).attempt(|| "end PostgreSQL".to_owned())?;
                return Err(late);
            }
            thread::sleep(POLL);
        }
        Ok(())
    }

    fn late(&self, state: &'static str, limit: Duration) -> PrivateError {
        PrivateError::Late { state, seconds: limit.as_secs(), said: self.cluster.log_tail() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            tracing::warn!(%error, "the private PostgreSQL did not stop in order");
        }
    }
}

impl Tuning {
    fn settings(self) -> &'static [&'static str] {
        match self {
            Self::Durable => &["max_connections=100", "shared_buffers=256MB"],
            Self::Tests => {
                &["max_connections=300", "shared_buffers=64MB", "fsync=off", "full_page_writes=off"]
            }
        }
    }
}

/// Reachable through its socket alone, and silent about values.
///
/// INVARIANT: no value of a statement, parameter or error reaches the log. `log_min_messages=log` is what
/// keeps out errors whose very sentence quotes one ("invalid input syntax …"); the others keep out the rest.
const SETTINGS: &[&str] = &[
    "listen_addresses=",
    "port=5432",
    "unix_socket_permissions=0700",
    "logging_collector=off",
    "log_destination=stderr",
    "log_min_messages=log",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    "log_statement=none",
    "log_min_duration_statement=-1",
    "log_min_duration_sample=-1",
    "log_transaction_sample_rate=0",
    "log_parameter_max_length=0",
    "log_parameter_max_length_on_error=0",
    "log_lock_waits=off",
    "log_temp_files=-1",
    "debug_print_parse=off",
    "debug_print_rewritten=off",
    "debug_print_plan=off",
];

/// Holds the server: when the thread that spawned it ends, by will or by `kill -9`, the kernel sends it SIGINT,
/// which is its "stop now, in order".
#[derive(Debug)]
struct Leash {
    hold: mpsc::Sender<()>,
    thread: JoinHandle<()>,
}

impl Leash {
    fn release(self) {
        drop(self.hold);
        // It only waits; a panic there would have ended it all the same.
        drop(self.thread.join());
    }
}

fn spawn(mut command: Command, log: File) -> Result<(Child, Leash), PrivateError> {
    let why = || "run setpriv and postgres".to_owned();
    let copy = log.try_clone().attempt(why)?;
    // A group of its own: Ctrl-C in the terminal is for us, who then stop it in order.
    command.stdout(copy).stderr(log).process_group(0);
    let (hold, held) = mpsc::channel::<()>();
    let (give, take) = mpsc::channel::<io::Result<Child>>();
    let wait = move || {
        let spawned = command.spawn();
        drop(command);
        if give.send(spawned).is_ok() {
            // Nothing is ever sent: this returns when the other end is dropped.
            held.recv().unwrap_or_default();
        }
    };
    let thread = thread::Builder::new().name("postgres-leash".to_owned()).spawn(wait).attempt(why)?;
    let child = take.recv().unwrap_or_else(|_| Err(io::Error::other("its thread stopped"))).attempt(why)?;
    Ok((child, Leash { hold, thread }))
}

/// Percent-encodes everything that could mean something in an address.
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            write!(encoded, "%{byte:02X}").unwrap_or_default();
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn an_address_keeps_its_parts_apart() {
        assert_eq!(encode("/tmp/à côté?&user=x"), "%2Ftmp%2F%C3%A0%20c%C3%B4t%C3%A9%3F%26user%3Dx");
        assert_eq!(encode("filet_owner-1.2~3"), "filet_owner-1.2~3");
    }
}
