//! Writing down several things at once about one person. What is accepted is recorded; what is not stays, with
//! what is wrong beside it.

use actix_web::{HttpRequest, HttpResponse, get, post};
use authz::id::{FileId, PersonId};
use domain::{
    catalogue::Field as CatalogueField,
    file::view::{FileView, PersonView},
    validation::{Invalid, Rule},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    super::{
        drafts,
        field::{Choice, Field, Form},
        form::Posted,
        frame::Frame,
        oops::{Oops, redirect},
        simple::FormPage,
        visit::Visit,
    },
    fact_rows::{all, inputs, rows_of, usual},
    part::order,
    seen, who_is,
};
use crate::{
    facts,
    http::{Body, Id, read_query},
    problem::{Problem, ProblemKind},
};

/// Most rows on one page.
const MOST: usize = 40;

#[derive(Deserialize)]
struct Wanted {
    person: Option<PersonId>,
    field: Option<String>,
    fait: Option<String>,
}

struct Rows<'v> {
    view: &'v FileView,
    person: Option<PersonId>,
    fields: Vec<CatalogueField>,
}

impl Rows<'_> {
    fn form(&self, visit: &Visit, frame: &Frame) -> Result<Form, Oops> {
        let p = visit.p;
        let mut fields = vec![person_field(self.view, self.person, visit)];
        fields.push(Field::prose(p.t("facts-lead")));
        for (n, field) in self.fields.iter().enumerate() {
            fields.extend(inputs(n, *field, p));
        }
        let only = vec![Choice::new("own", p.t("facts-vault")).hint(p.t("facts-vault-hint"))];
        fields.push(Field::checks("_vault", p.t("facts-vault-label"), only));
        let path = format!("/dossiers/{}/faits/nouveau", self.view.id);
        let form = Form::new(frame, path, p.t("facts-submit"), fields)?;
        let more = Field::groups("_add", p.t("facts-more"), all(p));
        Ok(form.more(more, "more", p.t("facts-add-rows")))
    }
}

/// Whom something is about: the persons one may know of, the person at risk first.
pub(super) fn person_field(view: &FileView, given: Option<PersonId>, visit: &Visit) -> Field {
    let mut persons: Vec<&PersonView> = view.persons.iter().collect();
    persons.sort_by_key(|person| order(person.role));
    let choices = persons.iter().map(|one| Choice::new(one.id.to_string(), who_is(one, visit.p))).collect();
    let field = Field::radios("person", visit.p.t("facts-person"), choices);
    match given.filter(|given| view.persons.iter().any(|one| one.id == *given)) {
        Some(person) => field.given(person.to_string()),
        None => field,
    }
}

fn around(frame: Frame, file: FileId, form: Form) -> Result<HttpResponse, Oops> {
    let title = frame.p.t("facts-title");
    FormPage::new(frame, title, form).back(format!("/dossiers/{file}")).show()
}

#[get("/dossiers/{id}/faits/nouveau")]
pub(super) async fn ask(visit: Visit, request: HttpRequest, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    let view = seen(&visit, id.get()).await?;
    let only = view.persons.first().filter(|_| view.persons.len() == 1).map(|person| person.id);
    let person = wanted.person.or(only);
    let whose = view.persons.iter().find(|one| Some(one.id) == person);
    let kept = drafts::kept(&visit).await?;
    let mut fields = usual(whose, visit.known.profile.agency.id);
    if let Some(kept) = &kept {
        fields = rows_of(kept);
    } else if let Some(asked) = wanted.field.and_then(|name| CatalogueField::named(&name).ok()) {
        fields = vec![asked];
    }
    let frame = Frame::of(&visit)?.saying(wanted.fait.as_deref());
    let form = Rows { view: &view, person, fields }.form(&visit, &frame)?.restored(kept);
    around(frame, id.get(), form)
}

