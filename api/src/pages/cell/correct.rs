//! Correcting what one's own agency brought to a meeting. The former words stay on the file, under the same rules;
//! whoever is shown the correction is not shown them any more.

use actix_web::{HttpResponse, get, post};
use authz::id::{DocumentId, MeetingId, MobilisationId, PersonId};
use domain::meeting::{ContributionView, Stage};
use serde_json::json;

use super::{
    brought::brought,
    live::{self, Read},
    reading,
};
use crate::{
    http::{Body, Id},
    meetings,
    pages::{
        drafts,
        field::{Field, Form},
        form::Posted,
        frame::Frame,
        oops::{Oops, redirect},
        simple::FormPage,
        visit::Visit,
    },
    problem::{Problem, ProblemKind},
};

/// May something still be brought to the meeting, and so corrected?
pub const fn is_live(stage: Stage) -> bool {
    matches!(stage, Stage::Convened | Stage::Open)
}

/// The form about somebody of the file, empty.
fn page(
    visit: &Visit,
    id: MobilisationId,
    read: &Read,
    (document, person): (DocumentId, PersonId),
) -> Result<(FormPage, Form), Oops> {
    let (frame, p) = (Frame::of(visit)?, visit.p);
    let about = read.around.as_ref().and_then(|around| around.person(person));
    let about = about.ok_or_else(|| Problem::new(ProblemKind::NotFound))?.to_owned();
    let path = format!("/cellule/{id}/rencontres/{}", read.view.id);
    let mut fields = brought(p, read, visit.known.profile.agency.id);
    fields.push(Field::hidden("person", person.to_string()));
    let form = Form::new(&frame, format!("{path}/apports/{document}"), p.t("meeting-correct-do"), fields)?;
    let empty = Form::new(&frame, "", "", Vec::new())?;
    let page = FormPage::new(frame, p.t("meeting-correct-title"), empty)
        .back(path)
        .lead(p.x("meeting-correct-about", &about))
        .lead(p.t("meeting-correct-lead"));
    Ok((page, form))
}

/// What was brought, as the fields of the form.
fn words_of(one: &ContributionView) -> Vec<(String, String)> {
    let said = one.said.value();
    let mut words = vec![
        ("person".to_owned(), one.label.person.to_string()),
        ("text".to_owned(), said.text.clone()),
        ("category".to_owned(), one.label.category.wire().to_owned()),
        ("certainty".to_owned(), said.certainty.wire().to_owned()),
    ];
    words.extend(said.known_on.map(|day| ("known_on".to_owned(), day.to_string())));
    words.extend(one.facts.iter().map(|fact| ("facts[]".to_owned(), fact.to_string())));
    words
}

/// Asks for what is to be read instead.
#[get("/cellule/{id}/rencontres/{meeting}/apports/{document}")]
pub(super) async fn ask(
    visit: Visit,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
    document: Id<2, DocumentId>,
) -> Result<HttpResponse, Oops> {
    let (id, meeting, document) = (id.get(), meeting.get(), document.get());
    let read = live::read(&visit, id, meeting).await?;
    let own = visit.known.profile.agency.id;
    let said = reading::contributions(&visit, id, meeting).await?.items;
    let mut said = said.into_iter().filter(|one| one.label.document == document && one.label.source == own);
    let one = said.next().filter(|_| is_live(read.view.stage));
    let one = one.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    let (page, form) = page(&visit, id, &read, (document, one.label.person))?;
    page.with(form.filled(&words_of(&one)).restored(drafts::kept(&visit).await?)).show()
}

/// Corrects it.
#[post("/cellule/{id}/rencontres/{meeting}/apports/{document}")]
pub(super) async fn correct(
    posted: Posted,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
    document: Id<2, DocumentId>,
) -> Result<HttpResponse, Oops> {
    let (visit, id, meeting, document) = (&posted.visit, id.get(), meeting.get(), document.get());
    let mut body = posted.json();
    if let Some(members) = body.as_object_mut() {
        members.insert("supersedes".to_owned(), json!(document));
    }
    let caller = posted.changer_of("", &body)?;
    match meetings::contribute::run(&visit.worker, caller, id, meeting, Body::of(&body)).await {
        Ok(_) => {
            drafts::forget(visit, &visit.path).await?;
            Ok(redirect(&format!("/cellule/{id}/rencontres/{meeting}?fait=meeting-corrected")))
        }
        Err(problem) if matches!(problem.kind, ProblemKind::NotFound | ProblemKind::NotPermitted) => {
            Err(problem.into())
        }
        // Even if a colleague corrected it meanwhile, what was written is there still.
        Err(problem) => {
            let read = live::read(visit, id, meeting).await?;
            let person = posted.get("person").and_then(|person| person.parse().ok());
            let person = person.map(PersonId::from_uuid).ok_or(problem.clone())?;
            let (page, form) = page(visit, id, &read, (document, person))?;
            page.with(form.refused(&posted, &problem)).show()
        }
    }
}
