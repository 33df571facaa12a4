//! `POST /api/v1/files/{id}/circle`: bring an agency into the circle.

use actix_web::{post, web::Data};
use authz::{
    acts::AddAgency,
    desk::{Answered, Caller, Disclosed},
    id::FileId,
};
use domain::{
    circle::{MemberJoined, NewMember, join as join_circle},
    file::{find::find_for_change, view::RiskFile},
};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Brings an agency into the circle, from now on.
#[utoipa::path(tag = "circle", params(("id" = uuid::Uuid, Path, description = "The file")), request_body = NewMember, responses((status = 201, body = MemberJoined)))]
#[post("/api/v1/files/{id}/circle")]
pub async fn join(worker: Data<Worker>, ask: Ask<Changes>, id: Id<0, FileId>) -> Result<Reply, Problem> {
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
            let permit = session.permit::<AddAgency, RiskFile>(&file)?;
            let (spent, joined) = join_circle(session, permit, body.read::<NewMember>()?).await?;
            Ok(session.done(spent, &joined)?)
        })
        .await
}
