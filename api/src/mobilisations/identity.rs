//! `POST /api/v1/mobilisations/{id}/identity`: open identity to the coordination.

use actix_web::{post, web::Data};
use authz::{
    acts::{BringFile, OpenIdentity},
    desk::{Answered, Caller, Disclosed},
    id::{FileId, MobilisationId},
};
use domain::{
    file::view::RiskFile,
    mobilisation::{Mobilisation, Moved, NewIdentity, find_to_open_identity, open_identity},
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
            // Both are held in one order, so both are known first; what is wrong with the body is said in its turn.
            let wanted = body.read::<NewIdentity>();
            let file = wanted.as_ref().map_or(FileId::from_uuid(uuid::Uuid::nil()), |wanted| wanted.file);
            let (found, file) = find_to_open_identity(session, id, file).await?;
            let permit = session.permit::<OpenIdentity, Mobilisation>(&found)?;
            wanted?;
            let bring = session.permit::<BringFile, RiskFile>(&file)?;
            let (spent, moved) = open_identity(session, permit, &file, bring).await?;
            Ok(session.done(spent, &moved)?)
        })
        .await
}
