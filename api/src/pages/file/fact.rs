//! One fact: what it said before; the own agency's correction of it; taking it back.

use actix_web::{HttpResponse, get, post};
use askama::Template;
use authz::{
    id::{FactId, FileId},
    vocabulary::Role,
};
use domain::{
    catalogue::Field as CatalogueField,
    fact::{HistoryView, find_history},
    file::view::{FactView, FileView, PersonView},
};
use serde_json::{Value, json};

use super::{
    super::{
        field::{Field, Form},
        form::Posted,
        frame::{Frame, show},
        moment::moment,
        oops::{Oops, redirect},
        simple::FormPage,
        visit::Visit,
    },
    fact_rows::{inputs, words_of},
    seen, who_is, words,
};
use crate::{
    facts,
    http::{Body, Id},
    problem::{Problem, ProblemKind},
};

#[derive(Template)]
#[template(path = "file/fact.html")]
struct History {
    frame: Frame,
    file: FileId,
    field: &'static str,
    versions: Vec<Version>,
    /// Where it is said who may receive it, for whoever decides for its source.
    sharing: Option<String>,
}

struct Version {
    value: String,
    source: String,
    date: String,
    basis: String,
    retracted: Option<String>,
}

#[get("/dossiers/{id}/faits/{fact}")]
pub(super) async fn history(
    visit: Visit,
    id: Id<0, FileId>,
    fact: Id<1, FactId>,
) -> Result<HttpResponse, Oops> {
    let (file, fact, p) = (id.get(), fact.get(), visit.p);
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| {
            let found = find_history(session, file, fact).await?;
            Ok(session.open_some(found)?)
        })
        .await?;
    let (view, _): (HistoryView, _) = found.into_parts();
    let field = view.items.first().and_then(|version| CatalogueField::named(version.fact.field).ok());
    let versions = view.items.iter().map(|version| Version {
        value: words::value(field, version.fact.value.value(), p),
        source: version.fact.source.name.clone(),
        date: moment(version.fact.recorded_at, p.lang()),
        basis: p.t(&format!("basis-{}", version.fact.basis.kind)),
        retracted: version.retracted_at.map(|at| moment(at, p.lang())),
    });
    let ours = visit.known.profile.agency.id;
    let decides = visit.holds(&[Role::Respondent]);
    let shown = view.items.iter().find(|version| version.retracted_at.is_none());
    let sharing = shown
        .filter(|version| decides && version.fact.source.id == ours)
        .map(|version| format!("/dossiers/{file}/faits/{}/partage", version.fact.id));
    let page = History {
        sharing,
        file,
        field: field.map_or("", |field| field.label(p.lang())),
        versions: versions.collect(),
        frame: Frame::of(&visit)?,
    };
    show(&page.frame, &page)
}

/// A fact of the visitor's own agency that shows now; what is not is absent, as for the API.
pub(super) fn own<'v>(
    view: &'v FileView,
    fact: FactId,
    visit: &Visit,
) -> Result<(&'v PersonView, &'v FactView, CatalogueField), Oops> {
    let own = visit.known.profile.agency.id;
    let mut facts = view.persons.iter().flat_map(|person| person.facts.iter().map(move |one| (person, one)));
    let found = facts.find(|(_, one)| one.id == fact && one.source.id == own);
    let (person, fact) = found.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    let field = CatalogueField::named(fact.field).map_err(|_| Problem::new(ProblemKind::Internal))?;
    Ok((person, fact, field))
}

fn correction(visit: &Visit, view: &FileView, fact: FactId) -> Result<(Frame, Form), Oops> {
    let (_, fact, field) = own(view, fact, visit)?;
    let frame = Frame::of(visit)?;
    let path = format!("/dossiers/{}/faits/{}/correction", view.id, fact.id);
    let form = Form::new(&frame, path, visit.p.t("fact-correct-submit"), inputs(0, field, visit.p))?;
    Ok((frame, form.filled(&words_of(0, field, fact.value.value()))))
}

