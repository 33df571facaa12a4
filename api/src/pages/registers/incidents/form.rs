//! Entering an incident, writing what is known of it now, closing it.

use actix_web::{HttpResponse, get, post};
use authz::{
    etag::{IfMatch, of},
    id::IncidentId,
};
use domain::incident::{IncidentRecord, IncidentView};

use super::{LIST, officers_only, read};
use crate::{
    http::Id,
    incidents,
    pages::{
        drafts,
        field::{Choice, Field, Form},
        form::Posted,
        frame::Frame,
        moment::date,
        oops::{Oops, redirect},
        phrases::Phrases,
        simple::FormPage,
        visit::Visit,
    },
    problem::{Problem, ProblemKind},
};

const NEW: &str = "/registres/incidents/nouveau";

fn tag(view: &IncidentView) -> Result<Field, Problem> {
    let (tag, _) = of(view).map_err(|_| Problem::new(ProblemKind::Internal))?;
    Ok(Field::hidden("_seen", tag))
}

/// The fields of the law, in its order; with what is known already, if something is.
fn fields(p: Phrases, known: Option<&IncidentRecord>) -> Vec<Field> {
    let filled = |field: Field, words: Option<String>| match words {
        Some(words) => field.given(words),
        None => field,
    };
    let words = |key: &str| p.t(&format!("incident-{key}"));
    let area = |name: &str, key: &str, known: Option<String>| filled(Field::area(name, words(key)), known);
    let day = |name: &str, key: &str, known: Option<String>| filled(Field::date(name, words(key)), known);
    let of = |read: fn(&IncidentRecord) -> Option<String>| known.and_then(read);
    let on = |day: chrono::NaiveDate| day.to_string();
    let yes = |yes: bool| yes.then(|| "true".to_owned());
    let conclusions = vec![
        Choice::new("true", words("serious-yes")).hint(words("serious-yes-hint")),
        Choice::new("false", words("serious-no")),
    ];
    let mut persons = Field::line("persons:int", words("persons")).hint(words("persons-hint"));
    persons = filled(persons, of(|r| Some(r.persons.to_string())));
    vec![
        Field::heading(words("part-what")),
        area("information", "information", of(|r| r.information.clone()))
            .hint(words("information-hint"))
            .optional(),
        area("information_unknown", "information-unknown", of(|r| r.information_unknown.clone())).optional(),
        area("circumstances", "circumstances", of(|r| Some(r.circumstances.clone()))),
        day("occurred_from", "occurred-from", known.map(|r| on(r.occurred_from))),
        day("occurred_to", "occurred-to", known.and_then(|r| r.occurred_to.map(on))).optional(),
        filled(
            Field::tick("occurred_approximate:bool", "true", words("occurred-approximate")),
            known.and_then(|r| yes(r.occurred_approximate)),
        ),
        day("aware_on", "aware", known.map(|r| on(r.aware_on))).hint(words("aware-hint")),
        persons,
        filled(
            Field::tick("persons_estimated:bool", "true", words("persons-estimated")),
            known.and_then(|r| yes(r.persons_estimated)),
        ),
        Field::heading(words("part-risk")),
        Field::prose(words("part-risk-lead")),
        area("sensitivity", "sensitivity", of(|r| r.sensitivity.clone())).optional(),
        area("malicious_use", "malicious-use", of(|r| r.malicious_use.clone())).optional(),
        area("consequences", "consequences", of(|r| r.consequences.clone())).optional(),
        area("likelihood", "likelihood", of(|r| r.likelihood.clone())).optional(),
        filled(
            Field::radios("serious:bool", words("serious"), conclusions),
            of(|r| Some(r.serious.to_string())),
        ),
        Field::heading(words("part-notices")),
        Field::prose(words("part-notices-lead")),
        day("cai_notified_on", "cai-notified", known.and_then(|r| r.cai_notified_on.map(on))).optional(),
        day("minister_notified_on", "minister-notified", known.and_then(|r| r.minister_notified_on.map(on)))
            .hint(words("minister-notified-hint"))
            .optional(),
        day("persons_notified_on", "persons-notified", known.and_then(|r| r.persons_notified_on.map(on)))
            .optional(),
        day("public_notice_on", "public-notice", known.and_then(|r| r.public_notice_on.map(on))).optional(),
        area("deferred_because", "deferred", of(|r| r.deferred_because.clone()))
            .hint(words("deferred-hint"))
            .optional(),
        Field::heading(words("part-measures")),
        area("measures", "measures", of(|r| Some(r.measures.clone()))).hint(words("measures-hint")),
    ]
}

fn new(visit: &Visit) -> Result<(Frame, Form), Oops> {
    officers_only(visit)?;
    let frame = Frame::of(visit)?;
    let form = Form::new(&frame, NEW, frame.p.t("incident-enter"), fields(frame.p, None))?;
    Ok((frame, form))
}

fn around_new(frame: Frame, form: Form) -> Result<HttpResponse, Oops> {
    let p = frame.p;
    let page = FormPage::new(frame, p.t("incident-new"), form).back(LIST);
    page.lead(p.t("incident-new-lead")).lead(p.t("incident-nobody-named")).show()
}

