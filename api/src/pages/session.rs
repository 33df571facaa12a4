//! Signing in and out of the pages.

use actix_web::{HttpRequest, HttpResponse, get, http::header, post, web::Query};
use askama::Template;
use authz::{
    accounts::{
        Assertion, Attempt, Locale, SignInError, Tokens, sign_in as open_session, sign_in_with_passkey,
        sign_out as close_session, web_token,
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
    frame::{Frame, show_form},
    oops::{Oops, own_path, redirect},
    visit::{Passerby, language_cookie, no_cookies, same_origin, session_cookie},
};
use crate::{
    problem::{Problem, ProblemKind},
    server::Worker,
    session::{label_of, passkey::party, rules},
};

#[derive(Deserialize)]
pub(super) struct Then {
    suite: Option<String>,
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    frame: Frame,
    form: Form,
    then: String,
    /// Can there be passkeys at this address?
    passkeys: bool,
}

/// The page, as it stands before an attempt, or after one that was refused for this reason.
fn page(
    passerby: &Passerby,
    then: &str,
    email: &str,
    refused: Option<&str>,
    done: Option<&str>,
) -> Result<HttpResponse, Oops> {
    let (frame, p) = (Frame::outside(passerby)?.saying(done), passerby.p);
    let mut fields = vec![
        Field::new(Shape::Line("email", "username", 0), "_email", p.t("email")).given(email),
        Field::new(Shape::Line("password", "current-password", 0), "_password", p.t("password")),
        Field::new(Shape::Line("text", "one-time-code", 10), "_code", p.t("code"))
            .hint(p.t("code-hint"))
            .optional(),
        Field::hidden("_suite", own_path(then)),
    ];
    let passkeys = passerby.worker.shared.passkeys.is_some();
    if passkeys {
        // What a passkey answers in place of a code; the page's script fills it in.
        fields.extend(["_ceremony", "_credential"].map(|name| Field::hidden(name, "")));
    }
    let mut form = Form::new(&frame, "/connexion", p.t("sign-in"), fields)?;
    if let Some(reason) = refused {
        form = form.failing(p.t(reason));
    }
    let page = SignIn { form, then: own_path(then).to_owned(), passkeys, frame };
    show_form(refused.is_some(), &page.frame, &page)
}

#[get("/connexion")]
pub(super) async fn ask(passerby: Passerby, then: Query<Then>) -> Result<HttpResponse, Oops> {
    let Then { suite, fait } = then.into_inner();
    let then = suite.unwrap_or_else(|| "/accueil".into());
    if passerby.known.is_some() && fait.is_none() {
        // Her session may have ended elsewhere within the minute: the page she goes to asks anew.
        if let Some(token) = passerby.token() {
            passerby.worker.shared.visitors.forget(token);
        }
        return Ok(redirect(own_path(&then)));
    }
    page(&passerby, &then, "", None, fait.as_deref())
}

#[post("/connexion")]
pub(super) async fn sign_in(
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
    let email = field("_email").to_owned();
    let passkey = match beside(&worker, field("_ceremony"), field("_credential")) {
        Ok(passkey) => passkey,
        Err(Unread) => return page(&passerby, &then, &email, Some("passkeys-refused"), None),
    };
    let attempt = Attempt {
        email: email.clone(),
        password: field("_password").to_owned(),
        code: Some(field("_code").trim().to_owned()).filter(|code| !code.is_empty()),
        passkey,
        label: label_of(&request),
    };
    match open(&worker, passerby.request, attempt).await {
        Ok(opened) => opened.lead_to(if then == "/" { "/accueil" } else { &then }),
        Err(SignInError::Refused) => page(&passerby, &then, &email, Some("sign-in-refused"), None),
        Err(error) => Err(error.into()),
    }
}

/// What a passkey answered cannot be read.
struct Unread;

/// What a passkey answered in place of a code, if one did.
fn beside(worker: &Worker, ceremony: &str, credential: &str) -> Result<Option<Assertion>, Unread> {
    if credential.is_empty() {
        return Ok(None);
    }
    let party = party(&worker.shared).map_err(|_| Unread)?;
    let ceremony = ceremony.parse().map_err(|_| Unread)?;
    let credential = serde_json::from_str(credential).map_err(|_| Unread)?;
    Ok(Some(Assertion { party, ceremony, credential }))
}

/// Signs in with a passkey alone.
#[post("/connexion/cle")]
pub(super) async fn sign_in_by_passkey(
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
    let (ceremony, credential) = (field("_ceremony").parse(), serde_json::from_str(field("_credential")));
    let (Ok(ceremony), Ok(credential)) = (ceremony, credential) else {
        return page(&passerby, &then, "", Some("passkeys-refused"), None);
    };
    let assertion = Assertion { party: party(&worker.shared)?, ceremony, credential };
    let (caller, issuer) = (Caller::nobody(passerby.request), worker.shared.issuer.clone());
    let opened = sign_in_with_passkey(worker.desk()?, caller, assertion, label_of(&request), issuer).await;
    match opened {
        Ok(tokens) => {
            let opened = Opened::with(&worker, passerby.request, tokens.into_parts().0).await?;
            opened.lead_to(if then == "/" { "/accueil" } else { &then })
        }
        Err(SignInError::Refused) => page(&passerby, &then, "", Some("passkeys-refused"), None),
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

/// Signs in and gives the browser what it needs.
pub(super) async fn open(
    worker: &Worker,
    request: RequestId,
    attempt: Attempt,
) -> Result<Opened, SignInError> {
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
