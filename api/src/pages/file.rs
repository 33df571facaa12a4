//! One risk file, through the very view of the API.

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use authz::{id::FileId, vocabulary::Category};
use domain::{
    catalogue::{Field, Labelled},
    file::{
        find::find,
        view::{FactView, FileStatus, FileView, PersonView},
    },
};
use serde::Deserialize;
use serde_json::Value as Json;

use super::{
    frame::{Frame, show},
    moment::day,
    oops::Oops,
    phrases::Phrases,
    visit::Visit,
};
use crate::{
    http::{Id, read_query},
    problem::Problem,
};

#[derive(Deserialize)]
struct Wanted {
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "file.html")]
struct FilePage {
    frame: Frame,
    id: FileId,
    reference: String,
    cell: String,
    closed: bool,
    circle: Vec<String>,
    persons: Vec<PersonPart>,
    event: String,
}

struct PersonPart {
    id: String,
    role: String,
    groups: Vec<Group>,
    withheld: Vec<String>,
}

struct Group {
    category: String,
    facts: Vec<FactLine>,
}

struct FactLine {
    field: String,
    value: String,
    source: String,
    date: String,
    basis: String,
}

#[get("/dossiers/{id}")]
pub(super) async fn file(
    visit: Visit,
    request: HttpRequest,
    id: Id<0, FileId>,
) -> Result<HttpResponse, Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    let (caller, id) = (visit.reader()?, id.get());
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(caller, async move |session| {
            let file = find(session, id).await?;
            Ok(session.open(file)?)
        })
        .await?;
    let (view, event) = found.into_parts();
    let page = page(view, event.to_string(), Frame::of(&visit)?.saying(wanted.fait.as_deref()));
    show(&page.frame, &page)
}

fn page(view: FileView, event: String, frame: Frame) -> FilePage {
    let p = frame.p;
    FilePage {
        id: view.id,
        reference: view.reference,
        cell: view.cell.name,
        closed: view.status == FileStatus::Closed,
        circle: view.circle.into_iter().map(|member| member.agency.name).collect(),
        persons: view.persons.into_iter().map(|person| part(person, p)).collect(),
        event,
        frame,
    }
}

fn part(person: PersonView, p: Phrases) -> PersonPart {
    let lang = p.lang();
    // By category, each once, with its strongest reason: what may exist, never what does.
    let mut withheld: Vec<(Category, &'static str)> = Vec::new();
    for item in &person.withheld {
        if !withheld.iter().any(|(category, _)| *category == item.category) {
            withheld.push((item.category, item.reason.wire()));
        }
    }
    let mut groups: Vec<(Category, Group)> = Vec::new();
    for fact in &person.facts {
        let line = fact_line(fact, p);
        match groups.iter_mut().find(|(category, _)| *category == fact.category) {
            Some((_, group)) => group.facts.push(line),
            None => groups.push((
                fact.category,
                Group { category: fact.category.label(lang).to_owned(), facts: vec![line] },
            )),
        }
    }
    PersonPart {
        id: person.id.to_string(),
        role: person.role.label(lang).to_owned(),
        groups: groups.into_iter().map(|(_, group)| group).collect(),
        withheld: withheld
            .into_iter()
            .map(|(category, reason)| {
                format!(
                    "{} — {}",
                    category.label(lang),
                    p.t(&format!("withheld-{}", reason.replace('_', "-")))
                )
            })
            .collect(),
    }
}

fn fact_line(fact: &FactView, p: Phrases) -> FactLine {
    FactLine {
        field: Field::named(fact.field).map_or(fact.field, |field| field.label(p.lang())).to_owned(),
        value: words(fact.value.value(), p),
        source: fact.source.name.clone(),
        date: day(fact.recorded_at, p.lang()),
        basis: p.t(&format!("basis-{}", fact.basis.kind)),
    }
}

fn words(value: &Json, p: Phrases) -> String {
    match value {
        Json::Bool(true) => p.t("yes"),
        Json::Bool(false) => p.t("no"),
        Json::String(words) => words.clone(),
        Json::Object(parts) => parts.values().filter_map(Json::as_str).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
