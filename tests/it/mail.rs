//! Mails claimed, sent, tried again and given up: never two processes at one mail, never a message lost.

use std::sync::{Arc, Barrier};

use api::{
    config::{Config, ConfigError},
    mail::{Mailer, Security, post},
    server::Metrics,
};
use authz::clock::{Clock, real_now};
use chrono::{DateTime, TimeDelta, Utc};
use domain::jobs::{LEASE, Line, MOST_ATTEMPTS, claim_mail, mail_counts, mail_failed, mail_sent, round};
use serde_json::json;
use tests::harness::{ESTRIE_NOW, House, Mood, Sink, settings};

pub(crate) fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

pub(crate) fn at(text: &str) -> Clock {
    Clock::Frozen(text.parse().unwrap())
}

/// One round of the jobs at a moment.
pub(crate) fn deliver(house: &House, now: &str) {
    block_on(round(&house.database.url, Some("filet_app"), at(now))).unwrap();
}

fn mailer(house: &House, sink: &Sink) -> Mailer {
    let mail = Some(sink.settings());
    let config = Config { mail, ..settings(&house.database.url, &house.keystore_path()) };
    Mailer::new(&config).unwrap().unwrap()
}

pub(crate) async fn line(house: &House) -> Line {
    Line::open(&house.database.url, Some("filet_app")).await.unwrap()
}

/// Sends what is due at a moment and says how many mails went.
pub(crate) fn send(house: &House, sink: &Sink, now: &str) -> usize {
    let mailer = mailer(house, sink);
    block_on(async { post(&mailer, &mut line(house).await, at(now)).await.unwrap() })
}

/// Whom the mails taken so far went to, in order.
pub(crate) fn receivers(sink: &Sink) -> Vec<String> {
    let mut to: Vec<String> = sink.mails().iter().map(|mail| header(mail, "To")).collect();
    to.sort_unstable();
    to
}

pub(crate) fn header(mail: &str, name: &str) -> String {
    let prefix = format!("{name}: ");
    let mut values = mail.split("\r\n").filter_map(|line| line.strip_prefix(&prefix));
    values.next().unwrap_or_else(|| panic!("no {name} in {mail}")).to_owned()
}

/// A message left for somebody, as an act leaves it.
pub(crate) fn leave(house: &House, key: &str, kind: &str) {
    let (account, file) = (house.loaded.users[key], house.file().id);
    house.database.run(&format!(
        "insert into outbox (id, kind, recipient_account, subject, created_at, not_before)
         values (gen_random_uuid(), '{kind}', '{account}', '{file}', '{ESTRIE_NOW}', '{ESTRIE_NOW}')"
    ));
}

#[test]
fn what_is_due_to_one_account_at_one_moment_is_one_mail_and_goes_once() {
    let house = House::estrie();
    let sink = Sink::start(Security::None, Mood::Takes);
    for (key, kind) in [("marc", "file.closed"), ("marc", "file.reopened"), ("karine", "file.closed")] {
        leave(&house, key, kind);
    }
    deliver(&house, ESTRIE_NOW);
    assert_eq!(send(&house, &sink, ESTRIE_NOW), 2);
    assert_eq!(receivers(&sink), ["karine@coordination-demo.example", "marc@police-demo.example"]);
    assert_eq!(send(&house, &sink, ESTRIE_NOW), 0);
    assert_eq!(
        house.sign_in("marc").get("/api/v1/me/inbox").expect(200)["items"].as_array().unwrap().len(),
        2
    );
}

#[test]
fn a_message_read_meanwhile_or_no_longer_for_its_reader_is_not_announced() {
    let house = House::estrie();
    let sink = Sink::start(Security::None, Mood::Takes);
    for key in ["marc", "julie", "amina", "karine", "rose"] {
        leave(&house, key, "file.closed");
    }
    deliver(&house, ESTRIE_NOW);
    let marc = house.sign_in("marc");
    let id = marc.get("/api/v1/me/inbox").expect(200)["items"][0]["id"].as_str().unwrap().to_owned();
    marc.post(&format!("/api/v1/me/inbox/{id}/acknowledgement"), &json!({})).expect(200);
    let recusal = json!({"user": house.loaded.users["julie"]});
    house.sign_in("karine").post(&format!("{}/recusals", house.file_path()), &recusal).expect(201);
    house.database.run("update account set disabled_at = now() where email like 'amina@%'");
    house.database.run("update agency set disabled_at = now() where key = 'centre-femmes-demo'");
    assert_eq!(send(&house, &sink, ESTRIE_NOW), 1);
    assert_eq!(receivers(&sink), ["karine@coordination-demo.example"]);
}

