//! The database's shape, and the private `PostgreSQL` that the demo and the tests run on.
//!
//! The SQL of `sql/` is compiled in, so that a program always carries the shape it was written for.
//! Whoever runs it needs the right to create tables; the running program works as `filet_app`.

pub mod copies;
pub mod database;
pub mod private;

use std::error::Error as StdError;

use diesel::{migration::MigrationSource, pg::Pg};
use diesel_async::{AsyncConnection, AsyncMigrationHarness, AsyncPgConnection, SimpleAsyncConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("sql");

// The number only has to differ from other users of advisory locks in the same database ("filet" in ASCII).
const TAKE_LOCK: &str = "set lock_timeout = 0; select pg_advisory_lock(439855375732)";

/// Why the database could not be brought to its shape. No variant carries a row's content.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// No connection, or the address is not one.
    #[error("the database does not answer: {0}")]
    Connection(#[from] diesel::ConnectionError),
    /// The lock that keeps two processes from migrating at once was not given.
    #[error("the migration lock was not given: {0}")]
    Lock(#[from] diesel::result::Error),
    /// A migration failed; it was rolled back whole, those before it stay.
    #[error("a migration failed and was rolled back: {0}")]
    Migration(Box<dyn StdError + Send + Sync>),
    /// The thread or the runtime that migrates could not be started, or stopped half-way.
    #[error("migrating was interrupted: {0}")]
    Interrupted(String),
}

/// Applies every migration not yet applied and says how many there were; 0 when the database is current.
///
/// Blocks until done. `url` names the owner of the tables: `postgres://…`, as `private::Server::url` makes it.
/// Two processes that start together take turns: the second finds nothing left to do.
pub fn apply(url: &str) -> Result<usize, MigrationError> {
    with_lock(url, |harness| {
        harness.run_pending_migrations(MIGRATIONS).map(|done| done.len()).map_err(MigrationError::Migration)
    })
}

/// Takes every migration back, newest first, and says how many there were. **Everything stored is lost**:
/// it exists so that a test can prove each `down.sql`.
pub fn revert_all(url: &str) -> Result<usize, MigrationError> {
    with_lock(url, |harness| {
        harness.revert_all_migrations(MIGRATIONS).map(|done| done.len()).map_err(MigrationError::Migration)
    })
}

/// How many migrations this program carries.
pub fn count() -> Result<usize, MigrationError> {
    MigrationSource::<Pg>::migrations(&MIGRATIONS).map(|all| all.len()).map_err(MigrationError::Migration)
}

type Harness = AsyncMigrationHarness<AsyncPgConnection>;

/// Runs `work` on a connection that holds the lock; the lock goes with the connection, even after a crash.
fn with_lock<F>(url: &str, work: F) -> Result<usize, MigrationError>
where
    F: FnOnce(&mut Harness) -> Result<usize, MigrationError> + Send,
{
    let in_runtime = || {
        // diesel's harness blocks inside a worker, which only this kind of runtime allows.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .map_err(|error| MigrationError::Interrupted(error.to_string()))?;
        runtime.block_on(async {
            let mut connection = AsyncPgConnection::establish(url).await?;
            connection.batch_execute(TAKE_LOCK).await?;
            work(&mut AsyncMigrationHarness::new(connection))
        })
    };
    // A thread of its own: the caller may itself be inside a runtime, where another cannot be started.
    std::thread::scope(|scope| {
        scope
            .spawn(in_runtime)
            .join()
            .unwrap_or_else(|_| Err(MigrationError::Interrupted("its thread stopped".to_owned())))
    })
}
