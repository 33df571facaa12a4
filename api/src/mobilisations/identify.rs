//! `POST /api/v1/mobilisations`: somebody is worried.

use actix_web::{post, web::Data};
use authz::{
    acts::IdentifySituation,
    desk::{Answered, Caller, Disclosed},
};
use domain::{
    cell::{Cell, find as find_cell},
    mobilisation::{Identified, NewMobilisation, identify as identify_now},
};

use crate::{
    http::{Ask, Body, Changes, Reply},
    problem::Problem,
    server::Worker,
};

/// Begins a mobilisation inside one’s own agency: nothing in it names anybody, and no other agency sees it yet.
#[utoipa::path(tag = "mobilisations", request_body = NewMobilisation, responses((status = 201, body = Identified)))]
#[post("/api/v1/mobilisations")]
pub async fn identify(worker: Data<Worker>, ask: Ask<Changes>) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(worker: &Worker, caller: Caller, body: Body) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let new: NewMobilisation = body.read()?;
            let cell = find_cell(session, new.cell).await?;
            let permit = session.permit::<IdentifySituation, Cell>(&cell)?;
            let (spent, identified) = identify_now(session, permit, new.own_reference.as_deref()).await?;
            Ok(session.done(spent, &identified)?)
        })
        .await
}
