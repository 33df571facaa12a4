//! Who looks at a page: a browser's cookie, opaque and revocable.

use std::pin::Pin;

use actix_web::{
    FromRequest, HttpRequest,
    cookie::{Cookie, SameSite},
    dev::Payload,
    http::header,
    web::Data,
};
use authz::{
    accounts::web_actor,
    clock::real_now,
    desk::Caller,
    fault::{Denied, Stop},
    id::{RequestId, fresh},
    standing::Actor,
};
use domain::wording::Lang;

use crate::{
    problem::{Problem, ProblemKind, language},
    server::Worker,
};

const COOKIE: &str = "__Host-filet";

/// A request for a page.
pub struct Visitor {
    /// Signed in, if at all.
    pub actor: Option<Actor>,
    /// The number of the request.
    pub request: RequestId,
    /// The language of the page.
    pub lang: Lang,
}

/// The cookie that carries a browser's token; an empty token takes it away.
pub fn cookie(token: String) -> Cookie<'static> {
    let ends = token.is_empty();
    let mut cookie = Cookie::build(COOKIE, token)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .finish();
    if ends {
        cookie.make_removal();
    }
    cookie
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

impl FromRequest for Visitor {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let lang = language(request.headers());
        let token = request.cookie(COOKIE).map(|cookie| cookie.value().to_owned());
        let worker = request.app_data::<Data<Worker>>().cloned();
        Box::pin(async move {
            let request: RequestId =
                fresh(real_now()).map_err(|_| Problem::new(ProblemKind::Internal))?.into();
            let worker = worker.ok_or_else(|| Problem::new(ProblemKind::Internal))?;
            let actor = match token {
                None => None,
                Some(token) => match web_actor(worker.desk()?, Caller::nobody(request), token).await {
                    Ok(actor) => Some(actor),
                    Err(Stop::Denied(Denied::Unauthenticated)) => None,
                    Err(stop) => return Err(stop.into()),
                },
            };
            Ok(Self { actor, request, lang })
        })
    }
}
