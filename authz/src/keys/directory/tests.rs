//! What a keystore in a directory must hold to, whatever stops it.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::{
    fs,
    os::unix::fs::{DirBuilderExt, PermissionsExt},
};

use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::keys::Place;

const PLACE: Place = Place { table: "fact", column: "value_sealed", row: Uuid::nil() };

struct Bench {
    dir: TempDir,
}

impl Bench {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Opens the keystore as another process would.
    fn open(&self) -> DirectoryKeystore {
        DirectoryKeystore::open_or_create(&self.path("keys")).unwrap()
    }
}

fn file(number: u128) -> FileId {
    FileId::from_uuid(Uuid::from_u128(number))
}

/// Every file below a directory, with its mode.
fn everything(dir: &Path) -> Vec<(PathBuf, u32)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        found.push((path.clone(), fs::metadata(&path).unwrap().permissions().mode() & 0o777));
        if path.is_dir() {
            found.extend(everything(&path));
        }
    }
    found
}

fn private(path: &Path) {
    fs::DirBuilder::new().mode(0o700).create(path).unwrap();
}

/// Makes time pass for the keys a keystore holds.
fn forget_when_seen(store: &DirectoryKeystore) {
    for (_, (_, seen)) in locked(&store.held).iter_mut() {
        *seen = seen.checked_sub(TRUST).unwrap();
    }
}

#[test]
fn a_key_made_here_opens_in_another_process_what_it_sealed() {
    let bench = Bench::new();
    let sealed = bench.open().create(file(1)).unwrap().seal(&PLACE, b"canari").unwrap();
    let key = bench.open().open(file(1)).unwrap();
    assert_eq!(key.open(&PLACE, &sealed).unwrap().as_slice(), b"canari");
}

#[test]
fn each_file_has_a_key_of_its_own_in_the_order_asked() {
    let bench = Bench::new();
    let files: Vec<FileId> = (0..600).map(file).collect();
    let keys = bench.open().create_many(&files).unwrap();
    let store = bench.open();
    for (file, key) in files.iter().zip(&keys) {
        let sealed = key.seal(&PLACE, b"canari").unwrap();
        assert!(store.open(*file).unwrap().open(&PLACE, &sealed).is_ok());
        assert!(keys.iter().filter(|key| key.open(&PLACE, &sealed).is_ok()).count() == 1);
    }
}

#[test]
fn making_a_key_twice_destroys_nothing() {
    let bench = Bench::new();
    let sealed = bench.open().create(file(1)).unwrap().seal(&PLACE, b"canari").unwrap();
    for key in bench.open().create_many(&[file(1), file(2), file(1)]).unwrap().into_iter().step_by(2) {
        assert!(key.open(&PLACE, &sealed).is_ok());
    }
    assert!(bench.open().open(file(1)).unwrap().open(&PLACE, &sealed).is_ok());
}

#[test]
fn a_key_never_made_is_gone() {
    assert_eq!(Bench::new().open().open(file(1)).unwrap_err(), KeyError::Gone);
}

#[test]
fn a_destroyed_key_is_gone_here_at_once_and_leaves_nothing_on_disk() {
    let bench = Bench::new();
    let store = bench.open();
    store.create_many(&[file(1), file(2)]).unwrap();
    store.open(file(1)).unwrap();
    store.destroy(file(1)).unwrap();
    assert_eq!(store.open(file(1)).unwrap_err(), KeyError::Gone);
    let named = file(1).to_string();
    assert!(!everything(bench.dir.path()).iter().any(|(path, _)| path.to_string_lossy().contains(&named)));
    assert!(store.open(file(2)).is_ok(), "and no other is");
}

#[test]
fn another_process_notices_within_a_second() {
    let bench = Bench::new();
    let (here, there) = (bench.open(), bench.open());
    here.create(file(1)).unwrap();
    there.open(file(1)).unwrap();
    forget_when_seen(&there);
    assert!(there.open(file(1)).is_ok(), "still there");
    here.destroy(file(1)).unwrap();
    forget_when_seen(&there);
    assert_eq!(there.open(file(1)).unwrap_err(), KeyError::Gone);
    assert_eq!(there.open(file(1)).unwrap_err(), KeyError::Gone);
}

