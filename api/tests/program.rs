//! The program as an operator runs it: it stops when told, leaves nothing behind when killed, and refuses to
//! open where it should not.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::panic,
    clippy::tests_outside_test_module,
    reason = "a test stops at the first surprise and may look at the environment"
)]

use std::{
    env, fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use migrations::private::{Binaries, OWNER, Options, Server, Tuning};
use tempfile::TempDir;

/// A directory which PostgreSQL's account may pass through.
fn place() -> TempDir {
    let place = TempDir::new().unwrap();
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o711)).unwrap();
    place
}

fn filet() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_filet"));
    command.env_remove("DATABASE_URL").env_remove("FILET_CONFIG").env_remove("FILET_KEYSTORE");
    command
}

/// A demonstration under way, once it serves.
struct Demo {
    child: Child,
    address: SocketAddr,
    // What it says further on must have a reader.
    _said: BufReader<std::process::ChildStdout>,
}

fn demo(data: &Path) -> Demo {
    let mut child = filet()
        .args(["demo", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let lines = said.by_ref().lines().map_while(Result::ok);
    let address = lines.filter_map(|line| {
        let rest = line.split("http://").nth(1)?;
        rest.split_whitespace().next()?.parse().ok()
    });
    let Some(address) = { address }.next() else {
        panic!("the demonstration ended before it served: {}", child.wait().unwrap())
    };
    Demo { child, address, _said: said }
}

fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// The process that serves the database of a demonstration.
fn postmaster(data: &Path) -> u32 {
    let mut found = Vec::new();
    find(data, "postmaster.pid", &mut found);
    let text = fs::read_to_string(found.pop().unwrap()).unwrap();
    text.lines().next().unwrap().trim().parse().unwrap()
}

fn find(folder: &Path, name: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find(&path, name, found);
        } else if path.file_name().is_some_and(|file| file == name) {
            found.push(path);
        }
    }
}

