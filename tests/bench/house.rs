//! What is measured: a private PostgreSQL that keeps what it commits, the program `filet serve` of the
//! release build, and somebody signed in.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use migrations::private::{Binaries, OWNER, Options, Server, Tuning};
use serde_json::{Value, json};

pub const DATABASE: &str = "filet_bench";
pub const PASSWORD: &str = "une phrase pour mesurer";
/// The moment of the fictional situation, so that what is in force stays in force.
pub const NOW: &str = "2026-11-22T15:00:00Z";

/// Starts the PostgreSQL of this directory.
pub fn postgresql(data: &Path) -> Server {
    let binaries = Binaries::find(&data.join("postgresql"), &|line| println!("{line}")).expect("PostgreSQL");
    let options = Options {
        data: data.join("database"),
        short: std::env::temp_dir(),
        binaries,
        tuning: Tuning::Durable,
    };
    Server::start(&options).expect("PostgreSQL starts")
}

pub fn url(server: &Server) -> String {
    server.url(OWNER, DATABASE)
}

/// A program that is killed when it is no longer looked at.
pub struct Running {
    child: Child,
    /// Where it answers.
    pub address: SocketAddr,
    /// From its start to its first word that it is ready.
    pub ready: Duration,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    /// Processor seconds used so far.
    pub fn cpu(&self) -> f64 {
        stat(&self.child.id().to_string()).expect("a process").own
    }

    /// Most memory ever resident, in MiB.
    pub fn peak(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("a process");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a figure");
        line.trim().trim_end_matches(" kB").parse::<f64>().expect("kilobytes") / 1024.0
    }
}

/// What the system says of a process: its parent, processor seconds of its own and of its children that ended.
struct Stat {
    parent: u32,
    own: f64,
    ended: f64,
}

fn stat(process: &str) -> Option<Stat> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let after_name: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks = |at: usize| after_name[at].parse::<f64>().expect("ticks") / 100.0;
    Some(Stat {
        parent: after_name[1].parse().ok()?,
        own: ticks(11) + ticks(12),
        ended: ticks(13) + ticks(14),
    })
}

/// Processor seconds that this directory's PostgreSQL used so far, all its processes together.
pub fn database_cpu(data: &Path) -> f64 {
    let lock = std::fs::read_to_string(data.join("database/cluster/postmaster.pid")).expect("it runs");
    let postmaster: u32 = lock.lines().next().and_then(|line| line.parse().ok()).expect("a process");
    let whole = stat(&postmaster.to_string()).expect("a process");
    let others = std::fs::read_dir("/proc").expect("/proc").flatten();
    let children = others.filter_map(|entry| stat(entry.file_name().to_str()?));
    whole.own
        + whole.ended
        + children.filter(|child| child.parent == postmaster).map(|child| child.own).sum::<f64>()
}

/// `filet serve` of the release build.
pub fn serve(server: &Server, data: &Path) -> Running {
    let own = std::env::current_exe().expect("this program");
    let program = own.ancestors().nth(2).expect("the directory of the release build").join("filet");
    assert!(program.exists(), "first: cargo build --release -p api");
    migrations::apply(&url(server)).expect("the tables of today");
    let settings = data.join("filet.toml");
    let text = format!(
        "database_url = {:?}\nkeystore = {:?}\nlisten = \"127.0.0.1:8471\"\ndemo = true\n\
         second_factor = \"optional\"\npublic_url = \"http://127.0.0.1:8471\"\n",
        url(server),
        data.join("keys")
    );
    std::fs::write(&settings, text).expect("the settings");
    let began = Instant::now();
    let mut child = Command::new(program)
        .args(["serve", "--clock", NOW, "--config"])
        .arg(&settings)
        .stdout(Stdio::piped())
        .spawn()
        .expect("filet starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its words")).read_line(&mut line).expect("a word");
    let address: SocketAddr = "127.0.0.1:8471".parse().expect("an address");
    while ureq::get(format!("http://{address}/readyz")).call().is_err() {
        std::thread::sleep(Duration::from_millis(5));
    }
    Running { child, address, ready: began.elapsed() }
}

/// The bare application, as a process of its own.
pub fn bare(server: &Server) -> Running {
    let began = Instant::now();
    let address = "127.0.0.1:8472";
    let own = std::env::current_exe().expect("this program");
    let child = Command::new(own).args(["bare", &url(server), address]).spawn().expect("bare starts");
    while std::net::TcpStream::connect(address).is_err() {
        std::thread::sleep(Duration::from_millis(5));
    }
    Running { child, address: address.parse().expect("an address"), ready: began.elapsed() }
}

/// An access token for a persona.
pub fn token(address: SocketAddr, email: &str) -> String {
    let mut answer = ureq::post(format!("http://{address}/api/v1/session"))
        .send_json(json!({"email": email, "password": PASSWORD}))
        .expect("signed in");
    let session: Value = answer.body_mut().read_json().expect("a session");
    session["access_token"].as_str().expect("a token").to_owned()
}