/// Asks what happened.
#[get("/registres/incidents/nouveau")]
pub(in crate::pages) async fn ask(visit: Visit) -> Result<HttpResponse, Oops> {
    let (frame, form) = new(&visit)?;
    let form = form.restored(drafts::kept(&visit).await?);
    around_new(frame, form)
}

/// Enters it.
#[post("/registres/incidents/nouveau")]
pub(in crate::pages) async fn enter(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    match incidents::enter::run(&visit.worker, posted.caller(), posted.body()).await {
        Ok(done) => {
            drafts::forget(visit, &visit.path).await?;
            let body = done.into_parts().0.body;
            let id = body.get("id").and_then(serde_json::Value::as_str).unwrap_or_default();
            Ok(redirect(&format!("{LIST}/{id}?fait=incident-entered")))
        }
        Err(problem) if problem.kind != ProblemKind::Invalid => Err(problem.into()),
        Err(problem) => {
            let (frame, form) = new(visit)?;
            around_new(frame, form.refused(&posted, &problem))
        }
    }
}

async fn amendment(visit: &Visit, id: IncidentId) -> Result<(Frame, Form, IncidentView), Oops> {
    let view = read(visit, id).await?;
    let frame = Frame::of(visit)?;
    let mut fields = fields(frame.p, Some(&view.now.record));
    fields.push(tag(&view)?);
    let form = Form::new(&frame, format!("{LIST}/{id}/modification"), frame.p.t("incident-amend"), fields)?;
    Ok((frame, form.unkept(), view))
}

fn around_amendment(frame: Frame, form: Form, view: &IncidentView) -> Result<HttpResponse, Oops> {
    let p = frame.p;
    let back = format!("{LIST}/{}", view.now.id);
    let page = FormPage::new(frame, p.t("incident-amend-title"), form).back(back);
    let page = page.lead(p.t("incident-amend-lead"));
    if view.now.closed { page.lead(p.t("incident-amend-reopens")).show() } else { page.show() }
}

/// Asks what is known now.
#[get("/registres/incidents/{id}/modification")]
pub(in crate::pages) async fn ask_amendment(
    visit: Visit,
    id: Id<0, IncidentId>,
) -> Result<HttpResponse, Oops> {
    let (frame, form, view) = amendment(&visit, id.get()).await?;
    around_amendment(frame, form, &view)
}

/// Writes it.
#[post("/registres/incidents/{id}/modification")]
pub(in crate::pages) async fn amend(posted: Posted, id: Id<0, IncidentId>) -> Result<HttpResponse, Oops> {
    let (visit, id) = (&posted.visit, id.get());
    let seen = posted.get("_seen").map(IfMatch::parse);
    match incidents::amend::run(&visit.worker, posted.caller(), id, posted.body(), seen).await {
        Ok(_) => Ok(redirect(&format!("{LIST}/{id}?fait=incident-amended"))),
        Err(problem) if problem.kind != ProblemKind::Invalid => Err(problem.into()),
        Err(problem) => {
            let (frame, form, view) = amendment(visit, id).await?;
            around_amendment(frame, form.refused(&posted, &problem), &view)
        }
    }
}

async fn closure(visit: &Visit, id: IncidentId) -> Result<(Form, FormPage), Oops> {
    let view = read(visit, id).await?;
    let frame = Frame::of(visit)?;
    let p = frame.p;
    let action = format!("{LIST}/{id}/fermeture");
    let make = || Form::new(&frame, action.clone(), p.t("incident-close"), vec![tag(&view)?]);
    let (form, shown) = (make()?, make()?);
    let page = FormPage::new(frame, p.t("incident-close-title"), shown).back(format!("{LIST}/{id}"));
    let known = date(view.now.record.aware_on, p.lang());
    Ok((form, page.lead(p.x("incident-of", &known)).lead(p.t("incident-close-lead"))))
}

/// Asks whether everything was done.
#[get("/registres/incidents/{id}/fermeture")]
pub(in crate::pages) async fn ask_closure(visit: Visit, id: Id<0, IncidentId>) -> Result<HttpResponse, Oops> {
    closure(&visit, id.get()).await?.1.show()
}

/// Closes it.
#[post("/registres/incidents/{id}/fermeture")]
pub(in crate::pages) async fn close(posted: Posted, id: Id<0, IncidentId>) -> Result<HttpResponse, Oops> {
    let (visit, id) = (&posted.visit, id.get());
    let seen = posted.get("_seen").map(IfMatch::parse);
    match incidents::close::run(&visit.worker, posted.caller(), id, posted.body(), seen).await {
        Ok(_) => Ok(redirect(&format!("{LIST}/{id}?fait=incident-closed"))),
        Err(problem) if problem.errors.is_empty() => Err(problem.into()),
        Err(problem) => {
            let (form, page) = closure(visit, id).await?;
            page.with(form.wrong(&problem)).show()
        }
    }
}
