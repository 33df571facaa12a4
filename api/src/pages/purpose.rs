//! Declaring why one reads (*finalité*): asked once, shown on every page, changed at any time.

use actix_web::{HttpResponse, get, post, web::Query};
use askama::Template;
use authz::vocabulary::Purpose;
use serde::Deserialize;

use super::{
    form::Posted,
    frame::{Frame, purpose_key, show},
    oops::{Oops, own_path, redirect},
    visit::{Visit, purpose_cookie},
};
use crate::problem::{Problem, ProblemKind};

#[derive(Deserialize)]
pub(super) struct Then {
    suite: Option<String>,
}

#[derive(Template)]
#[template(path = "purpose.html")]
struct PurposePage {
    frame: Frame,
    then: String,
    purposes: Vec<(&'static str, String, String)>,
}

#[get("/finalite")]
pub(super) async fn ask(visit: Visit, then: Query<Then>) -> Result<HttpResponse, Oops> {
    let frame = Frame::of(&visit)?;
    let then = then.into_inner().suite.unwrap_or_else(|| "/accueil".into());
    let purposes = Purpose::ALL.iter().map(|purpose| {
        let key = purpose_key(*purpose);
        (purpose.wire(), frame.p.t(key), frame.p.t(&format!("{key}-hint")))
    });
    let page = PurposePage { then: own_path(&then).to_owned(), purposes: purposes.collect(), frame };
    show(&page.frame, &page)
}

#[post("/finalite")]
pub(super) async fn declare(posted: Posted) -> Result<HttpResponse, Oops> {
    let purpose: Option<Purpose> = posted.get("purpose").and_then(|word| word.parse().ok());
    let purpose = purpose.ok_or_else(|| Problem::new(ProblemKind::PurposeRequired))?;
    let mut response = redirect(own_path(posted.get("_page").unwrap_or("/accueil")));
    response.add_cookie(&purpose_cookie(purpose)).map_err(|_| Problem::new(ProblemKind::Internal))?;
    Ok(response)
}
