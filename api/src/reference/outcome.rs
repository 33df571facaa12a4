//! `POST /api/v1/instruments/{code}/outcome`: what answers would amount to. Posted, so that none stands in a URL.

use actix_web::{
    post,
    web::{Data, Path},
};
use domain::{
    appraisal::OutcomeView,
    reference::{GivenAnswers, find_outcome},
};

use crate::{
    http::{Ask, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Bounds, ranges and triggers that these answers leave possible. Nothing is recorded, and nothing is decided.
#[utoipa::path(tag = "reference", params(("code" = String, Path, description = "Its short name")), request_body = GivenAnswers, responses((status = 200, body = OutcomeView)))]
#[post("/api/v1/instruments/{code}/outcome")]
pub async fn outcome(worker: Data<Worker>, ask: Ask<SignedIn>, code: Path<String>) -> Result<Reply, Problem> {
    let body = ask.body;
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            session.identify().await?;
            let found = find_outcome(session, &code, &body.read()?).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::view(view)
}
