//! The lock (*verrou*): a session left alone, or locked before leaving a desk, opens again to its holder, with
//! whatever was being written.

use actix_web::{HttpRequest, HttpResponse, get, post, web::Query};
use askama::Template;
use authz::{
    accounts::{Assertion, SignInError, lock, unlock, unlock_with_passkey},
    desk::Caller,
};
use serde::Deserialize;

use super::{
    field::{Field, Form, Shape},
    form::{self, Posted},
    frame::{Frame, show_form},
    oops::{Oops, own_path, redirect},
    visit::{Passerby, same_origin},
};
use crate::session::{lockout, passkey::party};

#[derive(Deserialize)]
pub(super) struct Then {
    suite: Option<String>,
}

#[derive(Template)]
#[template(path = "lock.html")]
struct Lock {
    frame: Frame,
    form: Form,
    then: String,
    /// Can there be passkeys at this address?
    passkeys: bool,
}

/// Locks this browser's session.
#[post("/verrou/fermer")]
pub(super) async fn close(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    lock(visit.worker.desk()?, visit.caller()).await?;
    visit.forget();
    let then = own_path(posted.get("_page").unwrap_or("/accueil")).to_owned();
    Err(Oops::Locked(then))
}

/// Says that whoever is at the page is there: reading is use too.
#[post("/presence")]
pub(super) async fn present(_: Posted) -> HttpResponse {
    HttpResponse::NoContent().finish()
}

/// The page, as it stands before an attempt, or after one that was refused for this reason.
fn page(passerby: &Passerby, then: &str, refused: Option<&str>) -> Result<HttpResponse, Oops> {
    let (frame, p) = (Frame::outside(passerby)?, passerby.p);
    let fields = vec![
        Field::new(Shape::Line("password", "current-password", 0), "_password", p.t("password")),
        Field::new(Shape::Line("text", "one-time-code", 10), "_code", p.t("code"))
            .hint(p.t("code-hint"))
            .optional(),
        Field::hidden("_suite", own_path(then)),
    ];
    let mut form = Form::new(&frame, "/verrou", p.t("unlock"), fields)?;
    if let Some(reason) = refused {
        form = form.failing(p.t(reason));
    }
    let passkeys = passerby.worker.shared.passkeys.is_some();
    let page = Lock { form, then: own_path(then).to_owned(), passkeys, frame };
    show_form(refused.is_some(), &page.frame, &page)
}

/// Asks the holder to prove who she is.
#[get("/verrou")]
pub(super) async fn ask(passerby: Passerby, then: Query<Then>) -> Result<HttpResponse, Oops> {
    let then = then.into_inner().suite.unwrap_or_else(|| "/accueil".into());
    if passerby.locked.is_none() {
        return Ok(redirect(if passerby.known.is_some() { own_path(&then) } else { "/connexion" }));
    }
    page(&passerby, &then, None)
}

/// Opens the session again.
#[post("/verrou")]
pub(super) async fn open(
    request: HttpRequest,
    payload: actix_web::web::Payload,
    passerby: Passerby,
) -> Result<HttpResponse, Oops> {
    same_origin(&request)?;
    let worker = passerby.worker.clone();
    worker.limit_address(request.peer_addr().map(|peer| peer.ip()))?;
    let fields = form::read(payload.into_inner()).await?;
    let field = |name: &str| fields.iter().find(|(field, _)| field == name).map_or("", |(_, words)| words);
    let then = own_path(field("_suite")).to_owned();
    let Some(token) = passerby.token().map(str::to_owned) else { return Err(Oops::SignIn(then)) };
    let code = Some(field("_code").trim().to_owned()).filter(|code| !code.is_empty());
    let given = (field("_password").to_owned(), code);
    let (desk, caller) = (worker.desk()?, Caller::nobody(passerby.request));
    let shared = &worker.shared;
    match unlock(desk, caller, token, given, &shared.passwords, lockout(&shared.config)).await {
        Ok(()) => Ok(redirect(&then)),
        Err(SignInError::Refused) => page(&passerby, &then, Some("sign-in-refused")),
        Err(error) => Err(error.into()),
    }
}

/// Opens it by a passkey alone.
#[post("/verrou/cle")]
pub(super) async fn open_by_passkey(
    request: HttpRequest,
    payload: actix_web::web::Payload,
    passerby: Passerby,
) -> Result<HttpResponse, Oops> {
    same_origin(&request)?;
    let worker = passerby.worker.clone();
    worker.limit_address(request.peer_addr().map(|peer| peer.ip()))?;
    let fields = form::read(payload.into_inner()).await?;
    let field = |name: &str| fields.iter().find(|(field, _)| field == name).map_or("", |(_, words)| words);
    let then = own_path(field("_suite")).to_owned();
    let Some(token) = passerby.token().map(str::to_owned) else { return Err(Oops::SignIn(then)) };
    let (ceremony, credential) = (field("_ceremony").parse(), serde_json::from_str(field("_credential")));
    let (Ok(ceremony), Ok(credential)) = (ceremony, credential) else {
        return page(&passerby, &then, Some("passkeys-unlock-refused"));
    };
    let assertion = Assertion { party: party(&worker.shared)?, ceremony, credential };
    match unlock_with_passkey(worker.desk()?, Caller::nobody(passerby.request), token, assertion).await {
        Ok(()) => Ok(redirect(&then)),
        Err(SignInError::Refused) => page(&passerby, &then, Some("passkeys-unlock-refused")),
        Err(error) => Err(error.into()),
    }
}
