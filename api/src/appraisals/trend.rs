//! `GET /api/v1/files/{id}/appraisals/trend`: how a person's level went.

use actix_web::{HttpRequest, get, web::Data};
use authz::id::{FileId, PersonId};
use domain::appraisal::{TrendView, find_trend};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    http::{Ask, Id, Reads, Reply, read_query},
    problem::Problem,
    server::Worker,
};

/// Of whom, by what.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Of {
    #[param(value_type = uuid::Uuid)]
    person: PersonId,
    /// Code of the instrument.
    instrument: String,
}

/// The levels of one person by one instrument, the earliest first, of the appraisals that show.
#[utoipa::path(tag = "appraisals", params(("id" = uuid::Uuid, Path, description = "The file"), Of),
    responses((status = 200, body = TrendView)))]
#[get("/api/v1/files/{id}/appraisals/trend")]
pub async fn trend(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<Reads>,
    id: Id<0, FileId>,
) -> Result<Reply, Problem> {
    let id = id.get();
    let Of { person, instrument } = read_query(request.query_string())?;
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_trend(session, id, person, instrument).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::view(view)
}
