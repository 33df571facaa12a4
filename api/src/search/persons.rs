//! `POST /api/v1/search/persons`: a person by name with birth date or year. Posted, so that no name stands in
//! a URL.

use actix_web::{post, web::Data};
use authz::desk::{Caller, Disclosed};
use chrono::NaiveDate;
use domain::{
    search::{Birth, Hit, Hits, Query, search},
    validation::Rule,
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    http::{Ask, Body, Reads, Reply},
    problem::Problem,
    server::Worker,
};

/// Whom one looks for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    given_name: Option<String>,
    family_name: Option<String>,
    birth_date: Option<NaiveDate>,
    birth_year: Option<i32>,
}

/// Finds a person in the files one may know of, if both name and birth date would show.
#[utoipa::path(tag = "search", request_body = Wanted, responses((status = 200, body = Hits)))]
#[post("/api/v1/search/persons")]
pub async fn persons(worker: Data<Worker>, ask: Ask<Reads>) -> Result<Reply, Problem> {
    Reply::whole_list::<Hit>(run(&worker, ask.caller, ask.body).await?)
}

/// The search, for the API and the pages alike.
pub async fn run(worker: &Worker, caller: Caller, body: Body) -> Result<Disclosed<Vec<Hit>>, Problem> {
    worker
        .desk()?
        .read::<_, Problem>(caller, async move |session| {
            session.reach().await?;
            let Wanted { given_name, family_name, birth_date, birth_year } = body.read()?;
            let birth = match (birth_date, birth_year) {
                (Some(date), _) => Birth::Date(date),
                (None, Some(year)) => Birth::Year(year),
                (None, None) => {
                    return Err(domain::refusal::Refusal::invalid("/birth_date", Rule::Missing).into());
                }
            };
            Ok(search(session, &Query { given_name, family_name, birth }).await?)
        })
        .await
}
