//! `POST /api/v1/mobilisations/{id}/reopening`: bring a closed mobilisation back to life.

use actix_web::{post, web::Data};
use authz::{
    acts::{ReopenFile, ReopenMobilisation},
    desk::{Answered, Caller, Disclosed},
    id::MobilisationId,
};
use domain::{
    file::{lifecycle::reopen as reopen_the_file, view::RiskFile},
    mobilisation::{
        Mobilisation, Moved, NewReopening, find_file_to_reopen, find_for_change, reopen as reopen_now,
    },
};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Brings a closed mobilisation back to life, and its file with it if that was closed too.
#[utoipa::path(tag = "mobilisations", params(("id" = uuid::Uuid, Path, description = "The mobilisation")), request_body = NewReopening, responses((status = 200, body = Moved)))]
#[post("/api/v1/mobilisations/{id}/reopening")]
pub async fn reopen(
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
            let permit = session.permit::<ReopenMobilisation, Mobilisation>(&found)?;
            let new: NewReopening = body.read()?;
            if let Some(file) = find_file_to_reopen(session, id).await? {
                let permit = session.permit::<ReopenFile, RiskFile>(&file)?;
                let _reopened = reopen_the_file(session, permit).await?;
            }
            let (spent, moved) = reopen_now(session, permit, &new).await?;
            Ok(session.done(spent, &moved)?)
        })
        .await
}
