//! The batching writer: one thread, one connection, one INSERT for whatever waits.
//!
//! A lone request never lingers. While others are still reading, the writer waits for some of them, a few
//! milliseconds at most: each COMMIT costs as much as many rows. A request is released only after the COMMIT
//! of its row. Queue full, or no COMMIT within two seconds, is a failed read: no disclosure without its row.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use tokio::sync::{mpsc, oneshot};

use super::{Event, insert};
use crate::id::EventId;

/// Most rows in one INSERT.
const BATCH: usize = 256;
/// Most units that may wait for the writer.
const QUEUE: usize = 4_096;
/// How long a unit waits for its COMMIT.
const PATIENCE: Duration = Duration::from_secs(2);
/// Pause before connecting again after a failure.
const RECONNECT: Duration = Duration::from_millis(200);

/// Longest wait for units that are still reading.
const LINGER: Duration = Duration::from_millis(4);

/// The log could not be written: nothing may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the access log could not be written")]
pub struct LogUnavailable;

struct Slip {
    events: Vec<Event>,
    done: oneshot::Sender<Vec<EventId>>,
}

/// A handle on the writer's queue; clones share the queue. The thread ends when all are gone.
#[derive(Clone)]
pub struct LogWriter {
    queue: mpsc::Sender<Slip>,
    reading: Arc<AtomicUsize>,
}

/// A unit that is reading, and will soon have rows to write.
pub(crate) struct StillReading(Arc<AtomicUsize>);

impl Drop for StillReading {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl LogWriter {
    /// Starts the writer's thread. It connects by itself, and again after each failure.
    ///
    /// # Errors
    /// When the operating system gives no thread or runtime.
    pub fn start(url: String, role: Option<String>) -> std::io::Result<Self> {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let reading = Arc::new(AtomicUsize::new(0));
        let others = Arc::clone(&reading);
        std::thread::Builder::new()
            .name("access-log".into())
            .spawn(move || runtime.block_on(run(url, role, waiting, &others)))?;
        Ok(Self { queue, reading })
    }

    /// Says that a unit begins to read.
    pub(crate) fn still_reading(&self) -> StillReading {
        self.reading.fetch_add(1, Ordering::Relaxed);
        StillReading(Arc::clone(&self.reading))
    }

    /// Waits until the rows are committed and gives back their ids in order.
    ///
    /// # Errors
    /// When the queue is full, or no COMMIT came within two seconds. A row may then still be
    /// written for an answer that was never given; never the inverse.
    pub async fn write(&self, events: Vec<Event>) -> Result<Vec<EventId>, LogUnavailable> {
        let (done, committed) = oneshot::channel();
        self.queue.try_send(Slip { events, done }).map_err(|_| LogUnavailable)?;
        match tokio::time::timeout(PATIENCE, committed).await {
            Ok(Ok(ids)) => Ok(ids),
            Ok(Err(_)) | Err(_) => Err(LogUnavailable),
        }
    }

    /// True while the queue has room, for readiness.
    #[must_use]
    pub fn has_room(&self) -> bool {
        !self.queue.is_closed() && self.queue.capacity() > 0
    }
}

async fn run(url: String, role: Option<String>, mut waiting: mpsc::Receiver<Slip>, reading: &AtomicUsize) {
    let mut conn: Option<AsyncPgConnection> = None;
    let mut batch = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut batch, BATCH).await > 0 {
        gather(&mut waiting, &mut batch, reading).await;
        // Whoever gave up waiting gets no row on their behalf later than they could still be served.
        batch.retain(|slip| !slip.done.is_closed());
        if batch.is_empty() {
            continue;
        }
        if conn.is_none() {
            conn = connect(&url, role.as_deref()).await;
        }
        let Some(live) = conn.as_mut() else {
            batch.clear();
            tokio::time::sleep(RECONNECT).await;
            continue;
        };
        let written =
            tokio::time::timeout(PATIENCE, insert(live, batch.iter().flat_map(|slip| slip.events.iter())))
                .await;
        if let Ok(Ok(ids)) = written {
            release(&mut batch, ids);
        } else {
            if let Ok(Err(error)) = written {
                tracing::error!(error.kind = %crate::fault::kind(&error), "access log insert failed");
            }
            batch.clear();
            conn = None;
        }
    }
}

/// Waits while more are still reading than are waiting here.
async fn gather(waiting: &mut mpsc::Receiver<Slip>, batch: &mut Vec<Slip>, reading: &AtomicUsize) {
    if batch.len() >= reading.load(Ordering::Relaxed) {
        return;
    }
    let more = async {
        while batch.len() < BATCH.min(reading.load(Ordering::Relaxed)) {
            if waiting.recv_many(batch, BATCH - batch.len()).await == 0 {
                break;
            }
        }
    };
    let _ = tokio::time::timeout(LINGER, more).await;
}

fn release(batch: &mut Vec<Slip>, ids: Vec<EventId>) {
    let mut ids = ids.into_iter();
    for slip in batch.drain(..) {
        let own: Vec<EventId> = ids.by_ref().take(slip.events.len()).collect();
        if own.len() == slip.events.len() {
            // A receiver that hung up in the meantime has its row; that is all it is owed.
            let _ = slip.done.send(own);
        }
    }
}

async fn connect(url: &str, role: Option<&str>) -> Option<AsyncPgConnection> {
    let attempt = async {
        let mut conn = AsyncPgConnection::establish(url).await.map_err(|_| ())?;
        conn.batch_execute(&crate::desk::connection_settings(role)).await.map_err(|_| ())?;
        Ok::<_, ()>(conn)
    };
    match tokio::time::timeout(PATIENCE, attempt).await {
        Ok(Ok(conn)) => Some(conn),
        Ok(Err(())) | Err(_) => {
            tracing::error!("access log cannot reach the database");
            None
        }
    }
}
