//! Debian's server packages, fetched and unpacked into a directory of ours.
//!
//! apt works on a private copy of its state, so neither root nor the system's package database is needed or
//! changed; what the system already has (the C library first of all) is used from there.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{
    Binaries, PrivateError, account,
    binaries::OLDEST,
    error::{Attempt, tail},
    way,
};

/// Where the finished copy stands; it appears under this name only when it is whole.
pub(super) fn root(cache: &Path) -> PathBuf {
    cache.join("root")
}

pub(super) fn unpack(cache: &Path, say: &dyn Fn(&str)) -> Result<Binaries, PrivateError> {
    // Whoever the server runs as must be able to read the programs.
    way::make(cache, 0o755)?;
    account::must_be_ours(cache)?;
    let cache = &cache.canonicalize().attempt(|| format!("enter {}", cache.display()))?;
    let lock = File::create(cache.join("lock")).attempt(|| format!("write in {}", cache.display()))?;
    if lock.try_lock().is_err() {
        say("Another program is unpacking PostgreSQL here; waiting for it.");
        lock.lock().attempt(|| format!("lock {}", cache.display()))?;
    }
    if let Some(found) = Binaries::unpacked(cache) {
        return Ok(found);
    }
    let status = installed_but_for_postgresql()?;
    say(&format!(
        "Fetching Debian's PostgreSQL packages (about 65 MB) into {}; the system itself is not changed.",
        cache.display()
    ));
    let packages = download(&cache.join("apt"), &status)?;
    say(&format!("Unpacking {} packages.", packages.len()));
    let fresh = cache.join("root.new");
    remove(&fresh)?;
    way::make(&fresh, 0o755)?;
    for package in &packages {
        run(Command::new("dpkg-deb").arg("-x").arg(package).arg(&fresh)).map_err(PrivateError::NoBinaries)?;
    }
    let target = root(cache);
    remove(&target)?;
    fs::rename(&fresh, &target).attempt(|| format!("create {}", target.display()))?;
    remove(&cache.join("apt"))?;
    Binaries::unpacked(cache).ok_or_else(|| {
        PrivateError::NoBinaries(format!("the packages of this system are older than PostgreSQL {OLDEST}"))
    })
}

/// Fetches the server package and whatever of its needs the system lacks.
fn download(apt: &Path, installed: &str) -> Result<Vec<PathBuf>, PrivateError> {
    remove(apt)?;
    for directory in ["state/lists/partial", "cache/archives/partial"] {
        way::make(&apt.join(directory), 0o755)?;
    }
    let status = apt.join("status");
    fs::write(&status, installed).attempt(|| format!("write {}", status.display()))?;
    // A source that does not answer is no reason to stop as long as another one has the package.
    let update = run(apt_get(apt).arg("update"));
    let arguments = ["install", "-y", "--download-only", "--no-install-recommends", "postgresql"];
    run(apt_get(apt).args(arguments)).map_err(|said| {
        let first = update.unwrap_or_else(|said| said);
        PrivateError::NoBinaries(tail(&format!("{first}\n{said}")))
    })?;

    let archives = apt.join("cache/archives");
    let entries = fs::read_dir(&archives).attempt(|| format!("read {}", archives.display()))?;
    let is_package = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "deb");
    Ok(entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_package).collect())
}

/// The system's list of packages without its `PostgreSQL`, so that ours is fetched whole whatever is installed.
fn installed_but_for_postgresql() -> Result<String, PrivateError> {
    let list = Path::new("/var/lib/dpkg/status");
    let installed = fs::read_to_string(list)
        .map_err(|_| PrivateError::NoBinaries("this system is not a Debian one".to_owned()))?;
    let of_others = |package: &&str| !package.trim_start().starts_with("Package: postgresql");
    Ok(installed.split("\n\n").filter(of_others).collect::<Vec<_>>().join("\n\n"))
}

fn apt_get(apt: &Path) -> Command {
    let mut command = Command::new("apt-get");
    let option = |name: &str, value: &str| format!("{name}={}", apt.join(value).display());
    command.arg("-qq");
    for setting in [
        option("Dir::State", "state"),
        option("Dir::State::status", "status"),
        option("Dir::Cache", "cache"),
        "Debug::NoLocking=1".to_owned(),
        // Otherwise apt, run by root, hands the download to an account that may not write here.
        "APT::Sandbox::User=root".to_owned(),
    ] {
        command.arg("-o").arg(setting);
    }
    command
}

/// What the command had to say, whether it succeeded or not.
fn run(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stdin(Stdio::null())
        .env("LC_ALL", "C")
        .env("DEBIAN_FRONTEND", "noninteractive")
        .output()
        .map_err(|error| format!("{name} cannot be run: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(said) } else { Err(format!("{said}\n{name} did not succeed")) }
}

fn remove(directory: &Path) -> Result<(), PrivateError> {
    if directory.exists() {
        fs::remove_dir_all(directory).attempt(|| format!("remove {}", directory.display()))?;
    }
    Ok(())
}
