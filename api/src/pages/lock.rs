//! The lock (*verrou*): a session left alone, or locked before leaving a desk, opens again to its holder, with
//! whatever was being written.

use actix_web::{HttpRequest, HttpResponse, get, post, web::Query};
use authz::{
    accounts::{SignInError, lock, unlock},
    desk::Caller,
};
use serde::Deserialize;

use super::{
    field::{Field, Form, Shape},
    form::{self, Posted},
    frame::Frame,
    oops::{Oops, own_path, redirect},
    simple::FormPage,
    visit::{Passerby, same_origin},
};
use crate::session::lockout;

#[derive(Deserialize)]
pub(super) struct Then {
    suite: Option<String>,
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

fn page(passerby: &Passerby, then: &str, refused: bool) -> Result<FormPage, Oops> {
    let (frame, p) = (Frame::outside(passerby)?, passerby.p);
    let fields = vec![
        Field::new(Shape::Line("password", "current-password", 0), "_password", p.t("password")),
        Field::new(Shape::Line("text", "one-time-code", 10), "_code", p.t("code"))
            .hint(p.t("code-hint"))
            .optional(),
        Field::hidden("_suite", own_path(then)),
    ];
    let mut form = Form::new(&frame, "/verrou", p.t("unlock"), fields)?;
    if refused {
        form = form.failing(p.t("sign-in-refused"));
    }
    Ok(FormPage::new(frame, p.t("locked"), form).lead(p.t("locked-lead")))
}

/// Asks the holder to prove who she is.
#[get("/verrou")]
pub(super) async fn ask(passerby: Passerby, then: Query<Then>) -> Result<HttpResponse, Oops> {
    let then = then.into_inner().suite.unwrap_or_else(|| "/accueil".into());
    if passerby.locked.is_none() {
        return Ok(redirect(if passerby.known.is_some() { own_path(&then) } else { "/connexion" }));
    }
    page(&passerby, &then, false)?.show()
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
        Err(SignInError::Refused) => page(&passerby, &then, true)?.show(),
        Err(error) => Err(error.into()),
    }
}
