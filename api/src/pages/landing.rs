//! The first page: what Filet is, and the way in and out.

use actix_web::{
    HttpRequest, HttpResponse, get, post,
    web::{Data, Form},
};
use askama::Template;
use authz::{
    accounts::{Attempt, SignInError, sign_in as open_session, web_token},
    clock::real_now,
    desk::Caller,
};
use domain::wording::Lang;
use serde::Deserialize;

use super::{
    html, redirect,
    text::Text,
    visitor::{Visitor, cookie, same_origin},
};
use crate::{
    problem::Problem,
    server::Worker,
    session::{label_of, rules},
};

#[derive(Template)]
#[template(path = "landing.html")]
struct Landing {
    lang: Lang,
    text: &'static Text,
    signed_in: bool,
    refused: bool,
}

fn page(lang: Lang, signed_in: bool, refused: bool) -> Result<HttpResponse, Problem> {
    html(&Landing { lang, text: Text::of(lang), signed_in, refused })
}

#[get("/")]
pub(super) async fn landing(visitor: Visitor) -> Result<HttpResponse, Problem> {
    page(visitor.lang, visitor.actor.is_some(), false)
}

#[derive(Deserialize)]
struct Credentials {
    email: String,
    password: String,
    totp: Option<String>,
}

#[post("/sign-in")]
pub(super) async fn sign_in(
    worker: Data<Worker>,
    request: HttpRequest,
    visitor: Visitor,
    form: Form<Credentials>,
) -> Result<HttpResponse, Problem> {
    same_origin(&request)?;
    worker.limit_address(request.peer_addr().map(|peer| peer.ip()))?;
    let shared = &worker.shared;
    let rules = rules(&shared.config);
    let Credentials { email, password, totp } = form.into_inner();
    let code = totp.filter(|code| !code.trim().is_empty());
    let attempt = Attempt { email, password, code, label: label_of(&request) };
    let (passwords, issuer) = (shared.passwords.clone(), shared.issuer.clone());
    let caller = Caller::nobody(visitor.request);
    let tokens = match open_session(worker.desk()?, caller, attempt, passwords, issuer, rules).await {
        Ok(tokens) => tokens.into_parts().0,
        Err(SignInError::Refused) => return page(visitor.lang, false, true),
        Err(error) => return Err(error.into()),
    };
    let actor = shared.verifier.verify(&tokens.access, real_now());
    let actor = actor.ok_or_else(|| Problem::new(crate::problem::ProblemKind::Internal))?;
    let token = web_token(worker.desk()?, Caller::signed_in(actor, None, visitor.request)).await?;
    let mut response = redirect("/dossiers");
    response.add_cookie(&cookie(token)).map_err(|_| Problem::new(crate::problem::ProblemKind::Internal))?;
    Ok(response)
}

#[post("/sign-out")]
pub(super) async fn sign_out(
    worker: Data<Worker>,
    request: HttpRequest,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    same_origin(&request)?;
    if let Some(actor) = visitor.actor {
        authz::accounts::sign_out(worker.desk()?, Caller::signed_in(actor, None, visitor.request)).await?;
    }
    let mut response = redirect("/");
    response.headers_mut().insert(
        actix_web::http::header::HeaderName::from_static("clear-site-data"),
        actix_web::http::header::HeaderValue::from_static("\"cache\", \"cookies\", \"storage\""),
    );
    response
        .add_cookie(&cookie(String::new()))
        .map_err(|_| Problem::new(crate::problem::ProblemKind::Internal))?;
    Ok(response)
}
