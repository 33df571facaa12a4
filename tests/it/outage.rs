//! The database goes away and comes back: no answer hangs, none shows anything, and nobody restarts the server.

use std::{
    io::{Read, Write},
    net::Shutdown,
    os::unix::net::{UnixListener, UnixStream},
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use serde_json::json;
use tests::harness::{House, Served};

/// Stands between the server and the database, and can be as silent as an unplugged cable or as blunt as a
/// server that was stopped.
struct Line {
    directory: tempfile::TempDir,
    cut: Arc<AtomicBool>,
    silent: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<UnixStream>>>,
}

const SOCKET: &str = ".s.PGSQL.5432";

impl Line {
    fn to(url: &str) -> (Self, String) {
        let decoded = url.replace("%2F", "/").replace("%2E", ".");
        let host = decoded.split("host=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        let directory = tempfile::tempdir().unwrap();
        let own = directory.path().display().to_string();
        let line = Self { directory, cut: Arc::default(), silent: Arc::default(), open: Arc::default() };
        line.listen(PathBuf::from(&host).join(SOCKET));
        (line, decoded.replace(&host, &own))
    }

    fn listen(&self, target: PathBuf) {
        let listener = UnixListener::bind(self.directory.path().join(SOCKET)).unwrap();
        let (cut, open) = (Arc::clone(&self.cut), Arc::clone(&self.open));
        let silent = Arc::clone(&self.silent);
        thread::spawn(move || {
            for client in listener.incoming() {
                let Ok(client) = client else { break };
                if cut.load(Ordering::SeqCst) {
                    continue;
                }
                let server = UnixStream::connect(&target).unwrap();
                open.lock().unwrap().extend([client.try_clone().unwrap(), server.try_clone().unwrap()]);
                for (mut from, mut to) in [
                    (client.try_clone().unwrap(), server.try_clone().unwrap()),
                    (server.try_clone().unwrap(), client.try_clone().unwrap()),
                ] {
                    let silent = Arc::clone(&silent);
                    thread::spawn(move || {
                        let mut block = [0; 1 << 14];
                        while let Ok(read @ 1..) = from.read(&mut block) {
                            while silent.load(Ordering::SeqCst) {
                                thread::sleep(Duration::from_millis(5));
                            }
                            if to.write_all(&block[..read]).is_err() {
                                break;
                            }
                        }
                        let _ = to.shutdown(Shutdown::Both);
                    });
                }
            }
        });
    }

    fn stop(&self) {
        self.cut.store(true, Ordering::SeqCst);
        for stream in self.open.lock().unwrap().drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn start(&self) {
        self.cut.store(false, Ordering::SeqCst);
    }
}

#[test]
fn while_the_database_is_away_every_answer_is_503_and_afterwards_all_is_as_before() {
    let mut house = House::estrie();
    house.stop();
    let (line, url) = Line::to(&house.database.url);
    let served = Served::over(&url, &house.keystore_path());
    let amina = served.sign_in("amina").for_purpose("safety_planning");
    amina.get(&house.file_path()).expect(200);
    let visitor = served.stranger();
    assert_eq!(visitor.get("/readyz").status, 200);

    line.stop();
    let fact = json!({"person": house.file().persons["mireille"], "field": "incident", "value": "perdu?"});
    for _ in 0..10 {
        for answer in [
            amina.get(&house.file_path()),
            amina.get("/api/v1/files"),
            amina.post(&format!("{}/facts", house.file_path()), &fact),
            visitor.post("/api/v1/session", &json!({"email": "amina@x.example", "password": "x"})),
        ] {
            answer.problem(503, "unavailable");
            assert_eq!(answer.header("retry-after"), Some("2"));
            assert!(!answer.text.contains("Mireille"));
        }
    }
    assert_eq!(visitor.get("/healthz").status, 200, "the program itself is alive");
    assert_eq!(visitor.get("/readyz").status, 503);

    line.start();
    let back = (0..50).any(|_| {
        thread::sleep(Duration::from_millis(100));
        amina.get(&house.file_path()).status == 200
    });
    assert!(back, "it comes back by itself");
    assert_eq!(visitor.get("/readyz").status, 200);
    assert_eq!(house.database.ask("select count(*) from fact"), "31", "what was refused was not half done");
    amina.post(&format!("{}/facts", house.file_path()), &fact).expect(201);
}

#[test]
fn a_database_that_falls_silent_keeps_nobody_waiting() {
    let mut house = House::estrie();
    house.stop();
    let (line, url) = Line::to(&house.database.url);
    let served = Served::over(&url, &house.keystore_path());
    let amina = served.sign_in("amina").for_purpose("safety_planning");
    amina.get(&house.file_path()).expect(200);

    line.silent.store(true, Ordering::SeqCst);
    let impatient = amina.giving_up_after(Duration::from_secs(4));
    for path in [house.file_path(), "/api/v1/files".into(), "/api/v1/me".into()] {
        impatient.get(&path).problem(503, "unavailable");
    }
    assert_eq!(impatient.get("/readyz").status, 503);
    assert_eq!(impatient.get("/healthz").status, 200);

    line.silent.store(false, Ordering::SeqCst);
    let back = (0..50).any(|_| {
        thread::sleep(Duration::from_millis(100));
        amina.get(&house.file_path()).status == 200
    });
    assert!(back, "it comes back by itself");
}
