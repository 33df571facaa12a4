//! Work that no request waits for. Each job is bounded, may run in several processes at once, and may be
//! killed at any moment.

use std::{io, sync::Arc, time::Duration};

use tokio::sync::Notify;

use crate::server::Shared;

/// The jobs of this process.
pub struct Jobs {
    stop: Arc<Notify>,
    thread: Option<std::thread::JoinHandle<()>>,
}

/// Starts the jobs on a thread of their own.
///
/// # Errors
/// When the operating system gives no thread.
pub fn start(shared: &Shared) -> io::Result<Jobs> {
    let stop = Arc::new(Notify::new());
    let (told, shared) = (Arc::clone(&stop), shared.clone());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let thread = std::thread::Builder::new().name("jobs".into()).spawn(move || {
        runtime.block_on(async move {
            loop {
                if domain::jobs::round(&shared.config.database_url, shared.config.role(), shared.clock)
                    .await
                    .is_err()
                {
                    tracing::warn!("a round of jobs failed; the next one tries again");
                }
                if shared.keys.destroy_old_signing(authz::clock::real_now()).is_err() {
                    tracing::warn!("an old signing key could not be destroyed; the next round tries again");
                }
                tokio::select! {
                    () = told.notified() => return,
                    () = tokio::time::sleep(Duration::from_secs(5)) => {}
                }
            }
        });
    })?;
    Ok(Jobs { stop, thread: Some(thread) })
}

impl Jobs {
    /// Stops after the round under way.
    pub async fn stop(mut self) {
        self.stop.notify_one();
        if let Some(thread) = self.thread.take() {
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}