#[post("/dossiers/{id}/faits/nouveau")]
pub(super) async fn record(mut posted: Posted, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    let file = id.get();
    let mut rows = rows_of(&posted.fields);
    let person = posted.get("person").and_then(|person| person.parse::<uuid::Uuid>().ok());
    let person = person.map(PersonId::from_uuid);
    if posted.get("_do") == Some("more") {
        let added = posted.all("_add").filter_map(|name| CatalogueField::named(name).ok());
        rows.extend(added.collect::<Vec<_>>());
        rows.truncate(MOST);
        // What was asked for is no answer of the rows.
        posted.fields.retain(|(name, _)| name != "_add");
        let view = seen(&posted.visit, file).await?;
        let frame = Frame::of(&posted.visit)?;
        let mut sent = posted.fields.clone();
        sent.extend(rows.iter().enumerate().map(|(n, row)| (format!("rows/{n}/field"), row.name().into())));
        let form = Rows { view: &view, person, fields: rows }.form(&posted.visit, &frame)?.filled(&sent);
        return around(frame, file, form);
    }
    let done = Recording::of(&posted, file, &rows).await?;
    if done.refused.is_empty() && done.errors.is_empty() && done.problem.is_none() {
        drafts::forget(&posted.visit, &format!("/dossiers/{file}/faits/nouveau")).await?;
        let at = person.map(|person| format!("#{person}")).unwrap_or_default();
        return Ok(redirect(&format!("/dossiers/{file}?fait=facts-recorded{at}")));
    }
    let view = seen(&posted.visit, file).await?;
    let mut frame = Frame::of(&posted.visit)?;
    if done.recorded > 0 {
        frame.done = Some(frame.p.n("facts-some-recorded", done.recorded));
    }
    posted.fields = renumbered(&posted.fields, &done.refused);
    let fields = done.refused.iter().filter_map(|n| rows.get(*n).copied()).collect();
    let form = Rows { view: &view, person, fields }.form(&posted.visit, &frame)?;
    let problem = done.problem.filter(|_| done.errors.is_empty());
    let form = form.refused(&posted, &problem.unwrap_or_else(|| Problem::invalid(done.errors)));
    around(frame, file, form)
}

/// What came of the rows of a form.
#[derive(Default)]
struct Recording {
    recorded: usize,
    /// The rows that were not recorded.
    refused: Vec<usize>,
    /// What is wrong, by the numbers the rows will have.
    errors: Vec<Invalid>,
    problem: Option<Problem>,
}

impl Recording {
    async fn of(posted: &Posted, file: FileId, rows: &[CatalogueField]) -> Result<Self, Oops> {
        let mut done = Self::default();
        let whole = posted.json();
        let sent = whole.get("rows").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let filled = sent.iter().take(rows.len()).enumerate();
        let filled: Vec<_> = filled.filter_map(|(n, row)| Some((n, row.get("value")?))).collect();
        if filled.is_empty() {
            done.refused = (0..rows.len()).collect();
            done.problem = Some(Problem::invalid(vec![Invalid::at("/rows/0/value", Rule::Missing)]));
            return Ok(done);
        }
        for (n, value) in filled {
            let Some(field) = rows.get(n) else { continue };
            let mut body = json!({"field": field.name(), "value": value});
            if let Some(members) = body.as_object_mut() {
                members.extend(whole.get("person").map(|person| ("person".into(), person.clone())));
                members.extend(posted.get("_vault").map(|_| ("vault".into(), json!([]))));
            }
            let caller = posted.changer_of(&format!(".{n}"), &body)?;
            match facts::record::run(&posted.visit.worker, caller, file, Body::of(&body)).await {
                Ok(_) => done.recorded += 1,
                Err(problem) if problem.errors.is_empty() && done.recorded == 0 && gives_up(&problem) => {
                    return Err(problem.into());
                }
                Err(problem) => done.refuse(n, problem),
            }
        }
        Ok(done)
    }

    fn refuse(&mut self, row: usize, problem: Problem) {
        let place = format!("/rows/{}", self.refused.len());
        for wrong in &problem.errors {
            let of_row = wrong.pointer.starts_with("/value") || wrong.pointer.starts_with("/field");
            let wrong = if of_row { wrong.clone().under(&place) } else { wrong.clone() };
            if !self.errors.contains(&wrong) {
                self.errors.push(wrong);
            }
        }
        self.refused.push(row);
        self.problem.get_or_insert(problem);
    }
}

/// Nothing the writer could put right on the form.
fn gives_up(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::NotFound | ProblemKind::NotPermitted | ProblemKind::NoContentRole)
}

/// The words of the rows that stay, under their new numbers.
fn renumbered(fields: &[(String, String)], stay: &[usize]) -> Vec<(String, String)> {
    let renamed = |name: &str| -> Option<String> {
        let Some(rest) = name.strip_prefix("rows/") else { return Some(name.to_owned()) };
        let (number, rest) = rest.split_once('/')?;
        let number: usize = number.parse().ok()?;
        let new = stay.iter().position(|one| *one == number)?;
        Some(format!("rows/{new}/{rest}"))
    };
    fields.iter().filter_map(|(name, words)| Some((renamed(name)?, words.clone()))).collect()
}
