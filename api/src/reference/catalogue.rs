//! `GET /api/v1/catalogue`: fields and codes.

use actix_web::{get, web::Data};
use domain::reference::{CatalogueView, find_catalogue};

use crate::{
    http::{Ask, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Every field with its category and type, every code with its labels.
#[utoipa::path(tag = "reference", responses((status = 200, body = CatalogueView)))]
#[get("/api/v1/catalogue")]
pub async fn catalogue(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_catalogue(session).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::view(view)
}