#[test]
fn destroying_twice_or_what_never_was_is_no_error() {
    let store = Bench::new();
    let store = store.open();
    store.create(file(1)).unwrap();
    for _ in 0..2 {
        assert_eq!(store.destroy(file(1)), Ok(()));
    }
    assert_eq!(store.destroy(file(2)), Ok(()));
}

#[test]
fn a_write_stopped_halfway_leaves_no_copy_of_a_destroyed_key() {
    let bench = Bench::new();
    let store = bench.open();
    store.create_many(&[file(1), file(2)]).unwrap();
    for number in [1, 2] {
        let path = store.file_path(file(number));
        fs::copy(&path, path.with_extension("new")).unwrap();
    }
    store.destroy(file(1)).unwrap();
    let beside = |number| store.file_path(file(number)).with_extension("new").exists();
    assert!(!beside(1) && beside(2), "destroyed with its key");
    bench.open();
    let left: Vec<PathBuf> = everything(bench.dir.path()).into_iter().map(|(path, _)| path).collect();
    assert!(!left.iter().any(|path| path.extension().is_some_and(|end| end == "new")), "{left:?}");
    assert!(store.open(file(2)).is_ok());
}

#[test]
fn only_its_owner_may_enter_or_read() {
    let bench = Bench::new();
    let store = bench.open();
    store.create(file(1)).unwrap();
    store.secret("index").unwrap();
    store.rotate().unwrap();
    for (path, mode) in everything(bench.dir.path()) {
        assert_eq!(mode, if path.is_dir() { 0o700 } else { 0o600 }, "{path:?}");
    }
}

#[test]
fn a_directory_that_others_may_enter_is_refused() {
    let bench = Bench::new();
    let store = bench.open();
    for mode in [0o701, 0o710, 0o740, 0o755, 0o777] {
        fs::set_permissions(bench.path("keys"), fs::Permissions::from_mode(mode)).unwrap();
        let opened = DirectoryKeystore::open_or_create(&bench.path("keys"));
        assert_eq!(opened.err(), Some(KeyError::Insecure), "{mode:o}");
        assert_eq!(store.check(), Err(KeyError::Insecure), "{mode:o}");
    }
}

#[test]
fn a_secret_is_made_once_and_is_the_same_in_every_process() {
    let bench = Bench::new();
    let (one, other) = (bench.open(), bench.open());
    let secrets: Vec<_> = std::thread::scope(|scope| {
        let asking: Vec<_> =
            [&one, &other, &one, &other].map(|store| scope.spawn(|| store.secret("index").unwrap())).into();
        asking.into_iter().map(|asked| *asked.join().unwrap()).collect()
    });
    assert!(secrets.iter().all(|secret| Some(secret) == secrets.first()));
    assert_ne!(Some(&*one.secret("other").unwrap()), secrets.first());
}

#[test]
fn after_a_rotation_everything_opens_and_the_old_wrapping_key_is_gone() {
    let bench = Bench::new();
    let (store, other) = (bench.open(), bench.open());
    let files: Vec<FileId> = (0..40).map(file).collect();
    let sealed: Vec<_> =
        store.create_many(&files).unwrap().iter().map(|key| key.seal(&PLACE, b"canari").unwrap()).collect();
    let secret = store.secret("index").unwrap();
    let before = fs::read(store.file_path(file(0))).unwrap();
    store.rotate().unwrap();
    assert_eq!(store.versions().unwrap(), [2]);
    assert_ne!(fs::read(store.file_path(file(0))).unwrap(), before);
    for process in [&store, &other, &bench.open()] {
        for (file, sealed) in files.iter().zip(&sealed) {
            assert!(process.open(*file).unwrap().open(&PLACE, sealed).is_ok());
        }
        assert_eq!(process.secret("index").unwrap(), secret);
    }
}

