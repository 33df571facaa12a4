//! Taking more time to answer a request, and saying what was answered.

use actix_web::{HttpResponse, get, post};
use authz::{etag::IfMatch, id::AccessRequestId};
use domain::access_request::{Ground, Outcome};

use super::{LIST, due, ground, outcome, read, source, tag};
use crate::{
    access_requests,
    http::Id,
    pages::{
        field::{Choice, Field, Form},
        form::Posted,
        frame::Frame,
        oops::{Oops, redirect},
        simple::FormPage,
        visit::Visit,
    },
    problem::Problem,
};

/// A page of one request around a form, as it stands or with what was refused.
async fn page(
    visit: &Visit,
    id: AccessRequestId,
    (verb, title, button): (&str, &str, &str),
    mut fields: Vec<Field>,
    refused: Option<(&Posted, &Problem)>,
) -> Result<HttpResponse, Oops> {
    let view = read(visit, id).await?;
    let frame = Frame::of(visit)?;
    let p = frame.p;
    fields.push(tag(&view)?);
    let form = Form::new(&frame, format!("{LIST}/{id}/{verb}"), p.t(button), fields)?.unkept();
    let form = match refused {
        Some((posted, problem)) => form.refused(posted, problem),
        None => form,
    };
    let page = FormPage::new(frame, p.t(title), form).back(format!("{LIST}/{id}"));
    page.lead(due(&view.now, p)).lead(source(&view.now, p)).show()
}

const EXTENSION: (&str, &str, &str) = ("prolongation", "request-extend-title", "request-extend");
const ANSWER: (&str, &str, &str) = ("reponse", "request-answer-title", "request-answer");

fn extension_fields(visit: &Visit) -> Vec<Field> {
    let p = visit.p;
    vec![Field::area("because", p.t("request-because")).hint(p.t("request-because-hint"))]
}

fn answer_fields(visit: &Visit) -> Vec<Field> {
    let p = visit.p;
    let outcomes = Outcome::ALL.iter().map(|one| Choice::new(one.wire(), outcome(*one, p)));
    let grounds = Ground::ALL.iter().map(|one| Choice::new(one.wire(), ground(*one, p)));
    vec![
        Field::date("on", p.t("request-answered-on")),
        Field::radios("outcome", p.t("request-outcome"), outcomes.collect())
            .hint(p.t("request-outcome-hint")),
        Field::checks("grounds[]", p.t("request-grounds"), grounds.collect())
            .hint(p.t("request-grounds-hint"))
            .optional(),
        Field::area("explanation", p.t("request-explanation"))
            .hint(p.t("request-explanation-hint"))
            .optional(),
    ]
}

/// Asks why more time is needed.
#[get("/registres/demandes/{id}/prolongation")]
pub(in crate::pages) async fn ask_extension(
    visit: Visit,
    id: Id<0, AccessRequestId>,
) -> Result<HttpResponse, Oops> {
    let fields = extension_fields(&visit);
    page(&visit, id.get(), EXTENSION, fields, None).await
}

/// Takes it.
#[post("/registres/demandes/{id}/prolongation")]
pub(in crate::pages) async fn extend(
    posted: Posted,
    id: Id<0, AccessRequestId>,
) -> Result<HttpResponse, Oops> {
    let (visit, id) = (&posted.visit, id.get());
    let seen = posted.get("_seen").map(IfMatch::parse);
    match access_requests::extend::run(&visit.worker, posted.caller(), id, posted.body(), seen).await {
        Ok(_) => Ok(redirect(&format!("{LIST}/{id}?fait=request-extended"))),
        Err(problem) if problem.errors.is_empty() => Err(problem.into()),
        Err(problem) => page(visit, id, EXTENSION, extension_fields(visit), Some((&posted, &problem))).await,
    }
}

/// Asks what was answered.
#[get("/registres/demandes/{id}/reponse")]
pub(in crate::pages) async fn ask_answer(
    visit: Visit,
    id: Id<0, AccessRequestId>,
) -> Result<HttpResponse, Oops> {
    let fields = answer_fields(&visit);
    page(&visit, id.get(), ANSWER, fields, None).await
}

/// Enters it.
#[post("/registres/demandes/{id}/reponse")]
pub(in crate::pages) async fn give(posted: Posted, id: Id<0, AccessRequestId>) -> Result<HttpResponse, Oops> {
    let (visit, id) = (&posted.visit, id.get());
    let seen = posted.get("_seen").map(IfMatch::parse);
    match access_requests::answer::run(&visit.worker, posted.caller(), id, posted.body(), seen).await {
        Ok(_) => Ok(redirect(&format!("{LIST}/{id}?fait=request-answered"))),
        Err(problem) if problem.errors.is_empty() => Err(problem.into()),
        Err(problem) => page(visit, id, ANSWER, answer_fields(visit), Some((&posted, &problem))).await,
    }
}
