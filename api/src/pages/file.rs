//! One risk file, through the very view of the API.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use askama::Template;
use authz::{
    desk::Caller,
    id::FileId,
    vocabulary::{Category, Purpose, Reason},
};
use chrono_tz::America::Toronto;
use domain::{
    catalogue::{Field, Labelled},
    file::{
        find::find,
        view::{FactView, FileStatus, FileView, PersonView},
    },
    wording::Lang,
};
use serde::Deserialize;
use serde_json::Value as Json;

use super::{html, redirect, text::Text, visitor::Visitor};
use crate::{
    http::{Id, read_query},
    problem::Problem,
    server::Worker,
};

#[derive(Template)]
#[template(path = "file.html")]
struct FilePage {
    lang: Lang,
    text: &'static Text,
    signed_in: bool,
    reference: String,
    cell: String,
    status: &'static str,
    purposes: Vec<(&'static str, &'static str, bool)>,
    circle: Vec<String>,
    persons: Vec<PersonLines>,
    event: String,
}

struct PersonLines {
    role: String,
    facts: Vec<FactLine>,
    withheld: Vec<(String, &'static str)>,
}

struct FactLine {
    field: String,
    value: String,
    source: String,
    date: String,
    basis: &'static str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    finalite: Option<Purpose>,
}

#[get("/dossiers/{id}")]
pub(super) async fn file(
    worker: Data<Worker>,
    request: HttpRequest,
    visitor: Visitor,
    id: Id<0, FileId>,
) -> Result<HttpResponse, Problem> {
    let Some(actor) = visitor.actor else { return Ok(redirect("/")) };
    let Wanted { finalite } = read_query(request.query_string())?;
    let purpose = finalite.unwrap_or(Purpose::SafetyPlanning);
    let id = id.get();
    let found = worker
        .desk()?
        .read::<_, Problem>(Caller::signed_in(actor, Some(purpose), visitor.request), async move |session| {
            let file = find(session, id).await?;
            Ok(session.open(file)?)
        })
        .await?;
    let (view, event) = found.into_parts();
    html(&page(view, purpose, event.to_string(), visitor.lang))
}

fn page(view: FileView, purpose: Purpose, event: String, lang: Lang) -> FilePage {
    let text = Text::of(lang);
    let purposes = Purpose::ALL.iter().zip(text.purposes);
    FilePage {
        lang,
        text,
        signed_in: true,
        reference: view.reference,
        cell: view.cell.name,
        status: match view.status {
            FileStatus::Active => text.active,
            FileStatus::Closed => text.closed,
        },
        purposes: purposes.map(|(one, label)| (one.wire(), label, *one == purpose)).collect(),
        circle: view.circle.into_iter().map(|member| member.agency.name).collect(),
        persons: view.persons.into_iter().map(|person| person_lines(person, lang, text)).collect(),
        event,
    }
}

fn person_lines(person: PersonView, lang: Lang, text: &'static Text) -> PersonLines {
    // By category, each once, with its strongest reason: what may exist, never what does.
    let mut withheld: Vec<(Category, Reason)> = Vec::new();
    for item in &person.withheld {
        if !withheld.iter().any(|(category, _)| *category == item.category) {
            withheld.push((item.category, item.reason));
        }
    }
    PersonLines {
        role: person.role.label(lang).to_owned(),
        facts: person.facts.into_iter().map(|fact| fact_line(&fact, lang, text)).collect(),
        withheld: withheld
            .into_iter()
            .map(|(category, reason)| (category.label(lang).to_owned(), text.reason(reason)))
            .collect(),
    }
}

fn fact_line(fact: &FactView, lang: Lang, text: &'static Text) -> FactLine {
    let [own, consent, disclosure] = text.bases;
    FactLine {
        field: Field::named(fact.field).map_or(fact.field, |field| field.label(lang)).to_owned(),
        value: words(fact.value.value(), text),
        source: fact.source.name.clone(),
        date: fact.recorded_at.with_timezone(&Toronto).format("%Y-%m-%d %H:%M").to_string(),
        basis: match fact.basis.kind {
            "own" => own,
            "consent" => consent,
            _ => disclosure,
        },
    }
}

fn words(value: &Json, text: &Text) -> String {
    match value {
        Json::Bool(true) => text.yes.into(),
        Json::Bool(false) => text.no.into(),
        Json::String(words) => words.clone(),
        Json::Object(parts) => parts.values().filter_map(Json::as_str).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