fn lives(pid: u32) -> bool {
    fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

fn until(what: &str, done: impl Fn() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn signal(child: &Child, name: &str) {
    assert!(
        Command::new("kill").arg(format!("-{name}")).arg(child.id().to_string()).status().unwrap().success()
    );
}

#[test]
fn told_to_stop_the_demonstration_ends_well_and_takes_its_database_with_it() {
    let place = place();
    for name in ["TERM", "INT"] {
        let mut demo = demo(place.path());
        let server = postmaster(place.path());
        assert!(get(demo.address, "/readyz").starts_with("HTTP/1.1 200"));
        signal(&demo.child, name);
        assert_eq!(demo.child.wait().unwrap().code(), Some(0), "{name}");
        assert!(!lives(server), "{name}");
    }
}

#[test]
fn killed_the_demonstration_leaves_no_database_behind_and_starts_again() {
    let place = place();
    let mut first = demo(place.path());
    let server = postmaster(place.path());
    first.child.kill().unwrap();
    first.child.wait().unwrap();
    until("PostgreSQL outlived the program", || !lives(server));
    let mut second = demo(place.path());
    assert!(get(second.address, "/readyz").starts_with("HTTP/1.1 200"));
    signal(&second.child, "TERM");
    second.child.wait().unwrap();
}

#[test]
fn a_clock_that_stands_still_is_for_demonstrations() {
    let refused = filet()
        .env("DATABASE_URL", "postgres:///nowhere")
        .args(["--config", "/dev/null", "serve", "--clock", "2026-11-22T15:00:00Z"])
        .output()
        .unwrap();
    assert!(!refused.status.success());
    let config = place();
    let file = config.path().join("filet.toml");
    fs::write(&file, "public_url = 'https://filet.example'\n").unwrap();
    let refused = filet()
        .env("DATABASE_URL", "postgres:///nowhere")
        .arg("--config")
        .arg(&file)
        .args(["serve", "--clock", "2026-11-22T15:00:00Z"])
        .output()
        .unwrap();
    assert_refused(&refused, "--clock is refused unless demo = true");
}

fn assert_refused(output: &Output, reason: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{said}");
    assert!(said.contains(reason), "{said}");
}

/// A PostgreSQL with the tables, and settings of a real installation over it.
struct Installation {
    place: TempDir,
    server: Server,
}

impl Installation {
    fn new() -> Self {
        let place = place();
        let directory = |name| env::var_os(name).map(PathBuf::from);
        let cache = Binaries::usual_cache(directory("XDG_DATA_HOME"), directory("HOME"));
        let binaries = Binaries::find(&cache, &|sentence| eprintln!("{sentence}")).unwrap();
        let data = place.path().join("database");
        let options = Options { data, short: "/tmp".into(), binaries, tuning: Tuning::Tests };
        let server = Server::start(&options).unwrap();
        let installation = Self { place, server };
        assert!(installation.run("public_url = 'https://filet.example'", &["migrate"]).status.success());
        installation
    }

    fn run(&self, settings: &str, arguments: &[&str]) -> Output {
        let config = self.place.path().join("filet.toml");
        let keys = self.place.path().join("keys");
        let listen = "listen = '127.0.0.1:0'\nmetrics_listen = '127.0.0.1:0'";
        fs::write(&config, format!("{settings}\n{listen}\nkeystore = '{}'\n", keys.display())).unwrap();
        filet()
            .env("DATABASE_URL", self.server.url(OWNER, "postgres"))
            .arg("--config")
            .arg(config)
            .args(arguments)
            .output()
            .unwrap()
    }
}

#[test]
fn a_real_installation_refuses_a_password_that_everybody_knows() {
    let installation = Installation::new();
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios/estrie.json");
    let load = ["load", scenario.to_str().unwrap(), "--password", "filet-de-securite"];
    let real = "public_url = 'https://filet.example'";
    assert_refused(&installation.run(real, &load), "this password stands in the documentation");
    let loaded = installation.run("demo = true", &load);
    assert!(loaded.status.success(), "{}", String::from_utf8_lossy(&loaded.stderr));
    assert_refused(&installation.run(real, &["serve"]), "the database holds a demonstration");
}

#[test]
fn a_real_installation_says_its_address_and_keeps_its_keys_to_itself() {
    let installation = Installation::new();
    assert_refused(&installation.run("", &["serve"]), "public_url must be set");
    assert_refused(
        &installation.run("public_url = 'http://filet.example'", &["serve"]),
        "must be an https address",
    );
    let unknown = installation.run("publik_url = 'https://filet.example'", &["serve"]);
    assert_refused(&unknown, "unknown field `publik_url`");
    let keys = installation.place.path().join("keys");
    fs::create_dir_all(&keys).unwrap();
    fs::set_permissions(&keys, fs::Permissions::from_mode(0o755)).unwrap();
    assert_refused(&installation.run("public_url = 'https://filet.example'", &["serve"]), "others");
}

#[test]
fn decide_answers_every_line_it_can_and_says_by_its_status_that_one_was_wrong() {
    let vectors = include_str!("../../authz/tests/vectors/gate.jsonl");
    let situation = |line: &str| {
        let vector: serde_json::Value = serde_json::from_str(line).unwrap();
        vector["situation"].to_string()
    };
    let lines: Vec<String> = vectors.lines().take(2).map(situation).collect();
    let decide = |input: String| {
        let mut child = filet().arg("decide").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let feeder = thread::spawn(move || stdin.write_all(input.as_bytes()));
        let output = child.wait_with_output().unwrap();
        feeder.join().unwrap().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        (output.status.code(), text.lines().map(str::to_owned).collect::<Vec<_>>())
    };
    let (status, answers) = decide(format!("{}\n\n{}\n", lines[0], lines[1]));
    assert_eq!((status, answers.len()), (Some(0), 2));
    let (status, broken) = decide(format!("{}\n\nno JSON\n{}", lines[0], lines[1]));
    assert_eq!(status, Some(1));
    assert_eq!(broken[1], r#"{"error":"line 3: is not JSON"}"#);
    assert_eq!((&broken[0], &broken[2]), (&answers[0], &answers[1]));
    assert_eq!(decide(String::new()), (Some(0), vec![]));
}

#[test]
fn verify_log_says_whole_or_names_the_line_with_nothing_but_files() {
    use proof::{Bundle, Checkpoint, Frontier, Hash, Leaf, Signer};
    let signer = Signer::new("filet/journal/essai", &[5; 32]);
    let rows = ["{\"act\":\"file.read\"}", "{\"act\":\"file.list\"}"];
    let leaves: Vec<Leaf> =
        rows.iter().map(|row| Leaf::Row(Hash::of_leaf(row.as_bytes()), (*row).to_owned())).collect();
    let mut tree = Frontier::empty();
    for leaf in &leaves {
        tree.push(leaf.hash());
    }
    let signed_at = "2026-02-28T23:59:59Z".parse().unwrap();
    let checkpoint = signer.sign(&Checkpoint { size: 2, root: tree.root(), signed_at });
    let piece = Bundle {
        key: signer.verifier().to_string(),
        start: Frontier::empty(),
        from: None,
        checkpoint: checkpoint.clone(),
        leaves,
    };
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).unwrap();
        folder.path().join(name)
    };
    let (point, whole) = (write("point.txt", &checkpoint), write("whole.txt", &piece.to_string()));
    let altered = write("altered.txt", &piece.to_string().replace("file.list\"", "file.read\""));
    let verify = |piece: &Path, key: &str| {
        let output = filet()
            .args(["verify-log", "--key", key, "--kept"])
            .arg(&point)
            .arg("--")
            .arg(piece)
            .env("PATH", "")
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let key = signer.verifier().to_string();
    let (status, said) = verify(&whole, &key);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.starts_with("whole: lines 1 to 2, of which 2 read"), "{said}");
    let (status, said) = verify(&altered, &key);
    assert_eq!(
        (status, said.as_str()),
        (Some(1), "NOT WHOLE: line 2 was altered: it is not what was signed\n")
    );
    let other = Signer::new("filet/journal/essai", &[6; 32]).verifier().to_string();
    assert_eq!(verify(&whole, &other).0, Some(1));
    assert_eq!(verify(&whole, "no key").0, Some(1));
}

#[test]
fn the_contract_says_of_each_parameter_where_it_is_sent() {
    let output = filet().arg("openapi").output().unwrap();
    let contract: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for (path, methods) in contract["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let (name, place) = (parameter["name"].as_str().unwrap(), parameter["in"].as_str().unwrap());
                let in_path = path.contains(&format!("{{{name}}}"));
                assert_eq!(place == "path", in_path, "{method} {path}: {name} in {place}");
            }
        }
    }
}
