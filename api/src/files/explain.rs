//! `GET /api/v1/files/{id}/explain`: why a field shows or not, and who could lift it.

use actix_web::{HttpRequest, get, web::Data};
use authz::id::{FileId, PersonId};
use domain::{
    catalogue::Field,
    file::explain::{ExplanationView, find_question},
    validation::Rule,
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    http::{Ask, Id, Reads, Reply, read_query},
    problem::Problem,
    server::Worker,
};

/// What is asked about.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct About {
    #[param(value_type = uuid::Uuid)]
    person: PersonId,
    /// Catalogue field.
    field: String,
}

/// Why a field would show or not, in words. It never speaks of what exists.
#[utoipa::path(tag = "files", params(("id" = uuid::Uuid, Path, description = "The file"), About),
    responses((status = 200, body = ExplanationView)))]
#[get("/api/v1/files/{id}/explain")]
pub async fn explain(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<Reads>,
    id: Id<0, FileId>,
) -> Result<Reply, Problem> {
    let (id, lang) = (id.get(), ask.lang);
    let About { person, field } = read_query(request.query_string())?;
    let field = Field::named(&field).map_err(|_| Problem::bad_query("field", Rule::UnknownField))?;
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let question = find_question(session, id, person, field, lang).await?;
            Ok(session.open_some(question)?)
        })
        .await?;
    Reply::view(view)
}
