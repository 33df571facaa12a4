//! `POST /api/v1/mobilisations/{id}/identity`: open identity to the coordination.

use actix_web::{post, web::Data};
use authz::{
    acts::{BringFile, OpenIdentity},
    desk::{Answered, Caller, Disclosed},
    id::MobilisationId,
};
use domain::{
    file::{find::find_for_change as find_file, view::RiskFile},
    mobilisation::{Mobilisation, Moved, NewIdentity, find_for_change, open_identity},
};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Brings one’s file to the triggered cell, once a consent or a disclosure in force names the coordination.
#[utoipa::path(tag = "mobilisations", params(("id" = uuid::Uuid, Path, description = "The mobilisation")), request_body = NewIdentity, responses((status = 200, body = Moved)))]
#[post("/api/v1/mobilisations/{id}/identity")]
pub async fn identity(
    worker: Data<Worker>,
    ask: Ask<Changes>,
    id: Id<0, MobilisationId>,
) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: MobilisationId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let found = find_for_change(session, id).await?;
            let permit = session.permit::<OpenIdentity, Mobilisation>(&found)?;
            let NewIdentity { file } = body.read()?;
            let file = find_file(session, file).await?;
            let bring = session.permit::<BringFile, RiskFile>(&file)?;
            let (spent, moved) = open_identity(session, permit, &file, bring).await?;
            Ok(session.done(spent, &moved)?)
        })
        .await
}