#[test]
fn two_processes_never_send_one_mail_twice_nor_make_two_mails_of_one_moment() {
    let house = House::estrie();
    let sink = Sink::start(Security::None, Mood::Takes);
    // For Éric the file does not exist: nothing of it is announced to him.
    let people: Vec<&String> = house.loaded.users.keys().filter(|key| *key != "eric").collect();
    for _ in 0..4 {
        let before = sink.mails().len();
        for key in &people {
            leave(&house, key, "file.closed");
            leave(&house, key, "file.reopened");
        }
        deliver(&house, ESTRIE_NOW);
        let together = Arc::new(Barrier::new(2));
        let sent: usize = std::thread::scope(|scope| {
            let runners: Vec<_> = (0..2)
                .map(|_| {
                    let together = Arc::clone(&together);
                    let (house, sink) = (&house, &sink);
                    scope.spawn(move || {
                        together.wait();
                        send(house, sink, ESTRIE_NOW)
                    })
                })
                .collect();
            runners.into_iter().map(|runner| runner.join().unwrap()).sum()
        });
        // Whoever met the other at an account's row leaves it to the other.
        let sent = sent + send(&house, &sink, ESTRIE_NOW);
        assert_eq!((sent, sink.mails().len() - before), (people.len(), people.len()));
    }
    let mut ids: Vec<String> = sink.mails().iter().map(|mail| header(mail, "Message-ID")).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn two_processes_deliver_a_message_into_the_inbox_once() {
    let house = House::estrie();
    for _ in 0..150 {
        leave(&house, "marc", "file.closed");
    }
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| deliver(&house, ESTRIE_NOW));
        }
    });
    deliver(&house, ESTRIE_NOW);
    assert_eq!(house.database.ask("select count(*) from inbox"), "150");
    assert_eq!(house.database.ask("select count(*) from delivery"), "150");
}

#[test]
fn who_is_killed_while_sending_leaves_the_mail_to_the_next_when_the_claim_runs_out() {
    let house = House::estrie();
    leave(&house, "marc", "file.closed");
    deliver(&house, ESTRIE_NOW);
    let now: DateTime<Utc> = ESTRIE_NOW.parse().unwrap();
    block_on(async {
        let machine = real_now();
        let (mut one, mut other) = (line(&house).await, line(&house).await);
        let killed = claim_mail(&mut one, now, machine).await.unwrap().unwrap();
        assert!(claim_mail(&mut other, now, machine).await.unwrap().is_none());
        assert!(claim_mail(&mut other, now, machine + LEASE).await.unwrap().is_none());
        let later = machine + LEASE + TimeDelta::seconds(1);
        let again = claim_mail(&mut other, now, later).await.unwrap().unwrap();
        assert_eq!(again.id, killed.id, "the receiver must be able to tell that it is the same mail");
        // It was not killed but slow: what it says now is too late.
        mail_failed(&mut one, &killed, later, 0).await.unwrap();
        assert!(!mail_sent(&mut one, &killed, later).await.unwrap());
        assert!(claim_mail(&mut one, now, later).await.unwrap().is_none());
        assert!(mail_sent(&mut other, &again, later).await.unwrap());
        assert!(claim_mail(&mut other, now, later + LEASE * 2).await.unwrap().is_none());
    });
}