#[test]
fn a_process_that_had_read_the_old_wrapping_does_not_take_the_file_for_destroyed() {
    let bench = Bench::new();
    bench.open().create(file(1)).unwrap();
    let (stale, path) = (bench.open(), bench.open().file_path(file(1)));
    let name = file(1).to_string();
    let before = storage::read(&path).unwrap();
    bench.open().rotate().unwrap();
    let mut looks = [Ok(before.clone()), storage::read(&path)].into_iter();
    assert!(stale.read_again(&name, || looks.next().unwrap()).is_ok(), "looked at again");
    assert_eq!(stale.read_again(&name, || Ok(before.clone())), Err(KeyError::Corrupt), "damaged for good");
    let mut looks = [Ok(before), Err(KeyError::Gone)].into_iter();
    assert_eq!(stale.read_again(&name, || looks.next().unwrap()), Err(KeyError::Gone), "destroyed meanwhile");
}

#[test]
fn a_rotation_stopped_at_any_step_leaves_everything_readable_and_is_finished_by_the_next() {
    let files: Vec<FileId> = (0..4).map(file).collect();
    for stop_at in 0.. {
        let bench = Bench::new();
        let keys = bench.open().create_many(&files).unwrap();
        let sealed: Vec<_> = keys.iter().map(|key| key.seal(&PLACE, b"canari").unwrap()).collect();
        let secret = bench.open().secret("index").unwrap();
        let whole = |store: &DirectoryKeystore| {
            files
                .iter()
                .zip(&sealed)
                .all(|(file, sealed)| store.open(*file).unwrap().open(&PLACE, sealed).is_ok())
                && store.secret("index").unwrap() == secret
        };

        let mut step = 0;
        let stopped = bench.open().rotate_while(|| {
            step += 1;
            if step > stop_at { Err(KeyError::Io) } else { Ok(()) }
        });
        assert!(whole(&bench.open()), "stopped at {stop_at}");
        let late = bench.open().create(file(99)).unwrap().seal(&PLACE, b"canari").unwrap();

        bench.open().rotate().unwrap();
        assert!(whole(&bench.open()), "finished after {stop_at}");
        assert!(bench.open().open(file(99)).unwrap().open(&PLACE, &late).is_ok());
        assert_eq!(bench.open().versions().unwrap().len(), 1);
        if stopped.is_ok() {
            assert!(stop_at > 4, "every drawer is a step");
            break;
        }
    }
}

#[test]
fn killed_while_a_wrapping_key_was_being_written_or_destroyed_everything_opens() {
    let bench = Bench::new();
    let store = bench.open();
    store.create(file(1)).unwrap();
    let kek = bench.path("keys/kek");
    fs::write(kek.join("2.new"), b"half").unwrap();
    bench.open().open(file(1)).unwrap();
    assert!(!kek.join("2.new").exists());

    store.rotate_while(|| Ok(())).unwrap();
    // Overwritten, not yet unlinked.
    fs::write(kek.join("1.key"), [0; 32]).unwrap();
    bench.open().open(file(1)).unwrap();
    bench.open().rotate().unwrap();
    assert_eq!(bench.open().versions().unwrap(), [3]);
    assert!(bench.open().open(file(1)).is_ok());
}

#[test]
fn two_rotations_at_once_and_keys_made_meanwhile_lose_nothing() {
    let bench = Bench::new();
    bench.open().create_many(&(0..60).map(file).collect::<Vec<_>>()).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| bench.open().rotate().unwrap());
        }
        scope.spawn(|| (60..90).for_each(|number| drop(bench.open().create(file(number)).unwrap())));
        scope.spawn(|| {
            for number in 0..60 {
                assert!(bench.open().open(file(number)).is_ok());
            }
        });
    });
    let store = bench.open();
    assert!((0..90).all(|number| store.open(file(number)).is_ok()));
}

