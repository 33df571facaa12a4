//! Counters for operators: by route pattern and status, never by URL, person or value.

use std::{io, net::SocketAddr};

use actix_web::{
    App, Error, HttpResponse, HttpServer,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web,
};
use authz::log::Signed;
use chrono::TimeDelta;
use domain::jobs::MailCounts;
use prometheus::{Encoder, HistogramOpts, HistogramVec, IntGaugeVec, Opts, Registry, TextEncoder};

use super::Worker;

/// The counters of this process.
#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    requests: HistogramVec,
    mails: IntGaugeVec,
    log: IntGaugeVec,
}

impl Metrics {
    /// Registers the counters.
    ///
    /// # Errors
    /// When a name is used twice.
    pub fn new() -> prometheus::Result<Self> {
        let registry = Registry::new();
        let options =
            HistogramOpts::new("filet_request_seconds", "Time to answer, by route pattern and status")
                .buckets(vec![0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5]);
        let requests = HistogramVec::new(options, &["method", "route", "status"])?;
        registry.register(Box::new(requests.clone()))?;
        let mails =
            Opts::new("filet_mails", "Mails waiting to be sent, and mails given up in the last month");
        let mails = IntGaugeVec::new(mails, &["state"])?;
        registry.register(Box::new(mails.clone()))?;
        let log = Opts::new(
            "filet_log",
            "The access log: lines signed, seconds that the oldest row waits, 1 where signing was refused or failed",
        );
        let log = IntGaugeVec::new(log, &["state"])?;
        registry.register(Box::new(log.clone()))?;
        Ok(Self { registry, requests, mails, log })
    }

    /// Notes how many mails there are.
    pub fn mails(&self, counts: MailCounts) {
        self.mails.with_label_values(&["waiting"]).set(counts.waiting);
        self.mails.with_label_values(&["abandoned"]).set(counts.abandoned);
    }

    /// Notes how far the log is signed, nothing where it could not be, and how long the oldest row waits.
    pub fn log_signed(&self, signed: Option<Signed>, waits: Option<TimeDelta>) {
        let set = |state: &str, value: i64| self.log.with_label_values(&[state]).set(value);
        set("refused", i64::from(signed == Some(Signed::Refused)));
        set("failed", i64::from(signed.is_none()));
        set("waiting_seconds", waits.map_or(0, |waits| waits.num_seconds()));
        if let Some(Signed::UpTo(size)) = signed {
            set("signed", i64::try_from(size).unwrap_or(i64::MAX));
        }
    }

    /// The counters as they are served.
    #[must_use]
    pub fn text(&self) -> Vec<u8> {
        let mut text = Vec::new();
        let _ = TextEncoder::new().encode(&self.registry.gather(), &mut text);
        text
    }
}

/// Times every request and writes one line for each: route pattern, status, time. Never a URL.
pub(super) async fn measure(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let begun = std::time::Instant::now();
    let metrics = request.app_data::<web::Data<Worker>>().map(|worker| worker.shared.metrics.clone());
    let method = request.method().clone();
    let answered = next.call(request).await?;
    let route = answered.request().match_pattern().unwrap_or_else(|| "unmatched".into());
    let status = answered.status();
    let seconds = begun.elapsed().as_secs_f64();
    if let Some(metrics) = metrics {
        metrics.requests.with_label_values(&[method.as_str(), &route, status.as_str()]).observe(seconds);
    }
    tracing::info!(http.method = %method, http.route = %route, http.status = status.as_u16(), duration_s = seconds, "answered");
    Ok(answered)
}

/// Serves `/metrics` on its own local listener.
///
/// # Errors
/// When the address cannot be had.
pub fn serve(metrics: Metrics, listen: SocketAddr) -> io::Result<actix_web::dev::Server> {
    let server = HttpServer::new(move || {
        let metrics = metrics.clone();
        App::new().route(
            "/metrics",
            web::get().to(move || {
                let text = metrics.text();
                async move { HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(text) }
            }),
        )
    });
    Ok(server.workers(1).disable_signals().bind(listen)?.run())
}