#[test]
fn a_mail_is_tried_again_with_one_identifier_until_it_is_given_up_and_counted() {
    let house = House::estrie();
    leave(&house, "marc", "file.closed");
    deliver(&house, ESTRIE_NOW);
    let now: DateTime<Utc> = ESTRIE_NOW.parse().unwrap();
    block_on(async {
        let (mut line, mut machine) = (line(&house).await, real_now());
        let mut ids = Vec::new();
        for attempt in 1..=MOST_ATTEMPTS {
            let mail = claim_mail(&mut line, now, machine).await.unwrap().unwrap();
            ids.push(mail.id);
            mail_failed(&mut line, &mail, machine, 7).await.unwrap();
            assert!(claim_mail(&mut line, now, machine).await.unwrap().is_none(), "attempt {attempt}");
            machine += TimeDelta::hours(6);
        }
        ids.dedup();
        assert_eq!(ids.len(), 1);
        assert!(claim_mail(&mut line, now, machine + TimeDelta::days(9)).await.unwrap().is_none());
        let counts = mail_counts(&mut line).await.unwrap();
        assert_eq!((counts.waiting, counts.abandoned), (0, 1));
        let metrics = Metrics::new().unwrap();
        metrics.mails(counts);
        let text = String::from_utf8(metrics.text()).unwrap();
        assert!(text.contains("filet_mails{state=\"abandoned\"} 1\n"), "{text}");
    });
    // The message itself is where it always was.
    assert_eq!(
        house.sign_in("marc").get("/api/v1/me/inbox").expect(200)["items"].as_array().unwrap().len(),
        1
    );
}

#[test]
fn a_server_that_is_away_keeps_no_message_from_the_inbox_and_costs_one_attempt() {
    let house = House::estrie();
    let sink = Sink::start(Security::None, Mood::Takes);
    for key in ["marc", "karine", "amina"] {
        leave(&house, key, "file.closed");
    }
    deliver(&house, ESTRIE_NOW);
    let nobody = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let mut config = settings(&house.database.url, &house.keystore_path());
    config.mail = Some(sink.settings());
    config.mail.as_mut().unwrap().port = Some(nobody);
    let away = Mailer::new(&config).unwrap().unwrap();
    let sent = block_on(async { post(&away, &mut line(&house).await, at(ESTRIE_NOW)).await.unwrap() });
    assert_eq!(sent, 0);
    assert_eq!(house.database.ask("select sum(attempts) from mail"), "1");
    // Another message comes: it is read at once, and the mail that failed is not sent beside its own.
    for key in ["marc", "karine", "amina"] {
        leave(&house, key, "file.reopened");
    }
    deliver(&house, ESTRIE_NOW);
    for key in ["marc", "karine", "amina"] {
        let inbox = house.sign_in(key).get("/api/v1/me/inbox").expect(200);
        assert_eq!(inbox["items"].as_array().unwrap().len(), 2, "{key}");
    }
    assert_eq!(send(&house, &sink, ESTRIE_NOW), 3);
    assert_eq!(house.database.ask("select count(*) from delivery where mail_id is not null"), "6");
}

#[test]
fn an_address_that_is_refused_keeps_nobody_elses_mail_back() {
    let house = House::estrie();
    let sink = Sink::start(Security::None, Mood::Refuses("marc@"));
    for key in ["marc", "karine", "amina"] {
        leave(&house, key, "file.closed");
    }
    deliver(&house, ESTRIE_NOW);
    assert_eq!(send(&house, &sink, ESTRIE_NOW), 2);
    assert_eq!(receivers(&sink), ["amina@hebergement-demo.example", "karine@coordination-demo.example"]);
    let waiting = block_on(async { mail_counts(&mut line(&house).await).await.unwrap() });
    assert_eq!((waiting.waiting, waiting.abandoned), (1, 0));
}

