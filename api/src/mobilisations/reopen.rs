//! `POST /api/v1/mobilisations/{id}/reopening`: bring a closed mobilisation back to life.

use actix_web::{post, web::Data};
use authz::{
    acts::{ReopenFile, ReopenMobilisation},
    id::MobilisationId,
};
use domain::{
    file::{lifecycle::reopen as reopen_the_file, view::RiskFile},
    mobilisation::{
        Mobilisation, Moved, NewReopening, find_file_to_reopen, find_for_change, reopen as reopen_now,
    },
};

use crate::{
    http::{Ask, Changes, Id, Reply},
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
    let (id, body) = (id.get(), ask.body);
    let done = worker
        .desk()?
        .act::<Problem>(ask.caller, async move |session| {
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
        .await?;
    Reply::act(done)
}
