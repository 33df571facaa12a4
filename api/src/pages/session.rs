//! Signing in and out of the pages.

use actix_web::{HttpRequest, HttpResponse, dev::Payload, get, http::header, post, web::Query};
use authz::{
    accounts::{
        Attempt, Locale, SignInError, Tokens, sign_in as open_session, sign_out as close_session, web_token,
    },
    clock::real_now,
    desk::Caller,
    fault::{Denied, Fault, Stop},
    id::RequestId,
};
use serde::Deserialize;

use super::{
    account::spoken,
    field::{Field, Form, Shape},
    form,
    frame::Frame,
    oops::{Oops, own_path, redirect},
    simple::FormPage,
    visit::{Passerby, language_cookie, no_cookies, same_origin, session_cookie},
};
use crate::{
    problem::{Problem, ProblemKind},
    server::Worker,
    session::{label_of, rules},
};

#[derive(Deserialize)]
pub(super) struct Then {
    suite: Option<String>,
    fait: Option<String>,
}

fn page(passerby: &Passerby, then: &str, refused: bool, email: &str) -> Result<FormPage, Oops> {
    page_saying(passerby, then, refused, email, None)
}

fn page_saying(
    passerby: &Passerby,
    then: &str,
    refused: bool,
    email: &str,
    done: Option<&str>,
) -> Result<FormPage, Oops> {
    let (frame, p) = (Frame::outside(passerby)?.saying(done), passerby.p);
    let fields = vec![
        Field::new(Shape::Line("email", "username", 0), "_email", p.t("email")).given(email),
        Field::new(Shape::Line("password", "current-password", 0), "_password", p.t("password")),
        Field::new(Shape::Line("text", "one-time-code", 10), "_code", p.t("code"))
            .hint(p.t("code-hint"))
            .optional(),
        Field::hidden("_suite", own_path(then)),
        Field::prose(p.t("sign-in-forgotten")),
    ];
    let mut form = Form::new(&frame, "/connexion", p.t("sign-in"), fields)?;
    if refused {
        form = form.failing(p.t("sign-in-refused"));
    }
    let demo = frame.demo;
    let page = FormPage::new(frame, p.t("sign-in"), form).back("/");
    Ok(if demo { page.lead(p.t("sign-in-demo")) } else { page })
}

#[get("/connexion")]
pub(super) async fn ask(passerby: Passerby, then: Query<Then>) -> Result<HttpResponse, Oops> {
    let Then { suite, fait } = then.into_inner();
    let then = suite.unwrap_or_else(|| "/accueil".into());
    if passerby.known.is_some() {
        // Her session may have ended elsewhere within the minute: the page she goes to asks anew.
        if let Some(token) = passerby.token() {
            passerby.worker.shared.visitors.forget(token);
        }
        return Ok(redirect(own_path(&then)));
    }
    page_saying(&passerby, &then, false, "", fait.as_deref())?.show()
}

#[post("/connexion")]
pub(super) async fn sign_in(
    request: HttpRequest,
    payload: actix_web::web::Payload,
    passerby: Passerby,
) -> Result<HttpResponse, Oops> {
    same_origin(&request)?;
    let worker = form::worker(&request)?;
    worker.limit_address(request.peer_addr().map(|peer| peer.ip()))?;
    let fields = form::read(Payload::from(payload.into_inner())).await?;
    let field = |name: &str| fields.iter().find(|(field, _)| field == name).map_or("", |(_, words)| words);
    let then = own_path(field("_suite")).to_owned();
    let attempt = Attempt {
        email: field("_email").to_owned(),
        password: field("_password").to_owned(),
        code: Some(field("_code").trim().to_owned()).filter(|code| !code.is_empty()),
        label: label_of(&request),
    };
    let email = attempt.email.clone();
    match open(&worker, passerby.request, attempt).await {
        Ok(opened) => opened.lead_to(if then == "/" { "/accueil" } else { &then }),
        Err(SignInError::Refused) => page(&passerby, &then, true, &email)?.show(),
        Err(error) => Err(error.into()),
    }
}

/// A session that a browser has just opened.
pub(super) struct Opened {
    token: String,
    language: Option<Locale>,
}

impl Opened {
    /// Gives the browser what tokens opened.
    pub(super) async fn with(
        worker: &Worker,
        request: RequestId,
        tokens: Tokens,
    ) -> Result<Self, SignInError> {
        let desk = worker.desk().map_err(|_| Stop::Fault(Fault::Pool))?;
        let actor = worker.shared.verifier.verify(&tokens.access, real_now());
        let actor = actor.ok_or(Stop::Denied(Denied::Unauthenticated))?;
        let token = web_token(desk, Caller::signed_in(actor, None, request)).await?;
        Ok(Self { token, language: tokens.profile.language })
    }

    /// Leads to a page, with the cookies of the session and of the language its holder chose.
    pub(super) fn lead_to(self, path: &str) -> Result<HttpResponse, Oops> {
        let mut response = redirect(path);
        let language = self.language.map(|locale| language_cookie(spoken(locale)));
        for cookie in [Some(session_cookie(self.token)), language].into_iter().flatten() {
            response.add_cookie(&cookie).map_err(|_| Problem::new(ProblemKind::Internal))?;
        }
        Ok(response)
    }
}

async fn open(worker: &Worker, request: RequestId, attempt: Attempt) -> Result<Opened, SignInError> {
    let shared = &worker.shared;
    let desk = worker.desk().map_err(|_| Stop::Fault(Fault::Pool))?;
    let (passwords, issuer) = (shared.passwords.clone(), shared.issuer.clone());
    let rules = rules(&shared.config);
    let tokens = open_session(desk, Caller::nobody(request), attempt, passwords, issuer, rules).await?;
    Opened::with(worker, request, tokens.into_parts().0).await
}

#[post("/deconnexion")]
pub(super) async fn sign_out(request: HttpRequest, passerby: Passerby) -> Result<HttpResponse, Oops> {
    same_origin(&request)?;
    let worker = passerby.worker.clone();
    if let Some(token) = passerby.token() {
        worker.shared.visitors.forget(token);
    }
    if let Some(known) = &passerby.known {
        close_session(worker.desk()?, Caller::signed_in(known.actor, None, passerby.request)).await?;
    }
    let mut response = redirect("/");
    response.headers_mut().insert(
        header::HeaderName::from_static("clear-site-data"),
        header::HeaderValue::from_static("\"cache\", \"storage\""),
    );
    for gone in no_cookies() {
        response.add_cookie(&gone).map_err(|_| Problem::new(ProblemKind::Internal))?;
    }
    Ok(response)
}
