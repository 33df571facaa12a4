//! Why something shows or not, and who could change that: the API's explanation, on a page. It speaks of what may
//! exist, never of what does.

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use authz::id::{FileId, PersonId};
use domain::{
    catalogue::{Field, Labelled},
    file::explain::{ExplanationView, find_question},
    validation::Rule,
};
use serde::Deserialize;

use super::super::{
    frame::{Frame, show},
    oops::Oops,
    visit::Visit,
};
use crate::{
    http::{Id, read_query},
    problem::Problem,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    person: PersonId,
    field: String,
}

#[derive(Template)]
#[template(path = "file/why.html")]
struct Why {
    frame: Frame,
    file: FileId,
    person: PersonId,
    category: &'static str,
    fields: Vec<&'static str>,
    purpose: &'static str,
    withheld: bool,
    because: String,
    lift: String,
}

#[get("/dossiers/{id}/pourquoi")]
pub(super) async fn why(visit: Visit, request: HttpRequest, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    let (id, lang) = (id.get(), visit.p.lang());
    let About { person, field } = read_query(request.query_string())?;
    let field = Field::named(&field).map_err(|_| Problem::bad_query("field", Rule::UnknownField))?;
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| {
            let question = find_question(session, id, person, field, lang).await?;
            Ok(session.open_some(question)?)
        })
        .await?;
    let (view, _): (ExplanationView, _) = found.into_parts();
    let page = Why {
        file: id,
        person,
        category: view.category.label(lang),
        fields: Field::of(view.category).map(|field| field.label(lang)).collect(),
        purpose: view.purpose.label(lang),
        withheld: view.reason.is_some(),
        because: view.why,
        lift: view.who_could_lift_it,
        frame: Frame::of(&visit)?,
    };
    show(&page.frame, &page)
}