fn correcting(
    frame: Frame,
    view: &FileView,
    fact: FactId,
    visit: &Visit,
    form: Form,
) -> Result<HttpResponse, Oops> {
    let (person, _, field) = own(view, fact, visit)?;
    let p = frame.p;
    FormPage::new(frame, p.x("fact-correct", field.label(p.lang())), form)
        .back(format!("/dossiers/{}#{}", view.id, person.id))
        .lead(who_is(person, p))
        .lead(p.t("fact-correct-lead"))
        .show()
}

#[get("/dossiers/{id}/faits/{fact}/correction")]
pub(super) async fn ask_correction(
    visit: Visit,
    id: Id<0, FileId>,
    fact: Id<1, FactId>,
) -> Result<HttpResponse, Oops> {
    let view = seen(&visit, id.get()).await?;
    let fact = fact.get();
    let (frame, form) = correction(&visit, &view, fact)?;
    correcting(frame, &view, fact, &visit, form)
}

#[post("/dossiers/{id}/faits/{fact}/correction")]
pub(super) async fn correct(
    posted: Posted,
    id: Id<0, FileId>,
    fact: Id<1, FactId>,
) -> Result<HttpResponse, Oops> {
    let (file, fact, visit) = (id.get(), fact.get(), &posted.visit);
    let view = seen(visit, file).await?;
    let (person, _, field) = own(&view, fact, visit)?;
    let value = posted.json().pointer("/rows/0/value").cloned().unwrap_or(Value::String(String::new()));
    let body = json!({"person": person.id, "field": field.name(), "value": value, "supersedes": fact});
    let caller = posted.changer_of("", &body)?;
    match facts::record::run(&visit.worker, caller, file, Body::of(&body)).await {
        Ok(_) => Ok(redirect(&format!("/dossiers/{file}?fait=fact-corrected#{}", person.id))),
        Err(mut problem) => {
            for wrong in problem.errors.iter_mut().filter(|wrong| wrong.pointer.starts_with("/value")) {
                *wrong = wrong.clone().under("/rows/0");
            }
            let (frame, form) = correction(visit, &view, fact)?;
            correcting(frame, &view, fact, visit, form.refused(&posted, &problem))
        }
    }
}

fn retraction(view: &FileView, fact: FactId, visit: &Visit) -> Result<FormPage, Oops> {
    let p = visit.p;
    let (person, fact, field) = own(view, fact, visit)?;
    let frame = Frame::of(visit)?;
    let path = format!("/dossiers/{}/faits/{}/retrait", view.id, fact.id);
    let fields: Vec<Field> = Vec::new();
    let form = Form::new(&frame, path, p.t("fact-retract-submit"), fields)?.grave();
    Ok(FormPage::new(frame, p.x("fact-retract", field.label(p.lang())), form)
        .back(format!("/dossiers/{}#{}", view.id, person.id))
        .lead(who_is(person, p))
        .lead(p.t("fact-retract-lead")))
}

#[get("/dossiers/{id}/faits/{fact}/retrait")]
pub(super) async fn ask_retraction(
    visit: Visit,
    id: Id<0, FileId>,
    fact: Id<1, FactId>,
) -> Result<HttpResponse, Oops> {
    let view = seen(&visit, id.get()).await?;
    retraction(&view, fact.get(), &visit)?.show()
}

#[post("/dossiers/{id}/faits/{fact}/retrait")]
pub(super) async fn retract(
    posted: Posted,
    id: Id<0, FileId>,
    fact: Id<1, FactId>,
) -> Result<HttpResponse, Oops> {
    let (file, visit) = (id.get(), &posted.visit);
    facts::retract::run(&visit.worker, posted.changer()?, file, fact.get(), posted.body()).await?;
    Ok(redirect(&format!("/dossiers/{file}?fait=fact-retracted")))
}
