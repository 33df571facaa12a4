//! Every problem with its meaning and remedy.

use actix_web::{HttpRequest, HttpResponse, get, web::Path};
use askama::Template;
use domain::wording::Lang;

use super::{html, text::Text};
use crate::problem::{Problem, ProblemKind, language};

#[derive(Template)]
#[template(path = "problems.html")]
struct Problems {
    lang: Lang,
    text: &'static Text,
    signed_in: bool,
    entries: Vec<(&'static str, u16, &'static str, &'static str, &'static str)>,
}

fn page(lang: Lang, kinds: &[ProblemKind]) -> Result<HttpResponse, Problem> {
    let entries = kinds
        .iter()
        .map(|kind| (kind.slug(), kind.status(), kind.title(lang), kind.detail(lang), kind.remedy(lang)))
        .collect();
    html(&Problems { lang, text: Text::of(lang), signed_in: false, entries })
}

#[get("/problems")]
pub(super) async fn problems(request: HttpRequest) -> Result<HttpResponse, Problem> {
    page(language(request.headers()), ProblemKind::ALL)
}

#[get("/problems/{slug}")]
pub(super) async fn problem(request: HttpRequest, slug: Path<String>) -> Result<HttpResponse, Problem> {
    let kind = ProblemKind::ALL.iter().find(|kind| kind.slug() == slug.as_str());
    let kind = kind.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    page(language(request.headers()), std::slice::from_ref(kind))
}
