//! `POST /api/v1/files/{id}/merger`: a file is about the same situation as another.

use actix_web::{post, web::Data};
use authz::{
    acts::{MergeFile, ReceiveMerger},
    desk::{Answered, Caller, Disclosed},
    id::FileId,
};
use domain::file::{
    merge::{Merged, NewMerger, find_to_merge, merge as merge_now},
    view::RiskFile,
};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Merges a file into another about the same situation. Nothing is moved; nobody sees more, or less.
#[utoipa::path(tag = "files", params(("id" = uuid::Uuid, Path, description = "The file")), request_body = NewMerger, responses((status = 201, body = Merged)))]
#[post("/api/v1/files/{id}/merger")]
pub async fn merge(worker: Data<Worker>, ask: Ask<Changes>, id: Id<0, FileId>) -> Result<Reply, Problem> {
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
            // Both are held in one order, so both are known first; what is wrong with the body is said in its turn.
            let wanted = body.read::<NewMerger>();
            let into = wanted.as_ref().map_or(id, |wanted| wanted.into);
            let (file, into) = find_to_merge(session, id, into).await?;
            let permit = session.permit::<MergeFile, RiskFile>(&file)?;
            wanted?;
            let receive = session.permit::<ReceiveMerger, RiskFile>(&into)?;
            let (spent, merged) = merge_now(session, permit, receive).await?;
            Ok(session.done(spent, &merged)?)
        })
        .await
}
