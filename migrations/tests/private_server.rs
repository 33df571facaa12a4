//! The private server: starts, keeps what it was given, refuses a second master, and never outlives its own.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test stops at the first surprise and says what it waits for"
)]

mod support;

use std::{
    fs::{self, Permissions},
    io::{BufRead, BufReader},
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use migrations::private::{OWNER, PrivateError, Server};
use support::{place, start};

/// Names the data directory to the process that is going to be killed.
const HOLD: &str = "FILET_TEST_HOLD";

#[test]
fn what_is_written_is_there_again_after_a_stop_and_a_start() {
    let place = place();
    let server = start(place.path()).unwrap();
    sql(&server, "create table kept (word text); insert into kept values ('still here')").unwrap();
    server.stop().unwrap();

    let server = start(place.path()).unwrap();
    sql(&server, "do $$ begin assert (select word from kept) = 'still here'; end $$").unwrap();
}

#[test]
fn a_second_start_on_the_same_data_is_refused_in_plain_words() {
    let place = place();
    let first = start(place.path()).unwrap();
    let refusal = start(place.path()).unwrap_err();
    assert!(matches!(refusal, PrivateError::AlreadyRunning(_)), "{refusal}");
    assert!(refusal.to_string().contains("another program is already running"), "{refusal}");
    sql(&first, "select 1").unwrap();
}

#[test]
fn a_dropped_server_is_gone_when_the_drop_returns() {
    let place = place();
    let server = start(place.path()).unwrap();
    let pid = server.pid();
    assert!(lives(pid));
    drop(server);
    assert!(!lives(pid));
}

#[test]
fn killing_the_program_ends_its_server_in_order() {
    hold_a_server_if_asked_to();
    let place = place();
    let server =
        in_a_program_that_is_killed("killing_the_program_ends_its_server_in_order", place.path(), |_| ());
    wait_until("the server has ended", || !lives(server));
    assert!(!place.path().join("cluster/postmaster.pid").exists());
    let log = fs::read_to_string(place.path().join("server.log")).unwrap();
    assert!(log.contains("received fast shutdown request"), "{log}");
    assert!(log.contains("database system is shut down"), "{log}");
}

#[test]
fn a_start_right_after_the_program_was_killed_waits_for_its_server_and_finds_its_data() {
    hold_a_server_if_asked_to();
    let place = place();
    let name = "a_start_right_after_the_program_was_killed_waits_for_its_server_and_finds_its_data";
    // With its writer frozen, the old server cannot end before the new start meets it.
    let mut writer = 0;
    in_a_program_that_is_killed(name, place.path(), |server| {
        writer = checkpointer(server);
        signal("STOP", writer);
    });
    let data = place.path().to_owned();
    let starting = thread::spawn(move || start(&data));
    thread::sleep(Duration::from_millis(500));
    assert!(!starting.is_finished(), "it did not wait");
    signal("CONT", writer);
    let server = starting.join().unwrap().unwrap();
    sql(&server, "do $$ begin assert (select word from kept) = 'still here'; end $$").unwrap();
}

#[test]
fn nobody_else_may_enter_the_data_or_the_socket() {
    let place = place();
    let server = start(place.path()).unwrap();
    for directory in ["cluster", "socket"] {
        let mode = fs::metadata(place.path().join(directory)).unwrap().mode();
        assert_eq!(mode & 0o077, 0, "{directory}");
    }
    assert_eq!(fs::metadata(server.log()).unwrap().mode() & 0o077, 0);
    sql(&server, "do $$ begin assert current_setting('listen_addresses') = ''; end $$").unwrap();
}

#[test]
fn a_data_directory_with_a_long_name_gets_its_socket_elsewhere() {
    let place = place();
    let long = place.path().join("d".repeat(100));
    let server = start(&long).unwrap();
    sql(&server, "select 1").unwrap();
    assert!(!server.url(OWNER, "postgres").contains("ddd"));
}

#[test]
fn values_in_statements_that_fail_do_not_reach_the_log() {
    let place = place();
    let server = start(place.path()).unwrap();
    sql(&server, "create table word (word text primary key, n int check (n > 0))").unwrap();
    for failing in [
        "select 'Secret-Name'::uuid",
        "insert into word values ('Secret-Name', -1)",
        "insert into word values ('Secret-Name', 1), ('Secret-Name', 1)",
        "do $$ begin raise exception 'Secret-Name'; end $$",
        "do $$ begin raise warning 'Secret-Name'; end $$; select 1/0",
        "select Secret-Name from",
    ] {
        sql(&server, failing).unwrap_err();
    }
    let log = server.log();
    server.stop().unwrap();
    let log = fs::read_to_string(log).unwrap();
    assert!(log.contains("ready to accept connections"), "{log}");
    assert!(!log.to_lowercase().contains("secret-name"), "{log}");
}

#[test]
fn a_cluster_that_cannot_start_says_why() {
    let place = place();
    start(place.path()).unwrap().stop().unwrap();
    let settings = place.path().join("cluster/postgresql.conf");
    fs::write(&settings, "no_such_setting = 1\n").unwrap();
    let refusal = start(place.path()).unwrap_err();
    assert!(refusal.to_string().contains("no_such_setting"), "{refusal}");
}

#[test]
fn a_cluster_of_another_version_is_refused_before_anything_is_started() {
    let place = place();
    start(place.path()).unwrap().stop().unwrap();
    fs::write(place.path().join("cluster/PG_VERSION"), "9\n").unwrap();
    let refusal = start(place.path()).unwrap_err();
    assert!(matches!(refusal, PrivateError::OtherVersion { .. }), "{refusal}");
}

#[test]
fn a_cluster_whose_making_was_interrupted_is_made_again() {
    let place = place();
    let half = place.path().join("cluster.new");
    fs::create_dir(&half).unwrap();
    fs::write(half.join("PG_VERSION"), "15\n").unwrap();
    let server = start(place.path()).unwrap();
    sql(&server, "select 1").unwrap();
    assert!(!half.exists());
}

#[test]
fn as_root_a_directory_that_the_server_may_not_enter_is_named() {
    let place = place();
    if fs::metadata(place.path()).unwrap().uid() != 0 {
        return;
    }
    let closed = place.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, Permissions::from_mode(0o700)).unwrap();
    let refusal = start(&closed.join("data")).unwrap_err();
    assert!(matches!(refusal, PrivateError::Closed { .. }), "{refusal}");
    assert!(refusal.to_string().contains("/closed.\n"), "{refusal}");
}

