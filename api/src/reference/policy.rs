//! `GET /api/v1/policy`: the ceiling.

use actix_web::{get, web::Data};
use domain::reference::{PolicyView, find_policy};

use crate::{
    http::{Ask, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// The ceiling that decides, as a table, with its version.
#[utoipa::path(tag = "reference", responses((status = 200, body = PolicyView)))]
#[get("/api/v1/policy")]
pub async fn policy(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_policy(session).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::view(view)
}
