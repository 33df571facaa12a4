//! Every problem with its meaning and remedy; and the page that shows one when it happens.

use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, web::Path};
use askama::Template;

use super::{
    frame::{Frame, show, show_as},
    oops::Oops,
    phrases::Phrases,
    visit::{Passerby, language_of},
};
use crate::problem::{Problem, ProblemKind};

#[derive(Template)]
#[template(path = "problems.html")]
struct Problems {
    frame: Frame,
    entries: Vec<Entry>,
    /// One alone, which a program may have asked for.
    alone: bool,
}

struct Entry {
    slug: &'static str,
    status: u16,
    title: &'static str,
    detail: &'static str,
    remedy: &'static str,
    program: Option<&'static str>,
}

fn page(passerby: &Passerby, kinds: &[ProblemKind]) -> Result<HttpResponse, Oops> {
    let (frame, lang) = (Frame::outside(passerby)?, passerby.p.lang());
    let entries = kinds.iter().map(|kind| Entry {
        slug: kind.slug(),
        status: kind.status(),
        title: kind.title(lang),
        detail: kind.detail(lang),
        remedy: kind.remedy(lang),
        program: kind.program(lang),
    });
    let page = Problems { frame, entries: entries.collect(), alone: kinds.len() == 1 };
    show(&page.frame, &page)
}

#[get("/problems")]
pub(super) async fn problems(passerby: Passerby) -> Result<HttpResponse, Oops> {
    page(&passerby, ProblemKind::ALL)
}

#[get("/problems/{slug}")]
pub(super) async fn one(passerby: Passerby, slug: Path<String>) -> Result<HttpResponse, Oops> {
    let kind = ProblemKind::ALL.iter().find(|kind| kind.slug() == slug.as_str());
    let kind = kind.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    page(&passerby, std::slice::from_ref(kind))
}

#[derive(Template)]
#[template(path = "problem.html")]
struct OneProblem {
    frame: Frame,
    title: &'static str,
    detail: &'static str,
    remedy: &'static str,
    errors: Vec<String>,
}

/// The page of a problem, for whoever asked for a page. It names nothing of what was asked.
#[must_use]
pub fn page_of(problem: &Problem, request: &HttpRequest, demo: bool) -> Option<HttpResponse> {
    let p = Phrases::of(language_of(request));
    let (kind, lang) = (problem.kind, p.lang());
    let page = OneProblem {
        title: kind.title(lang),
        detail: kind.detail(lang),
        remedy: kind.remedy(lang),
        errors: problem.errors.iter().map(|wrong| wrong.message(lang).to_string()).collect(),
        frame: Frame::bare(p, request.path(), demo).ok()?,
    };
    let status = StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    show_as(status, &page.frame, &page).ok()
}
