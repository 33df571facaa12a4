//! `GET /api/v1/access-events/points`: what was signed of the log.

use actix_web::{get, web::Data};
use authz::{
    desk::{Caller, Disclosed},
    log::{ProvenView, find_proven},
};
use chrono::TimeDelta;

use crate::{
    http::{Ask, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// A line that waits longer than this to be signed is told to whoever watches and to whoever reads the log.
pub const TOO_LONG: TimeDelta = TimeDelta::minutes(2);

/// The key of the log, its last signed point (a C2SP checkpoint), and the pieces in which it is handed out, for auditors
/// and privacy officers. Whoever keeps a point can prove later that nothing it covers was altered or removed.
#[utoipa::path(tag = "log", responses((status = 200, body = ProvenView)))]
#[get("/api/v1/access-events/points")]
pub async fn points(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    Reply::view(run(&worker, ask.caller).await?)
}

/// What was signed, for the API and the pages alike.
pub async fn run(worker: &Worker, caller: Caller) -> Result<Disclosed<ProvenView>, Problem> {
    worker
        .desk()?
        .read::<_, Problem>(caller, async move |session| {
            let found = find_proven(session).await?;
            Ok(session.open(found)?)
        })
        .await
}
