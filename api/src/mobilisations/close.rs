//! `POST /api/v1/mobilisations/{id}/closure`: close a mobilisation.

use actix_web::{post, web::Data};
use authz::{
    acts::{CloseFile, CloseMobilisation},
    desk::{Answered, Caller, Disclosed},
    id::MobilisationId,
};
use domain::{
    file::{lifecycle::close as close_the_file, view::RiskFile},
    mobilisation::{
        Mobilisation, Moved, NewClosure, close as close_now, find_file_to_close, find_for_change,
    },
};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Closes a mobilisation, not its file unless that is asked for too: then its sunset begins.
#[utoipa::path(tag = "mobilisations", params(("id" = uuid::Uuid, Path, description = "The mobilisation")), request_body = NewClosure, responses((status = 200, body = Moved)))]
#[post("/api/v1/mobilisations/{id}/closure")]
pub async fn close(
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
            let permit = session.permit::<CloseMobilisation, Mobilisation>(&found)?;
            let new: NewClosure = body.read()?;
            let (spent, moved) = close_now(session, permit, &new).await?;
            if new.close_file {
                let file = find_file_to_close(session, id).await?;
                let permit = session.permit::<CloseFile, RiskFile>(&file)?;
                let _closed = close_the_file(session, permit).await?;
            }
            Ok(session.done(spent, &moved)?)
        })
        .await
}
