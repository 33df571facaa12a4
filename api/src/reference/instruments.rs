//! `GET /api/v1/instruments`: the instruments of risk appraisal.

use actix_web::{get, web::Data};
use domain::reference::{InstrumentsView, find_instruments};

use crate::{
    http::{Ask, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// The instruments there are, whose they are, and whether one's own agency may use them.
#[utoipa::path(tag = "reference", responses((status = 200, body = InstrumentsView)))]
#[get("/api/v1/instruments")]
pub async fn instruments(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    let lang = ask.lang;
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_instruments(session, lang).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::view(view)
}
