//! Entering a request, writing it anew.

use actix_web::{HttpResponse, get, post};
use authz::{etag::IfMatch, id::AccessRequestId};
use domain::access_request::{RequestKind, RequestRecord, RequestView, Requester, Verification};

use super::{LIST, kind, read, requester, tag, verification};
use crate::{
    access_requests,
    http::Id,
    pages::{
        drafts,
        field::{Choice, Field, Form},
        form::Posted,
        frame::Frame,
        oops::{Oops, redirect},
        phrases::Phrases,
        registers::incidents::officers_only,
        simple::FormPage,
        visit::Visit,
    },
    problem::ProblemKind,
};

const NEW: &str = "/registres/demandes/nouvelle";

/// The fields of a request, with what is known already, if something is.
fn fields(p: Phrases, known: Option<&RequestRecord>) -> Vec<Field> {
    let filled = |field: Field, words: Option<String>| match words {
        Some(words) => field.given(words),
        None => field,
    };
    let of = |read: fn(&RequestRecord) -> Option<String>| known.and_then(read);
    let kinds = RequestKind::ALL.iter().map(|one| Choice::new(one.wire(), kind(*one, p)));
    let who = Requester::ALL.iter().map(|one| Choice::new(one.wire(), requester(*one, p)));
    let how = Verification::ALL.iter().map(|one| Choice::new(one.wire(), verification(*one, p)));
    let verified_on = Field::date("verified/on", p.t("request-verified-on")).optional();
    let verified_by = Field::line("verified/by", p.t("request-verified-who")).optional();
    let verified_how = Field::select("verified/how", p.t("request-verified-how"), how.collect()).optional();
    vec![
        filled(
            Field::date("received_on", p.t("request-received")).hint(p.t("request-received-hint")),
            of(|r| Some(r.received_on.to_string())),
        ),
        filled(
            Field::radios("kind", p.t("request-kind"), kinds.collect()),
            of(|r| Some(r.kind.wire().to_owned())),
        ),
        filled(
            Field::radios("requester", p.t("request-by"), who.collect()),
            of(|r| Some(r.requester.wire().to_owned())),
        ),
        filled(
            Field::area("subject", p.t("request-subject")).hint(p.t("request-subject-hint")),
            of(|r| Some(r.subject.clone())),
        ),
        filled(
            Field::line("file", p.t("request-file")).hint(p.t("request-file-hint")).optional(),
            of(|r| r.file.map(|file| file.to_string())),
        ),
        filled(
            Field::line("person", p.t("request-person")).optional(),
            of(|r| r.person.map(|person| person.to_string())),
        ),
        Field::heading(p.t("request-verified")),
        Field::prose(p.t("request-verified-lead")),
        filled(verified_on, of(|r| r.verified.as_ref().map(|verified| verified.on.to_string()))),
        filled(verified_by, of(|r| r.verified.as_ref().map(|verified| verified.by.clone()))),
        filled(verified_how, of(|r| r.verified.as_ref().map(|verified| verified.how.wire().to_owned()))),
    ]
}

fn new(visit: &Visit) -> Result<(Frame, Form), Oops> {
    officers_only(visit)?;
    let frame = Frame::of(visit)?;
    let form = Form::new(&frame, NEW, frame.p.t("request-enter"), fields(frame.p, None))?;
    Ok((frame, form))
}

fn around_new(frame: Frame, form: Form) -> Result<HttpResponse, Oops> {
    let p = frame.p;
    let page = FormPage::new(frame, p.t("request-new"), form).back(LIST);
    page.lead(p.t("request-new-lead")).lead(p.t("request-unknown-lead")).show()
}

/// Asks what was received.
#[get("/registres/demandes/nouvelle")]
pub(in crate::pages) async fn ask(visit: Visit) -> Result<HttpResponse, Oops> {
    let (frame, form) = new(&visit)?;
    let form = form.restored(drafts::kept(&visit).await?);
    around_new(frame, form)
}

/// Enters it.
#[post("/registres/demandes/nouvelle")]
pub(in crate::pages) async fn enter(posted: Posted) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    match access_requests::enter::run(&visit.worker, posted.caller(), posted.body()).await {
        Ok(done) => {
            drafts::forget(visit, &visit.path).await?;
            let body = done.into_parts().0.body;
            let id = body.get("id").and_then(serde_json::Value::as_str).unwrap_or_default();
            Ok(redirect(&format!("{LIST}/{id}?fait=request-entered")))
        }
        Err(problem) if problem.kind != ProblemKind::Invalid => Err(problem.into()),
        Err(problem) => {
            let (frame, form) = new(visit)?;
            around_new(frame, form.refused(&posted, &problem))
        }
    }
}

async fn amendment(visit: &Visit, id: AccessRequestId) -> Result<(Frame, Form, RequestView), Oops> {
    let view = read(visit, id).await?;
    let frame = Frame::of(visit)?;
    let mut fields = fields(frame.p, Some(&view.now.record));
    fields.push(tag(&view)?);
    let form = Form::new(&frame, format!("{LIST}/{id}/modification"), frame.p.t("request-amend"), fields)?;
    Ok((frame, form.unkept(), view))
}

fn around_amendment(frame: Frame, form: Form, id: AccessRequestId) -> Result<HttpResponse, Oops> {
    let p = frame.p;
    let page = FormPage::new(frame, p.t("request-amend-title"), form).back(format!("{LIST}/{id}"));
    page.lead(p.t("incident-amend-lead")).show()
}

/// Asks what is to be said instead.
#[get("/registres/demandes/{id}/modification")]
pub(in crate::pages) async fn ask_amendment(
    visit: Visit,
    id: Id<0, AccessRequestId>,
) -> Result<HttpResponse, Oops> {
    let (frame, form, _) = amendment(&visit, id.get()).await?;
    around_amendment(frame, form, id.get())
}

/// Writes it.
#[post("/registres/demandes/{id}/modification")]
pub(in crate::pages) async fn amend(
    posted: Posted,
    id: Id<0, AccessRequestId>,
) -> Result<HttpResponse, Oops> {
    let (visit, id) = (&posted.visit, id.get());
    let seen = posted.get("_seen").map(IfMatch::parse);
    match access_requests::amend::run(&visit.worker, posted.caller(), id, posted.body(), seen).await {
        Ok(_) => Ok(redirect(&format!("{LIST}/{id}?fait=request-amended"))),
        Err(problem) if problem.kind != ProblemKind::Invalid => Err(problem.into()),
        Err(problem) => {
            let (frame, form, _) = amendment(visit, id).await?;
            around_amendment(frame, form.refused(&posted, &problem), id)
        }
    }
}