#[test]
fn altered_moved_or_foreign_wrapped_keys_do_not_open() {
    let bench = Bench::new();
    let store = bench.open();
    store.create_many(&[file(1), file(2)]).unwrap();
    let (one, two) = (store.file_path(file(1)), store.file_path(file(2)));
    let true_one = fs::read(&one).unwrap();
    fs::copy(&two, &one).unwrap();
    assert_eq!(store.open(file(1)).unwrap_err(), KeyError::Sealed, "another file's key");
    for place in 0..true_one.len() {
        let mut altered = true_one.clone();
        *altered.get_mut(place).unwrap() ^= 1;
        fs::write(&one, &altered).unwrap();
        let refused = store.open(file(1)).unwrap_err();
        assert!(matches!(refused, KeyError::Sealed | KeyError::Corrupt), "byte {place}: {refused}");
    }
    fs::write(&one, b"").unwrap();
    assert_eq!(store.open(file(1)).unwrap_err(), KeyError::Sealed);
    fs::write(&one, &true_one).unwrap();
    assert!(store.open(file(1)).is_ok());
}

#[test]
fn keys_whose_wrapping_key_was_lost_are_damaged_and_not_gone_and_no_new_one_hides_it() {
    let bench = Bench::new();
    bench.open().create(file(1)).unwrap();
    let store = bench.open();
    fs::remove_file(bench.path("keys/kek/1.key")).unwrap();
    assert_eq!(store.open(file(1)).unwrap_err(), KeyError::Corrupt);
    assert_eq!(store.check(), Err(KeyError::Corrupt));
    assert_eq!(DirectoryKeystore::open_or_create(&bench.path("keys")).err(), Some(KeyError::Corrupt));
}

#[test]
fn no_more_keys_are_held_in_memory_than_allowed() {
    let bench = Bench::new();
    let store = bench.open();
    let key = FileKey::new(&[1; 32]);
    for number in 0..5_000 {
        locked(&store.held).put(file(number), (key.clone(), Instant::now()));
    }
    assert_eq!(locked(&store.held).len(), 4_096);
}

#[test]
fn a_backup_restores_to_what_was_there_then() {
    let bench = Bench::new();
    let store = bench.open();
    let sealed = store.create(file(1)).unwrap().seal(&PLACE, b"canari").unwrap();
    let secret = store.secret("index").unwrap();
    store.backup(&bench.path("backup")).unwrap();
    store.rotate().unwrap();
    store.create(file(2)).unwrap();
    let restored = DirectoryKeystore::restore(&bench.path("backup"), &bench.path("again")).unwrap();
    assert!(restored.open(file(1)).unwrap().open(&PLACE, &sealed).is_ok());
    assert_eq!(restored.secret("index").unwrap(), secret);
    assert_eq!(restored.open(file(2)).unwrap_err(), KeyError::Gone);
    for (path, mode) in everything(bench.dir.path()) {
        assert_eq!(mode & 0o077, 0, "{path:?}");
    }
}

#[test]
fn a_backup_is_refused_where_something_lies_or_others_may_read_or_within_the_keystore() {
    let bench = Bench::new();
    let store = bench.open();
    private(&bench.path("full"));
    fs::write(bench.path("full/x"), b"x").unwrap();
    assert_eq!(store.backup(&bench.path("full")), Err(KeyError::Occupied));
    private(&bench.path("open"));
    fs::set_permissions(bench.path("open"), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(store.backup(&bench.path("open")), Err(KeyError::Insecure));
    for within in ["keys", "keys/backup", "keys/files/backup/deep"] {
        assert_eq!(store.backup(&bench.path(within)), Err(KeyError::Occupied));
    }
    assert!(!bench.path("keys/backup").exists());
}

#[test]
fn what_is_no_backup_or_half_of_one_is_not_restored() {
    let bench = Bench::new();
    private(&bench.path("empty"));
    let restored = DirectoryKeystore::restore(&bench.path("empty"), &bench.path("again"));
    assert_eq!(restored.err(), Some(KeyError::Corrupt));
    assert!(!bench.path("again").exists());

    let store = bench.open();
    store.create(file(1)).unwrap();
    store.backup(&bench.path("half")).unwrap();
    fs::remove_file(bench.path("half/kek/1.key")).unwrap();
    let restored = DirectoryKeystore::restore(&bench.path("half"), &bench.path("again"));
    assert_eq!(restored.err(), Some(KeyError::Corrupt));
}