#[test]
fn a_server_whose_certificate_nobody_vouches_for_is_told_nothing() {
    let house = House::estrie();
    for security in [Security::Implicit, Security::Starttls] {
        leave(&house, "marc", "file.closed");
        deliver(&house, ESTRIE_NOW);
        let sink = Sink::start(security, Mood::Takes);
        let mut config = settings(&house.database.url, &house.keystore_path());
        let mut mail = sink.settings();
        mail.ca_file = None;
        config.mail = Some(mail);
        let mailer = Mailer::new(&config).unwrap().unwrap();
        let sent = block_on(async { post(&mailer, &mut line(&house).await, at(ESTRIE_NOW)).await.unwrap() });
        assert_eq!((sent, sink.mails().len()), (0, 0));
        assert!(sink.lines().iter().all(|line| !line.contains("marc")), "{:?}", sink.lines());
    }
    // Nor one that was to speak TLS and does not offer it.
    leave(&house, "marc", "file.closed");
    deliver(&house, ESTRIE_NOW);
    let sink = Sink::start(Security::None, Mood::Takes);
    let mut config = settings(&house.database.url, &house.keystore_path());
    let mut mail = sink.settings();
    mail.security = Security::Starttls;
    config.mail = Some(mail);
    let mailer = Mailer::new(&config).unwrap().unwrap();
    let sent = block_on(async { post(&mailer, &mut line(&house).await, at(ESTRIE_NOW)).await.unwrap() });
    assert_eq!(sent, 0);
    assert!(sink.lines().iter().all(|line| !line.contains("marc")), "{:?}", sink.lines());
}

#[test]
fn the_demonstrations_mails_go_to_its_folder() {
    let house = House::estrie();
    leave(&house, "marc", "file.closed");
    deliver(&house, ESTRIE_NOW);
    let folder = tempfile::tempdir().unwrap();
    let mail_folder = Some(folder.path().join("mail"));
    let config = Config { mail_folder, ..settings(&house.database.url, &house.keystore_path()) };
    let mailer = Mailer::new(&config).unwrap().unwrap();
    block_on(async { post(&mailer, &mut line(&house).await, at(ESTRIE_NOW)).await.unwrap() });
    let files: Vec<_> = std::fs::read_dir(folder.path().join("mail")).unwrap().flatten().collect();
    assert_eq!(files.len(), 1);
    let mail = std::fs::read_to_string(files[0].path()).unwrap();
    assert_eq!(header(&mail, "To"), "marc@police-demo.example");
}

#[test]
fn settings_of_mail_are_sound_or_the_program_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let read = |mail: &str| {
        let file = folder.path().join("filet.toml");
        let text =
            format!("database_url = 'postgres://x'\npublic_url = 'https://filet.example'\n[mail]\n{mail}");
        std::fs::write(&file, text).unwrap();
        let config = Config::read(Some(&file))?;
        config.check().map(|()| config)
    };
    let plain = "host = 'mail.example'\nfrom = 'avis@filet.example'\n";
    let config = read(plain).unwrap();
    let mail = config.mail.as_ref().unwrap();
    assert_eq!((mail.port(), mail.security), (465, Security::Implicit));
    assert!(Mailer::new(&config).unwrap().is_some());
    let starttls = read(&format!("{plain}security = 'starttls'\nuser = 'u'\npassword = 'canari-p'")).unwrap();
    assert_eq!(starttls.mail.as_ref().unwrap().port(), 587);
    assert!(!format!("{starttls:?}").contains("canari"));
    std::fs::write(folder.path().join("secret"), "canari-p\n").unwrap();
    let file = folder.path().join("secret");
    read(&format!("{plain}user = 'u'\npassword_file = '{}'", file.display())).unwrap();
    for (wrong, what) in [
        ("security = 'none'", "refused unless demo"),
        ("user = 'u'", "mail.password"),
        ("password = 'canari-p'", "mail.user"),
        ("user = 'u'\npassword = 'canari-p'\npassword_file = '/x'", "given too"),
        ("security = 'ssl'", "settings file is wrong"),
        ("colour = 'red'", "settings file is wrong"),
    ] {
        let error = read(&format!("{plain}{wrong}")).unwrap_err().to_string();
        assert!(error.contains(what) && !error.contains("canari"), "{wrong}: {error}");
    }
    let error = read("host = 'mail.example'\nfrom = 'nobody'\n").unwrap_err();
    assert!(matches!(error, ConfigError::Unsound("mail.from", _)), "{error}");
    assert!(Mailer::new(&Config::default()).unwrap().is_none(), "without settings no mail is sent");
}
