//! A place, a server in it, and a way to speak to it.

use std::{
    env,
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use migrations::private::{Binaries, Options, PrivateError, Server, Tuning};
use tempfile::TempDir;

/// A directory of the test's own, which the server's account may pass through.
pub fn place() -> TempDir {
    let place = TempDir::new().unwrap();
    fs::set_permissions(place.path(), Permissions::from_mode(0o711)).unwrap();
    place
}

/// A server on `data`, for this test alone.
pub fn start(data: &Path) -> Result<Server, PrivateError> {
    let directory = |name| env::var_os(name).map(PathBuf::from);
    let cache = Binaries::usual_cache(directory("XDG_DATA_HOME"), directory("HOME"));
    let binaries = Binaries::find(&cache, &|sentence| eprintln!("{sentence}"))?;
    let short = "/tmp".into();
    Server::start(&Options { data: data.to_owned(), short, binaries, tuning: Tuning::Tests })
}

/// Runs statements on a connection of their own.
pub fn sql(url: &str, statements: &str) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut connection = AsyncPgConnection::establish(url).await.map_err(|error| error.to_string())?;
        connection.batch_execute(statements).await.map_err(|error| error.to_string())
    })
}
