//! `POST /api/v1/instruments`: import an instrument.

use actix_web::{post, web::Data};
use authz::{
    accounts::{Deployment, deployment},
    acts::ImportInstrument,
    desk::{Answered, Caller, Disclosed},
};
use domain::instrument::{Definition, InstrumentImported, import};

use crate::{
    http::{Ask, Body, Reply, SignedIn},
    problem::Problem,
    server::Worker,
};

/// Imports a version of an instrument, as `docs/instrument.schema.json` says: an admin of a coordination
/// agency, who answers for the licence. A version that is there is never altered.
#[utoipa::path(tag = "reference", request_body = Object, responses((status = 201, body = InstrumentImported)))]
#[post("/api/v1/instruments")]
pub async fn import_instrument(worker: Data<Worker>, ask: Ask<SignedIn>) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(worker: &Worker, caller: Caller, body: Body) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let whole = deployment(session).await?;
            let permit = session.permit::<ImportInstrument, Deployment>(&whole)?;
            let (spent, imported) = import(session, permit, body.read::<Definition>()?).await?;
            Ok(session.done(spent, &imported)?)
        })
        .await
}
