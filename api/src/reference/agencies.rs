//! `GET /api/v1/agencies`: agencies at work and cells.

use actix_web::{get, web::Data};
use domain::reference::{AgenciesView, find_agencies};

use crate::{
    http::{Ask, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Agencies at work and cells: the names one needs to speak of recipients.
#[utoipa::path(tag = "reference", responses((status = 200, body = AgenciesView)))]
#[get("/api/v1/agencies")]
pub async fn agencies(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_agencies(session).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::view(view)
}
