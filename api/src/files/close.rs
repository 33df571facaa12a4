//! `POST /api/v1/files/{id}/closure`: close a file.

use actix_web::{post, web::Data};
use authz::{
    acts::CloseFile,
    desk::{Answered, Caller, Disclosed},
    etag::IfMatch,
    id::FileId,
};
use domain::file::{
    lifecycle::{FileState, close as close_file, find_to_close},
    view::RiskFile,
};

use crate::{
    http::{Ask, Body, Changes, Id, Nothing, Reply},
    problem::Problem,
    server::Worker,
};

/// Closes a file; its sunset begins. Needs the tag of the file as last seen.
#[utoipa::path(tag = "files", params(("id" = uuid::Uuid, Path, description = "The file")), request_body = Nothing, responses((status = 200, body = FileState)))]
#[post("/api/v1/files/{id}/closure")]
pub async fn close(worker: Data<Worker>, ask: Ask<Changes>, id: Id<0, FileId>) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), ask.body, ask.if_match).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: FileId,
    body: Body,
    seen: Option<IfMatch>,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let file = find_to_close(session, id).await?;
            let permit = session.permit::<CloseFile, RiskFile>(&file)?;
            body.read::<Nothing>()?;
            session.unchanged(file, &Ask::<Changes>::seen(seen)?)?;
            let (spent, state) = close_file(session, permit).await?;
            Ok(session.done(spent, &state)?)
        })
        .await
}
