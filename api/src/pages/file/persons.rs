//! Adding a person, with the name and birth date one knows; correcting the role of one.

use actix_web::{HttpResponse, get, post, web::Query};
use authz::{
    id::{FileId, PersonId},
    vocabulary::SubjectRole,
};
use domain::{catalogue::Labelled, file::view::FileView};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    super::{
        drafts,
        field::{Choice, Field, Form},
        form::Posted,
        frame::Frame,
        oops::{Oops, redirect},
        phrases::Phrases,
        simple::FormPage,
        visit::Visit,
    },
    member, seen, who_is,
};
use crate::{
    facts,
    http::{Body, Id},
    persons,
    problem::{Problem, ProblemKind},
};

#[derive(Deserialize)]
pub(super) struct Said {
    fait: Option<String>,
}

/// The facts that may be given with a person.
const GIVEN: [&str; 3] = ["given_name", "family_name", "birth_date"];

fn roles(p: Phrases) -> Vec<Choice> {
    SubjectRole::ALL.iter().map(|role| Choice::new(role.wire(), role.label(p.lang()))).collect()
}

/// What is asked of somebody new: name and birth date, all of it optional.
pub fn about(p: Phrases) -> Vec<Field> {
    vec![
        Field::line("given_name", p.t("person-given-name")).optional(),
        Field::line("family_name", p.t("person-family-name")).optional(),
        Field::date("birth_date", p.t("person-birth-date")).hint(p.t("person-birth-date-hint")).optional(),
    ]
}

/// Adds the person a form speaks of, then records what it says of her; the person, and whether all was recorded.
///
/// # Errors
/// When the person is not added.
pub async fn add_with_facts(
    posted: &Posted,
    file: FileId,
    role: Option<&str>,
    vault: Option<Value>,
) -> Result<Result<(PersonId, bool), Problem>, Oops> {
    let worker = &posted.visit.worker;
    let mut person = Map::new();
    person.extend(role.map(|role| ("role".into(), json!(role))));
    person.extend(posted.get("birth_date").map(|date| ("birth_date".into(), json!(date))));
    person.extend(vault.map(|vault| ("vault".into(), vault)));
    let person = Value::Object(person);
    let caller = posted.changer_of(".person", &person)?;
    let added = match persons::add::run(worker, caller, file, Body::of(&person)).await {
        Ok(added) => added.into_parts().0.body,
        Err(problem) => return Ok(Err(problem)),
    };
    let id = added.get("id").and_then(Value::as_str).and_then(|id| id.parse::<uuid::Uuid>().ok());
    let id = PersonId::from_uuid(id.ok_or_else(|| Problem::new(ProblemKind::Internal))?);
    let mut left = vec![("person".to_owned(), id.to_string())];
    for name in GIVEN {
        let Some(value) = posted.get(name).map(str::trim).filter(|value| !value.is_empty()) else { continue };
        let body = json!({"person": id, "field": name, "value": value});
        let caller = posted.changer_of(&format!(".{name}"), &body)?;
        if facts::record::run(worker, caller, file, Body::of(&body)).await.is_err() {
            let row = left.len() / 2;
            left.push((format!("rows/{row}/field"), name.to_owned()));
            left.push((format!("rows/{row}/value"), value.to_owned()));
        }
    }
    let whole = left.len() == 1;
    if !whole {
        // What was not recorded waits on the page that records.
        let page = format!("/dossiers/{file}/faits/nouveau");
        drafts::keep(worker, posted.visit.known.actor, posted.visit.request, &page, &left).await?;
    }
    Ok(Ok((id, whole)))
}

/// Where one goes on after adding somebody.
pub fn next(file: FileId, person: PersonId, whole: bool, done: &str) -> HttpResponse {
    if whole {
        return redirect(&format!("/dossiers/{file}?fait={done}#{person}"));
    }
    redirect(&format!("/dossiers/{file}/faits/nouveau?person={person}&fait=person-added-in-part"))
}

