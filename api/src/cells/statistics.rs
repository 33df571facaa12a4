//! `GET /api/v1/cells/{id}/statistics`: a year of a cell, or of its region, in numbers that name nobody.

use actix_web::{HttpRequest, get, web::Data};
use authz::id::CellId;
use domain::{
    statistics::{StatisticsView, find_cell, find_region},
    validation::Rule,
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    http::{Ask, Id, Reply, SignedIn, read_query},
    problem::Problem,
    server::Worker,
};

/// Which year.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// A calendar year: the only period there is, so that no two answers can be subtracted.
    year: i32,
}

impl Wanted {
    fn read(request: &HttpRequest) -> Result<i32, Problem> {
        let Self { year } = read_query(request.query_string())?;
        if (2000..=2200).contains(&year) {
            Ok(year)
        } else {
            Err(Problem::bad_query("year", Rule::OutOfRange))
        }
    }
}

/// A year of a cell: its coordinator and committee. Counts below five, and what would tell them, are null.
#[utoipa::path(tag = "cells", params(("id" = uuid::Uuid, Path, description = "The cell"), Wanted), responses((status = 200, body = StatisticsView)))]
#[get("/api/v1/cells/{id}/statistics")]
pub async fn of_cell(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<SignedIn>,
    id: Id<0, CellId>,
) -> Result<Reply, Problem> {
    let (id, year) = (id.get(), Wanted::read(&request)?);
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_cell(session, id, year).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::view(view)
}

/// A year of a region: whoever coordinates one of its cells.
#[utoipa::path(tag = "cells", params(("region" = String, Path, description = "A code of `region`"), Wanted), responses((status = 200, body = StatisticsView)))]
#[get("/api/v1/regions/{region}/statistics")]
pub async fn of_region(
    worker: Data<Worker>,
    request: HttpRequest,
    ask: Ask<SignedIn>,
) -> Result<Reply, Problem> {
    let year = Wanted::read(&request)?;
    let region = request.match_info().get("region").unwrap_or_default().to_owned();
    let view = worker
        .desk()?
        .read::<_, Problem>(ask.caller, async move |session| {
            let found = find_region(session, &region, year).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Reply::view(view)
}
