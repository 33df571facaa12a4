//! A leased connection inside one transaction.
//!
//! INVARIANT: a connection goes back to the pool only after COMMIT or ROLLBACK was answered. A lease
//! dropped before that closes its connection, so no other unit ever meets an open transaction.

use std::{cell::RefCell, marker::PhantomData, time::Duration};

use diesel::QueryResult;
use diesel_async::{
    AsyncConnection, AsyncPgConnection, SimpleAsyncConnection,
    pooled_connection::{
        AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod,
        deadpool::{Object, Pool},
    },
};
use door::Key;

use crate::fault::Fault;

/// How long a unit waits for a connection before it answers that the database is away.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// What every connection is told once. Statement limits keep a lost client from holding locks.
#[must_use]
pub fn connection_settings(role: Option<&str>) -> String {
    let mut settings = String::from(
        "set time zone 'UTC'; set statement_timeout = '10s'; set lock_timeout = '3s'; \
         set idle_in_transaction_session_timeout = '15s'; set synchronous_commit = on; set jit = off;",
    );
    if let Some(role) = role {
        settings.push_str(" set role ");
        settings
            .push_str(&role.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>());
        settings.push(';');
    }
    settings
}

/// A worker's own connections. One pool a worker: a connection's driver dies with the worker that opened it.
#[derive(Clone)]
pub struct Connections(Pool<AsyncPgConnection>);

impl Connections {
    /// Prepares a pool of at most `size` connections; none is opened yet.
    ///
    /// # Errors
    /// When the pool cannot be built.
    pub fn new(url: &str, role: Option<&str>, size: usize) -> Result<Self, Fault> {
        let settings = connection_settings(role);
        let mut config = ManagerConfig::default();
        config.recycling_method = RecyclingMethod::Fast;
        config.custom_setup = Box::new(move |url| {
            let settings = settings.clone();
            Box::pin(async move {
                let mut conn = AsyncPgConnection::establish(url).await?;
                conn.batch_execute(&settings)
                    .await
                    .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
                Ok(conn)
            })
        });
        let manager = AsyncDieselConnectionManager::new_with_config(url, config);
        Pool::builder(manager).max_size(size).build().map(Self).map_err(|_| Fault::Pool)
    }

    async fn lease(&self) -> Result<Object<AsyncPgConnection>, Fault> {
        match tokio::time::timeout(PATIENCE, self.0.get()).await {
            Ok(Ok(conn)) => Ok(conn),
            Ok(Err(_)) | Err(_) => Err(Fault::Pool),
        }
    }

    /// Answers whether the database answers.
    ///
    /// # Errors
    /// When it does not, in time.
    pub async fn ping(&self) -> Result<(), Fault> {
        let mut conn = self.lease().await?;
        match tokio::time::timeout(PATIENCE, conn.batch_execute("select 1")).await {
            Ok(answered) => answered.map_err(Fault::from),
            Err(_) => {
                drop(Object::take(conn));
                Err(Fault::Pool)
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begin {
    /// One snapshot for every statement; nothing can be written.
    Reading,
    /// Each statement sees what is committed; writers take the file's row lock first.
    Acting,
}

impl Begin {
    const fn statement(self) -> &'static str {
        match self {
            Self::Reading => "begin isolation level repeatable read read only",
            Self::Acting => "begin isolation level read committed read write",
        }
    }
}

/// A transaction, branded with its unit: nothing that carries `'tx` leaves it.
pub struct Tx<'tx> {
    lease: Option<Object<AsyncPgConnection>>,
    mode: Begin,
    begun: RefCell<bool>,
    brand: PhantomData<fn(&'tx ()) -> &'tx ()>,
}

impl<'tx> Tx<'tx> {
    pub(crate) async fn lease(pool: &Connections, mode: Begin) -> Result<Self, Fault> {
        Ok(Self { lease: Some(pool.lease().await?), mode, begun: RefCell::new(false), brand: PhantomData })
    }

    /// The connection, for who holds the key. Statements issued together travel together.
    ///
    /// # Errors
    /// When the transaction has ended.
    pub fn conn(&self, _: Key) -> QueryResult<&AsyncPgConnection> {
        self.lease.as_deref().ok_or(diesel::result::Error::NotInTransaction)
    }

    /// Starts the transaction if it has not started. Join it *first* with the statements that follow,
    /// and it costs no round trip of its own.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin(&self) -> QueryResult<()> {
        if self.begun.replace(true) {
            return Ok(());
        }
        self.conn(Key::take())?.batch_execute_shared(self.mode.statement()).await
    }

    /// Ends the transaction. Dropped half-way, or refused by the database, its connection is closed.
    pub(crate) async fn finish(self, commit: bool) -> QueryResult<()> {
        if *self.begun.borrow() {
            let end = if commit { "commit" } else { "rollback" };
            self.conn(Key::take())?.batch_execute_shared(end).await?;
            self.begun.replace(false);
        }
        Ok(())
    }
}

impl Drop for Tx<'_> {
    fn drop(&mut self) {
        if let Some(lease) = self.lease.take()
            && *self.begun.borrow()
        {
            drop(Object::take(lease));
        }
    }
}

trait SharedBatch {
    async fn batch_execute_shared(&self, sql: &str) -> QueryResult<()>;
}

impl SharedBatch for AsyncPgConnection {
    async fn batch_execute_shared(&self, sql: &str) -> QueryResult<()> {
        let mut shared = self;
        shared.batch_execute(sql).await
    }
}
