//! Who looks at a page: a browser's cookie, opaque and revocable; in which language; why.

use std::pin::Pin;

use actix_web::{
    FromRequest, HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
    dev::Payload,
    http::header,
    web::Data,
};
use authz::{
    accounts::{Browser, browse, own_profile},
    clock::real_now,
    desk::Caller,
    fault::{Denied, Stop},
    id::{RequestId, fresh},
    standing::Actor,
    vocabulary::{Purpose, Role},
};
use data_encoding::BASE64URL_NOPAD;
use domain::wording::Lang;
use sha2::{Digest, Sha256};

use super::{oops::Oops, phrases::Phrases, visitors::Known};
use crate::{
    problem::{Problem, ProblemKind, language},
    server::Worker,
};

const SESSION: &str = "__Host-filet";
const PURPOSE: &str = "__Host-finalite";
const LANGUAGE: &str = "__Host-langue";

fn cookie(name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build(name, value).path("/").secure(true).http_only(true).same_site(SameSite::Strict).finish()
}

/// The cookie that carries a browser's token.
pub fn session_cookie(token: String) -> Cookie<'static> {
    cookie(SESSION, token)
}

/// The cookie that carries the declared purpose, until the browser closes.
pub fn purpose_cookie(purpose: Purpose) -> Cookie<'static> {
    cookie(PURPOSE, purpose.wire().to_owned())
}

/// The cookie that carries the chosen language, for a year.
pub fn language_cookie(lang: Lang) -> Cookie<'static> {
    let mut cookie = cookie(LANGUAGE, lang.tag().to_owned());
    cookie.set_max_age(Duration::days(365));
    cookie
}

/// What takes the session and the purpose away again.
pub fn no_cookies() -> [Cookie<'static>; 2] {
    [SESSION, PURPOSE].map(|name| {
        let mut gone = cookie(name, String::new());
        gone.make_removal();
        gone
    })
}

/// The language of the pages: chosen, or else the browser's.
pub fn language_of(request: &HttpRequest) -> Lang {
    match request.cookie(LANGUAGE).as_ref().map(Cookie::value) {
        Some("fr") => Lang::Fr,
        Some("en") => Lang::En,
        _ => language(request.headers()),
    }
}

/// A form must come from our own pages.
pub fn same_origin(request: &HttpRequest) -> Result<(), Problem> {
    let header =
        |name| request.headers().get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    let host = header(header::HOST).unwrap_or_default();
    let site = request.headers().get("sec-fetch-site").and_then(|value| value.to_str().ok());
    let origin = header(header::ORIGIN).and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
    let ours = origin.is_none_or(|origin| origin == host)
        && site.is_none_or(|site| site == "same-origin" || site == "none");
    if ours { Ok(()) } else { Err(Problem::new(ProblemKind::NotPermitted)) }
}

/// Anybody at a page, signed in or not.
pub struct Passerby {
    /// This worker.
    pub worker: Data<Worker>,
    /// The number of the request.
    pub request: RequestId,
    /// What the pages say.
    pub p: Phrases,
    /// The path asked for, without its query.
    pub path: String,
    /// Whose browser it is, when its session counts.
    pub known: Option<Known>,
    /// Does its session wait for its holder?
    pub locked: Option<Actor>,
    token: Option<String>,
    purpose: Option<Purpose>,
}

/// Somebody signed in, at a page.
pub struct Visit {
    /// This worker.
    pub worker: Data<Worker>,
    /// The number of the request.
    pub request: RequestId,
    /// What the pages say.
    pub p: Phrases,
    /// The path asked for, without its query.
    pub path: String,
    /// Who.
    pub known: Known,
    token: String,
    purpose: Option<Purpose>,
}

