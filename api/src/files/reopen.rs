//! `POST /api/v1/files/{id}/reopening`: reopen a closed file.

use actix_web::{post, web::Data};
use authz::{
    acts::ReopenFile,
    desk::{Answered, Caller, Disclosed},
    id::FileId,
};
use domain::file::{
    find::find_for_change,
    lifecycle::{FileState, reopen as reopen_file},
    view::RiskFile,
};

use crate::{
    http::{Ask, Body, Changes, Id, Nothing, Reply},
    problem::Problem,
    server::Worker,
};

/// Reopens a file; its sunset is cleared.
#[utoipa::path(tag = "files", params(("id" = uuid::Uuid, Path, description = "The file")), request_body = Nothing, responses((status = 200, body = FileState)))]
#[post("/api/v1/files/{id}/reopening")]
pub async fn reopen(worker: Data<Worker>, ask: Ask<Changes>, id: Id<0, FileId>) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: FileId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let file = find_for_change(session, id).await?;
            let permit = session.permit::<ReopenFile, RiskFile>(&file)?;
            body.read::<Nothing>()?;
            let (spent, state) = reopen_file(session, permit).await?;
            Ok(session.done(spent, &state)?)
        })
        .await
}
