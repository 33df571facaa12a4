//! `POST /api/v1/files/{id}/persons/{person}/role`: correct a person's role.

use actix_web::{post, web::Data};
use authz::{
    acts::CorrectPerson,
    id::{FileId, PersonId},
};
use authz::{
    desk::{Answered, Caller, Disclosed},
    vocabulary::SubjectRole,
};
use domain::person::{PersonCorrected, PersonRecord, correct as correct_person, find};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    http::{Ask, Body, Changes, Id, Reply},
    problem::Problem,
    server::Worker,
};

/// The role after the correction.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRole {
    /// Role in the file.
    #[schema(value_type = String)]
    role: SubjectRole,
}

/// Corrects a person's role: a respondent of the agency that added the person.
#[utoipa::path(tag = "persons", params(("id" = uuid::Uuid, Path, description = "The file"), ("person" = uuid::Uuid, Path, description = "The person")), request_body = NewRole, responses((status = 200, body = PersonCorrected)))]
#[post("/api/v1/files/{id}/persons/{person}/role")]
pub async fn correct(
    worker: Data<Worker>,
    ask: Ask<Changes>,
    id: Id<0, FileId>,
    person: Id<1, PersonId>,
) -> Result<Reply, Problem> {
    Reply::act(run(&worker, ask.caller, id.get(), person.get(), ask.body).await?)
}

/// The operation, for the API and the pages alike.
pub async fn run(
    worker: &Worker,
    caller: Caller,
    id: FileId,
    person: PersonId,
    body: Body,
) -> Result<Disclosed<Answered>, Problem> {
    worker
        .desk()?
        .act::<Problem>(caller, async move |session| {
            let person = find(session, id, person).await?;
            let permit = session.permit::<CorrectPerson, PersonRecord>(&person)?;
            let NewRole { role } = body.read()?;
            let (spent, corrected) = correct_person(session, permit, role).await?;
            Ok(session.done(spent, &corrected)?)
        })
        .await
}