impl Passerby {
    /// The token that the browser sent, whatever it is worth.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    async fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let internal = || Problem::new(ProblemKind::Internal);
        let id: RequestId = fresh(real_now()).map_err(|_| internal())?.into();
        let worker = request.app_data::<Data<Worker>>().cloned().ok_or_else(internal)?;
        let token = request.cookie(SESSION).map(|cookie| cookie.value().to_owned());
        let purpose = request.cookie(PURPOSE).and_then(|cookie| cookie.value().parse().ok());
        let mut passerby = Self {
            request: id,
            p: Phrases::of(language_of(request)),
            path: request.path().to_owned(),
            known: None,
            locked: None,
            token: None,
            purpose,
            worker,
        };
        if let Some(token) = token {
            passerby.recognise(&token).await?;
            passerby.token = Some(token);
        }
        Ok(passerby)
    }

    async fn recognise(&mut self, token: &str) -> Result<(), Problem> {
        let now = real_now();
        if let Some(known) = self.worker.shared.visitors.known(token, now) {
            self.known = Some(known);
            return Ok(());
        }
        let desk = self.worker.desk()?;
        match browse(desk, Caller::nobody(self.request), token.to_owned()).await {
            Err(Stop::Denied(Denied::Unauthenticated)) => {}
            Err(stop) => return Err(stop.into()),
            Ok(Browser { actor, locked: true }) => self.locked = Some(actor),
            Ok(Browser { actor, locked: false }) => {
                let caller = Caller::signed_in(actor, None, self.request);
                let (profile, _) = own_profile(desk, caller).await?.into_parts();
                self.known = Some(self.worker.shared.visitors.note(token, actor, profile, now));
            }
        }
        Ok(())
    }

    /// As a visit, when somebody is signed in.
    pub(super) fn signed_in(self) -> Result<Visit, Box<Self>> {
        match (self.known.clone(), self.token.clone()) {
            (Some(known), Some(token)) => Ok(Visit {
                worker: self.worker,
                request: self.request,
                p: self.p,
                path: self.path,
                purpose: self.purpose,
                known,
                token,
            }),
            _ => Err(Box::new(self)),
        }
    }
}

impl Visit {
    /// The caller where no file's content is concerned.
    #[must_use]
    pub fn caller(&self) -> Caller {
        Caller::signed_in(self.known.actor, None, self.request)
    }

    /// The caller with the purpose that was declared.
    ///
    /// # Errors
    /// The page that asks for one, when none was.
    pub fn reader(&self) -> Result<Caller, Oops> {
        let purpose = self.purpose.ok_or_else(|| Oops::AskPurpose(self.path.clone()))?;
        Ok(Caller::signed_in(self.known.actor, Some(purpose), self.request))
    }

    /// The declared purpose.
    #[must_use]
    pub const fn purpose(&self) -> Option<Purpose> {
        self.purpose
    }

    /// Does the visitor hold one of these roles, or one that inherits it, in any cell?
    #[must_use]
    pub fn holds(&self, roles: &[Role]) -> bool {
        self.known
            .profile
            .roles
            .iter()
            .any(|held| held.role.inherits().iter().any(|role| roles.contains(role)))
    }

    /// What a form of this browser must carry: no other site can know it.
    #[must_use]
    pub fn csrf(&self) -> String {
        BASE64URL_NOPAD.encode(&Sha256::digest(format!("form:{}", self.token)))
    }

    /// Whoever is at this browser is asked anew at the next page.
    pub fn forget(&self) {
        self.worker.shared.visitors.forget(&self.token);
    }
}

impl FromRequest for Passerby {
    type Error = Oops;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Oops>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Ok(Self::of(&request).await?) })
    }
}

impl FromRequest for Visit {
    type Error = Oops;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Oops>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let visit = Passerby::of(&request).await?.signed_in();
            let visit = visit.map_err(|passerby| {
                let back = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
                if passerby.locked.is_some() { Oops::Locked(back) } else { Oops::SignIn(back) }
            })?;
            visit.worker.limit(visit.known.actor)?;
            Ok(visit)
        })
    }
}
