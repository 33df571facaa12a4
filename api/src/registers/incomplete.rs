//! `GET /api/v1/registers/disclosures/incomplete`: the own agency's disclosures whose record is still to be written.

use actix_web::{get, web::Data};
use domain::disclosure::{IncompleteView, find_incomplete};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    http::{Ask, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Disclosures whose record is still to be written.
#[derive(Serialize, ToSchema)]
pub struct IncompletesView {
    items: Vec<IncompleteView>,
    next: Option<String>,
}

/// The own agency's disclosures whose record is still to be written, oldest first: its privacy officer and respondents.
#[utoipa::path(tag = "registers", responses((status = 200, body = IncompletesView)))]
#[get("/api/v1/registers/disclosures/incomplete")]
pub async fn incomplete(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_incomplete(session).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::whole_list(view)
}
