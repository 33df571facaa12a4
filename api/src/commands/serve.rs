//! `filet serve`: until it is told to stop; then what is under way is finished.

use std::{path::Path, process::ExitCode, sync::Arc};

use authz::{clock::Clock, keys::DirectoryKeystore};
use chrono::{DateTime, Utc};
use domain::scenario::is_demonstration;
use tokio::signal::unix::{SignalKind, signal};

use crate::{
    config::Config,
    jobs,
    server::{self, Metrics, Running},
};

pub(super) fn run(config: Option<&Path>, frozen: Option<DateTime<Utc>>) -> anyhow::Result<ExitCode> {
    super::start_logging();
    let config = Config::read(config)?;
    config.check()?;
    let clock = config.clock(frozen)?;
    refuse_public_passwords(&config)?;
    on_runtime(config, clock, |running| super::say(&format!("serving on http://{}", running.address)))?;
    Ok(ExitCode::SUCCESS)
}

/// A real installation does not open on a database whose passwords stand in the documentation.
fn refuse_public_passwords(config: &Config) -> anyhow::Result<()> {
    if config.demo {
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let public = runtime.block_on(is_demonstration(&config.database_url, config.role()))?;
    anyhow::ensure!(
        !public,
        "the database holds a demonstration, whose passwords are public: refused unless demo = true"
    );
    Ok(())
}

/// Serves until a signal comes, then stops cleanly.
pub(super) fn on_runtime(config: Config, clock: Clock, started: impl FnOnce(&Running)) -> anyhow::Result<()> {
    let keys = Arc::new(DirectoryKeystore::open_or_create(&config.keystore)?);
    let metrics_listen = config.metrics_listen;
    let shared = server::prepare(config, clock, keys)?;
    let metrics: Metrics = shared.metrics.clone();
    actix_web::rt::System::new().block_on(async move {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let jobs = jobs::start(&shared)?;
        let running = server::serve(shared)?;
        if let Some(listen) = metrics_listen {
            // A second program on the same machine may hold the address; serving does not depend on it.
            match server::serve_metrics(metrics, listen) {
                Ok(server) => drop(tokio::spawn(server)),
                Err(error) => tracing::warn!(error.kind = %error.kind(), "metrics are not served"),
            }
        }
        started(&running);
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        running.stop().await;
        jobs.stop().await;
        Ok(())
    })
}
