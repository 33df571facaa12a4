//! What stands in the way of a page: a problem, shown as a page in the visitor's language; or something that is
//! asked first.

use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
};

use crate::problem::{Problem, ProblemKind};

/// Why a page is not shown.
#[derive(Debug, thiserror::Error)]
pub enum Oops {
    /// A problem of the API, with the same meaning and remedy.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// Somebody must sign in; then this page is shown.
    #[error("sign in first")]
    SignIn(String),
    /// The session is locked; opened again, this page is shown.
    #[error("locked")]
    Locked(String),
    /// A purpose must be declared; then this page is shown.
    #[error("declare a purpose")]
    AskPurpose(String),
}

impl<E> From<E> for Oops
where
    Problem: From<E>,
    E: NotAProblem,
{
    fn from(error: E) -> Self {
        Self::Problem(error.into())
    }
}

/// Errors that become problems on their way to a page.
pub trait NotAProblem {}
impl NotAProblem for authz::fault::Stop {}
impl NotAProblem for authz::accounts::AccountError {}
impl NotAProblem for authz::accounts::SignInError {}
impl NotAProblem for domain::refusal::Refusal {}

/// A path on this site, safe to be sent to: it names no other host.
#[must_use]
pub fn own_path(path: &str) -> &str {
    let safe = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '\r', '\n'])
        && !path.starts_with("/api/");
    if safe { path } else { "/" }
}

/// An answer that leads to another page.
#[must_use]
pub fn redirect(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
}

fn asked_first(page: &str, then: &str) -> HttpResponse {
    let query = serde_urlencoded::to_string([("suite", own_path(then))]).unwrap_or_default();
    redirect(&format!("{page}?{query}"))
}

impl ResponseError for Oops {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Problem(problem) => problem.status_code(),
            _ => StatusCode::SEE_OTHER,
        }
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Self::Problem(problem) if problem.kind == ProblemKind::Unauthenticated => redirect("/connexion"),
            Self::Problem(problem) if problem.kind == ProblemKind::SetUpFirst => redirect("/compte"),
            Self::Problem(problem) => problem.error_response(),
            Self::SignIn(then) => asked_first("/connexion", then),
            Self::Locked(then) => asked_first("/verrou", then),
            Self::AskPurpose(then) => asked_first("/finalite", then),
        }
    }
}
