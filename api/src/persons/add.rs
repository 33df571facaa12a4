//! `POST /api/v1/files/{id}/persons`: add a person.

use actix_web::{post, web::Data};
use authz::{
    acts::AddPerson,
    desk::{Answered, Caller, Disclosed},
    id::FileId,
};
use domain::{
    file::{find::find_for_change, view::RiskFile},
    person::{NewPerson, PersonAdded, add as add_person},
};

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// Adds a person to a file.
#[utoipa::path(tag = "persons", params(("id" = uuid::Uuid, Path, description = "The file")), request_body = NewPerson, responses((status = 201, body = PersonAdded)))]
#[post("/api/v1/files/{id}/persons")]
pub async fn add(worker: Data<Worker>, ask: Ask<Changes>, id: Id<0, FileId>) -> Result<Reply, Problem> {
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
            let permit = session.permit::<AddPerson, RiskFile>(&file)?;
            let (spent, added) = add_person(session, permit, body.read::<NewPerson>()?).await?;
            Ok(session.done(spent, &added)?)
        })
        .await
}