fn adding(visit: &Visit, view: &FileView) -> Result<(Frame, Form), Oops> {
    let (frame, p, now) = (Frame::of(visit)?, visit.p, visit.worker.shared.clock.now());
    let mut fields = vec![Field::radios("role", p.t("person-role"), roles(p))];
    fields.extend(about(p));
    let agencies = view.circle.iter().filter(|row| member(view, row.agency.id, now));
    let mut agencies: Vec<_> =
        agencies.map(|row| Choice::new(row.agency.id.to_string(), row.agency.name.clone())).collect();
    agencies.dedup_by(|a, b| a.value == b.value);
    fields.push(
        Field::checks("vault[]", p.t("person-vault"), agencies).hint(p.t("person-vault-hint")).optional(),
    );
    let path = format!("/dossiers/{}/personnes/nouvelle", view.id);
    let form = Form::new(&frame, path, p.t("person-add-submit"), fields)?;
    Ok((frame, form))
}

fn around(frame: Frame, file: FileId, form: Form) -> Result<HttpResponse, Oops> {
    let p = frame.p;
    FormPage::new(frame, p.t("person-add"), form).back(format!("/dossiers/{file}")).show()
}

#[get("/dossiers/{id}/personnes/nouvelle")]
pub(super) async fn ask(visit: Visit, said: Query<Said>, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    let view = seen(&visit, id.get()).await?;
    let (frame, form) = adding(&visit, &view)?;
    let form = form.restored(drafts::kept(&visit).await?);
    around(frame.saying(said.fait.as_deref()), view.id, form)
}

#[post("/dossiers/{id}/personnes/nouvelle")]
pub(super) async fn add(posted: Posted, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    let file = id.get();
    let vault = posted.json().get("vault").cloned();
    match add_with_facts(&posted, file, posted.get("role"), vault).await? {
        Ok((person, whole)) => {
            drafts::forget(&posted.visit, &format!("/dossiers/{file}/personnes/nouvelle")).await?;
            Ok(next(file, person, whole, "person-added"))
        }
        Err(problem) => {
            let view = seen(&posted.visit, file).await?;
            let (frame, form) = adding(&posted.visit, &view)?;
            around(frame, file, form.refused(&posted, &problem))
        }
    }
}

fn correcting(
    visit: &Visit,
    view: &FileView,
    person: PersonId,
    refused: Option<(&Posted, &Problem)>,
) -> Result<FormPage, Oops> {
    let (frame, p) = (Frame::of(visit)?, visit.p);
    let found = view.persons.iter().find(|one| one.id == person);
    let found = found.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    if !found.own {
        return Err(Problem::new(ProblemKind::NotPermitted).into());
    }
    let fields = vec![Field::radios("role", p.t("person-role"), roles(p)).given(found.role.wire())];
    let path = format!("/dossiers/{}/personnes/{person}/role", view.id);
    let form = Form::new(&frame, path, p.t("person-correct-submit"), fields)?;
    let form = match refused {
        Some((posted, problem)) => form.refused(posted, problem),
        None => form,
    };
    Ok(FormPage::new(frame, p.t("person-correct"), form)
        .back(format!("/dossiers/{}#{person}", view.id))
        .lead(who_is(found, p))
        .lead(p.t("person-correct-lead")))
}

#[get("/dossiers/{id}/personnes/{person}/role")]
pub(super) async fn ask_role(
    visit: Visit,
    id: Id<0, FileId>,
    person: Id<1, PersonId>,
) -> Result<HttpResponse, Oops> {
    let view = seen(&visit, id.get()).await?;
    correcting(&visit, &view, person.get(), None)?.show()
}

#[post("/dossiers/{id}/personnes/{person}/role")]
pub(super) async fn correct(
    posted: Posted,
    id: Id<0, FileId>,
    person: Id<1, PersonId>,
) -> Result<HttpResponse, Oops> {
    let (file, person, visit) = (id.get(), person.get(), &posted.visit);
    match persons::correct::run(&visit.worker, posted.changer()?, file, person, posted.body()).await {
        Ok(_) => Ok(redirect(&format!("/dossiers/{file}?fait=person-corrected#{person}"))),
        Err(problem) if problem.errors.is_empty() => Err(problem.into()),
        Err(problem) => {
            let view = seen(visit, file).await?;
            correcting(visit, &view, person, Some((&posted, &problem)))?.show()
        }
    }
}
