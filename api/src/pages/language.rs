//! Choosing the language of the pages.

use actix_web::{HttpResponse, get, web::Query};
use domain::wording::Lang;
use serde::Deserialize;

use super::{
    oops::{Oops, own_path, redirect},
    visit::language_cookie,
};
use crate::problem::{Problem, ProblemKind};

#[derive(Deserialize)]
pub(super) struct Wanted {
    vers: Lang,
    suite: Option<String>,
}

#[get("/langue")]
pub(super) async fn choose(wanted: Query<Wanted>) -> Result<HttpResponse, Oops> {
    let Wanted { vers, suite } = wanted.into_inner();
    let mut response = redirect(own_path(suite.as_deref().unwrap_or("/")));
    response.add_cookie(&language_cookie(vers)).map_err(|_| Problem::new(ProblemKind::Internal))?;
    Ok(response)
}
