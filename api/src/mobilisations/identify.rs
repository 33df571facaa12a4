//! `POST /api/v1/mobilisations`: somebody is worried.

use actix_web::{post, web::Data};
use authz::acts::IdentifySituation;
use domain::{
    cell::{Cell, find as find_cell},
    mobilisation::{Identified, NewMobilisation, identify as identify_now},
};

use crate::{
    http::{Ask, Changes, Reply},
    problem::Problem,
    server::Worker,
};

/// Begins a mobilisation inside one’s own agency: nothing in it names anybody, and no other agency sees it yet.
#[utoipa::path(tag = "mobilisations", request_body = NewMobilisation, responses((status = 201, body = Identified)))]
#[post("/api/v1/mobilisations")]
pub async fn identify(worker: Data<Worker>, ask: Ask<Changes>) -> Result<Reply, Problem> {
    let body = ask.body;
    let done = worker
        .desk()?
        .act::<Problem>(ask.caller, async move |session| {
            let new: NewMobilisation = body.read()?;
            let cell = find_cell(session, new.cell).await?;
            let permit = session.permit::<IdentifySituation, Cell>(&cell)?;
            let (spent, identified) = identify_now(session, permit, new.own_reference.as_deref()).await?;
            Ok(session.done(spent, &identified)?)
        })
        .await?;
    Reply::act(done)
}
