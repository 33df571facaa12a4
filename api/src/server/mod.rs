//! The server: workers, each with its own desk; one table of routes; a clean start and stop.

mod limits;
mod metrics;
mod routes;
mod worker;

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use actix_web::{App, HttpServer, dev::ServerHandle, middleware::from_fn, web};
use arc_swap::ArcSwap;
use authz::{
    accounts::RelyingParty,
    ceiling::Ceiling,
    clock::Clock,
    credentials::{Passwords, TokenIssuer, TokenVerifier},
    desk::{Connections, Desk},
    keys::Keystore,
    log::LogWriter,
};
use utoipa_actix_web::AppExt;

pub use metrics::{Metrics, serve as serve_metrics};
pub use routes::{methods_of, openapi, table};
pub use worker::Worker;

use crate::{config::Config, pages::Visitors, problem};

/// What all workers share.
#[derive(Clone)]
pub struct Shared {
    /// Settings.
    pub config: Arc<Config>,
    /// The domain's clock.
    pub clock: Clock,
    /// Keys.
    pub keys: Arc<dyn Keystore>,
    /// The policy in force.
    pub ceiling: Arc<ArcSwap<Ceiling>>,
    /// The access log's writer.
    pub log: LogWriter,
    /// Reads access tokens.
    pub verifier: TokenVerifier,
    /// Makes them.
    pub issuer: TokenIssuer,
    /// Checks passwords, a few at a time.
    pub passwords: Passwords,
    /// Counters.
    pub metrics: Metrics,
    /// Browsers seen lately.
    pub visitors: Visitors,
    /// This installation as passkeys know it, where there can be any.
    pub passkeys: Option<RelyingParty>,
}

/// A running server.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    handle: ServerHandle,
    finished: tokio::task::JoinHandle<io::Result<()>>,
}

impl Running {
    /// Stops: no new connections, what is under way is finished, for at most a few seconds.
    pub async fn stop(self) {
        self.handle.stop(true).await;
        let _ = self.finished.await;
    }

    /// Waits until the server ends by itself, as it does after a signal.
    ///
    /// # Errors
    /// When it ended in an error.
    pub async fn finished(self) -> io::Result<()> {
        self.finished.await.map_err(io::Error::other)?
    }
}

/// Prepares what workers share.
///
/// # Errors
/// When the policy, the keystore or the data the program was built with is not sound.
pub fn prepare(config: Config, clock: Clock, keys: Arc<dyn Keystore>) -> anyhow::Result<Shared> {
    domain::catalogue::Catalogue::built_in()?;
    domain::law::Law::built_in()?;
    domain::instrument::Instrument::built_in()?;
    let ceiling = Ceiling::built_in()?;
    let log = LogWriter::start(config.database_url.clone(), config.role().map(str::to_owned))?;
    let issuer = TokenIssuer::new(Arc::clone(&keys), &config.public_url)?;
    Ok(Shared {
        verifier: issuer.verifier(),
        issuer,
        passwords: Passwords::new(2)?,
        metrics: Metrics::new()?,
        visitors: Visitors::default(),
        passkeys: RelyingParty::at(&config.public_url),
        config: Arc::new(config),
        clock,
        keys,
        ceiling: Arc::new(ArcSwap::new(ceiling)),
        log,
    })
}

/// Starts serving.
///
/// # Errors
/// When the address cannot be had.
pub fn serve(shared: Shared) -> io::Result<Running> {
    let (listen, workers) = (shared.config.listen, shared.config.workers);
    let server = HttpServer::new(move || {
        // One pool a worker: a connection's driver dies with the worker that opened it.
        let worker = web::Data::new(Worker::new(shared.clone()));
        let (app, _) = App::new().into_utoipa_app().configure(routes::api).split_for_parts();
        app.app_data(worker)
            .configure(routes::outside_the_api)
            .wrap(from_fn(metrics::measure))
            .wrap(from_fn(problem::finish))
    })
    .workers(workers)
    .client_request_timeout(Duration::from_secs(10))
    .shutdown_timeout(5)
    .bind(listen)?;
    let address = server.addrs().first().copied().unwrap_or(listen);
    let server = server.disable_signals().run();
    let handle = server.handle();
    Ok(Running { address, handle, finished: tokio::spawn(server) })
}

/// A desk of one's own, outside the workers: for jobs and commands.
///
/// # Errors
/// When the pool cannot be built.
pub fn desk(shared: &Shared, connections: usize) -> Result<Desk, authz::fault::Fault> {
    let pool = Connections::new(&shared.config.database_url, shared.config.role(), connections)?;
    Ok(Desk::new(
        pool,
        shared.log.clone(),
        Arc::clone(&shared.ceiling),
        Arc::clone(&shared.keys),
        shared.clock,
    ))
}
