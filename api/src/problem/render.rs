//! Puts every problem into the caller's language, and the last touch on every answer.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use domain::wording::Lang;
use serde_json::json;

use super::{Problem, ProblemKind};
use crate::{
    pages::{Oops, page_of},
    server::Worker,
};

/// The caller's language: the first supported one of `Accept-Language`, French otherwise.
#[must_use]
pub fn language(headers: &HeaderMap) -> Lang {
    let wanted =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut best = (0.0, Lang::Fr);
    for range in wanted.split(',') {
        let mut parts = range.trim().split(';');
        let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let weight =
            parts.find_map(|p| p.trim().strip_prefix("q=")).map_or(Ok(1.0), str::parse).unwrap_or(0.0_f32);
        let lang = match tag.split('-').next() {
            Some("fr" | "*") => Lang::Fr,
            Some("en") => Lang::En,
            _ => continue,
        };
        if weight > best.0 {
            best = (weight, lang);
        }
    }
    best.1
}

/// The body of a problem.
#[must_use]
pub fn body_of(problem: &Problem, lang: Lang, instance: &str) -> String {
    let kind = problem.kind;
    // A program reads what a person does, and what only a program has to know.
    let words = [Some(kind.detail(lang)), Some(kind.remedy(lang)), kind.program(lang)];
    let mut body = json!({
        "type": kind.uri(), "title": kind.title(lang), "status": kind.status(),
        "detail": words.into_iter().flatten().collect::<Vec<_>>().join(" "), "instance": instance,
    });
    if !problem.errors.is_empty()
        && let Some(members) = body.as_object_mut()
    {
        let errors = problem.errors.iter().map(
            |wrong| json!({"pointer": wrong.pointer, "code": wrong.code(), "message": wrong.message(lang)}),
        );
        members.insert("errors".into(), errors.collect());
    }
    body.to_string()
}

/// Data is no document: it may load nothing.
const POLICY: &str = "default-src 'none'; frame-ancestors 'none'";
/// The page that shows the API loads its own script and style, from here.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

/// Wraps every request: problems get their body, answers their headers.
pub async fn finish(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let lang = language(request.headers());
    let answered = next.call(request).await?.map_into_boxed_body();
    let mut answered = match problem_of(&answered) {
        None => answered,
        Some(problem) => {
            let request = answered.request();
            let page = wants_page(request).then(|| page_of(&problem, request, in_demo(request))).flatten();
            let response = page.unwrap_or_else(|| response_of(&problem, lang, request.path()));
            answered.into_response(response)
        }
    };
    let policy = if answered.request().path().starts_with("/api/docs") { DOCS_POLICY } else { POLICY };
    let headers = answered.headers_mut();
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.append(header::VARY, HeaderValue::from_static("Accept-Language"));
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    Ok(answered)
}

/// Is this the way of somebody at a browser, who is shown a page?
fn wants_page(request: &HttpRequest) -> bool {
    let accepts = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    !request.path().starts_with("/api/") && accepts.is_some_and(|kinds| kinds.contains("text/html"))
}

fn in_demo(request: &HttpRequest) -> bool {
    request.app_data::<Data<Worker>>().is_some_and(|worker| worker.shared.config.demo)
}

fn problem_of<B>(answered: &ServiceResponse<B>) -> Option<Problem> {
    let response = answered.response();
    match response.error().and_then(actix_web::Error::as_error::<Oops>) {
        Some(Oops::Problem(problem)) if !response.status().is_redirection() => return Some(problem.clone()),
        Some(_) => return None,
        None => {}
    }
    if let Some(problem) = response.error().and_then(actix_web::Error::as_error::<Problem>) {
        return Some(problem.clone());
    }
    let typed = response.headers().contains_key(header::CONTENT_TYPE);
    match response.status() {
        StatusCode::NOT_FOUND if !typed => Some(unknown_route(answered)),
        StatusCode::METHOD_NOT_ALLOWED => Some(Problem::new(ProblemKind::MethodNotAllowed)),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Problem::new(ProblemKind::PayloadTooLarge)),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(Problem::new(ProblemKind::UnsupportedMediaType)),
        status if status.is_server_error() && response.error().is_some() => {
            Some(Problem::new(ProblemKind::Internal))
        }
        status if status.is_client_error() && response.error().is_some() => {
            Some(Problem::new(ProblemKind::MalformedBody))
        }
        _ => None,
    }
}

/// A path that exists under another method says so; any other is not found.
fn unknown_route<B>(answered: &ServiceResponse<B>) -> Problem {
    let methods = crate::server::methods_of(answered.request().path());
    if methods.is_empty() {
        return Problem::new(ProblemKind::NotFound);
    }
    Problem { allow: Some(methods.join(", ")), ..Problem::new(ProblemKind::MethodNotAllowed) }
}

fn response_of(problem: &Problem, lang: Lang, path: &str) -> HttpResponse {
    let status = StatusCode::from_u16(problem.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    response.insert_header((header::CONTENT_TYPE, "application/problem+json"));
    response.insert_header((header::CONTENT_LANGUAGE, lang.tag()));
    if let Some(seconds) = problem.retry_after {
        response.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    if let Some(methods) = &problem.allow {
        response.insert_header((header::ALLOW, methods.clone()));
    }
    if problem.kind == ProblemKind::Unauthenticated {
        response.insert_header((HeaderName::from_static("www-authenticate"), "Bearer"));
    }
    response.body(body_of(problem, lang, path))
}