#[test]
fn as_root_a_directory_of_somebody_else_is_refused() {
    let place = place();
    if fs::metadata(place.path()).unwrap().uid() != 0 {
        return;
    }
    chown(place.path(), Some(12_345), None).unwrap();
    let refusal = start(place.path()).unwrap_err();
    assert!(matches!(refusal, PrivateError::OtherOwner(_)), "{refusal}");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0, "something was written there");
}

/// Runs `test` of this same file in another process, where it holds a server on `data`; kills that process
/// with no chance to clean up; gives back the number of the server.
fn in_a_program_that_is_killed(test: &str, data: &Path, before: impl FnOnce(u32)) -> u32 {
    let mut program = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(HOLD, data)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(program.stdout.take().unwrap());
    let line = said.lines().map(Result::unwrap).find(|line| line.contains("server=")).unwrap();
    let server = line.split("server=").nth(1).unwrap().parse().unwrap();
    assert!(lives(server));
    before(server);
    program.kill().unwrap();
    program.wait().unwrap();
    server
}

/// The other process's part of [`in_a_program_that_is_killed`].
fn hold_a_server_if_asked_to() {
    let Some(data) = std::env::var_os(HOLD) else { return };
    let server = start(Path::new(&data)).unwrap();
    sql(&server, "create table kept (word text); insert into kept values ('still here')").unwrap();
    println!("server={}", server.pid());
    loop {
        thread::park();
    }
}

/// Runs statements as the owner.
fn sql(server: &Server, statements: &str) -> Result<(), String> {
    support::sql(&server.url(OWNER, "postgres"), statements)
}

fn lives(pid: u32) -> bool {
    Path::new(&format!("/proc/{pid}")).exists()
}

/// The process of `server` that writes the last pages when it ends.
fn checkpointer(server: u32) -> u32 {
    let children = fs::read_to_string(format!("/proc/{server}/task/{server}/children")).unwrap();
    let title = |child: &&str| fs::read_to_string(format!("/proc/{child}/cmdline")).unwrap();
    children.split_whitespace().find(|child| title(child).contains("checkpointer")).unwrap().parse().unwrap()
}

fn signal(name: &str, process: u32) {
    let command = format!("kill -{name} {process}");
    assert!(Command::new("sh").args(["-c", &command]).status().unwrap().success());
}

fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(60), "not in time: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}
