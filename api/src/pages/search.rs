//! Looking a person up by name and birth date: posted, so that no name stands in an address.

use actix_web::{HttpResponse, get, http::StatusCode, post};
use askama::Template;
use domain::{catalogue::Labelled, search::Hit};

use super::{
    field::{Field, Form, Shape},
    form::Posted,
    frame::{Frame, show_as},
    oops::Oops,
    visit::Visit,
};
use crate::search::persons;

#[derive(Template)]
#[template(path = "search.html")]
struct Search {
    frame: Frame,
    form: Form,
    found: Option<Vec<Line>>,
}

struct Line {
    file: String,
    person: String,
    reference: String,
    role: &'static str,
}

fn form(frame: &Frame) -> Result<Form, Oops> {
    let p = frame.p;
    let year = Shape::Line("text", "off", 4);
    let fields = vec![
        Field::line("given_name", p.t("person-given-name")).optional(),
        Field::line("family_name", p.t("person-family-name")).optional(),
        Field::date("birth_date", p.t("person-birth-date")).optional(),
        Field::new(year, "birth_year:int", p.t("search-year")).hint(p.t("search-year-hint")).optional(),
    ];
    Ok(Form::new(frame, "/recherche", p.t("search-submit"), fields)?.unkept())
}

#[get("/recherche")]
pub(super) async fn ask(visit: Visit) -> Result<HttpResponse, Oops> {
    visit.reader()?;
    let frame = Frame::of(&visit)?;
    let page = Search { form: form(&frame)?, found: None, frame };
    show_as(StatusCode::OK, &page.frame, &page)
}

#[post("/recherche")]
pub(super) async fn search(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    let frame = Frame::of(visit)?;
    let lang = visit.p.lang();
    match persons::run(&visit.worker, visit.reader()?, posted.body()).await {
        Ok(found) => {
            let line = |hit: Hit| Line {
                file: hit.file.to_string(),
                person: hit.person.to_string(),
                reference: hit.reference,
                role: hit.role.label(lang),
            };
            let found = Some(found.into_parts().0.into_iter().map(line).collect());
            let page = Search { form: form(&frame)?.filled(&posted.fields), found, frame };
            show_as(StatusCode::OK, &page.frame, &page)
        }
        Err(problem) if problem.errors.is_empty() => Err(problem.into()),
        Err(problem) => {
            let form = form(&frame)?.refused(&posted, &problem);
            let page = Search { form, found: None, frame };
            show_as(StatusCode::UNPROCESSABLE_ENTITY, &page.frame, &page)
        }
    }
}
