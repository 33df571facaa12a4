//! What the answers amount to, and the level that a person sets, with reasons: the one place where an appraisal is
//! recorded. No level is chosen beforehand.

use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, post};
use askama::Template;
use authz::id::{DocumentId, FileId, PersonId};
use domain::instrument::{Answer, Level};
use serde_json::{Map, Value, json};

use super::{
    questions::{Ground, Sent},
    result::{Outcome, outcome},
    words::{answer_word, level},
};
use crate::{
    appraisals,
    http::{Body, Id},
    pages::{
        drafts,
        field::{Choice, Field, Form},
        form::Posted,
        frame::{Frame, show_as},
        oops::{Oops, redirect},
        visit::Visit,
    },
};

#[derive(Template)]
#[template(path = "appraisal_judge.html")]
struct Judge {
    frame: Frame,
    title: String,
    who: String,
    path: String,
    outcome: Outcome,
    form: Form,
}

fn form(ground: &Ground, frame: &Frame) -> Result<Form, Oops> {
    let p = frame.p;
    let levels = Level::ALL.iter().map(|one| {
        let hint = p.t(&format!("appraisal-level-{}", one.wire()));
        Choice::new(one.wire(), level(*one, p)).hint(hint)
    });
    let former = ground.former.iter().map(|one| Field::prose(p.x("appraisal-former-level", &one.level)));
    let mut fields: Vec<Field> = former.collect();
    fields.extend([
        Field::radios("level", p.t("appraisal-level"), levels.collect()).hint(p.t("appraisal-level-hint")),
        Field::area("reasons", p.t("appraisal-reasons")).optional().hint(p.t("appraisal-reasons-hint")),
        Field::area("imminence", p.t("appraisal-imminence")).optional().hint(p.t("appraisal-imminence-hint")),
    ]);
    if ground.instrument.head.training_required {
        let attested = vec![Choice::new("true", p.t("appraisal-training-yes"))];
        let asked = p.x("appraisal-training", &ground.instrument.head.licence_holder);
        fields.push(Field::checks("training_attested:bool", asked, attested));
    }
    let submit = p.t(if ground.former.is_some() { "appraisal-correct-do" } else { "appraisal-record" });
    let form = Form::new(frame, format!("{}/bilan", ground.path), submit, fields)?;
    // What was written is corrected where it stands; the level is established anew.
    Ok(match &ground.former {
        Some(former) => form.filled(&former.words),
        None => form,
    })
}

async fn around(
    visit: &Visit,
    ground: &Ground,
    sent: &Sent,
    frame: Frame,
    form: Form,
) -> Result<HttpResponse, Oops> {
    let view = outcome(visit, ground, sent).await?;
    let answers: Vec<Option<Answer>> = ground
        .instrument
        .items
        .iter()
        .map(|item| {
            let name = format!("answers/{}/answer", item.named.id);
            let given = sent.iter().find(|(field, _)| *field == name).map(|(_, words)| words.as_str());
            let known = item.answers.iter().find(|answer| Some(answer_word(**answer)) == given);
            Some(known.copied().unwrap_or(Answer::NotAsked))
        })
        .collect();
    let status = if form.is_refused() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Judge {
        title: ground.title(frame.p),
        who: ground.label.clone(),
        path: ground.path.clone(),
        outcome: Outcome::of(&view, &ground.instrument, &answers, frame.p),
        form,
        frame,
    };
    show_as(status, &page.frame, &page)
}

/// What the answers amount to.
#[get("/dossiers/{id}/appreciations/nouvelle/{instrument}/{person}/bilan")]
pub(super) async fn ask(
    visit: Visit,
    request: HttpRequest,
    id: Id<0, FileId>,
    person: Id<2, PersonId>,
) -> Result<HttpResponse, Oops> {
    let ground = Ground::of(&visit, &request, id.get(), person.get()).await?;
    asked(&visit, &ground).await
}

/// What the corrected answers amount to.
#[get("/dossiers/{id}/appreciations/{appraisal}/correction/bilan")]
pub(super) async fn ask_correction(
    visit: Visit,
    id: Id<0, FileId>,
    one: Id<1, DocumentId>,
) -> Result<HttpResponse, Oops> {
    let ground = Ground::correcting(&visit, id.get(), one.get()).await?;
    asked(&visit, &ground).await
}

async fn asked(visit: &Visit, ground: &Ground) -> Result<HttpResponse, Oops> {
    let Some(sent) = drafts::kept_of(visit, &ground.path).await? else { return Ok(redirect(&ground.path)) };
    let frame = Frame::of(visit)?;
    let form = form(ground, &frame)?.restored(drafts::kept(visit).await?);
    around(visit, ground, &sent, frame, form).await
}

/// Records the appraisal.
#[post("/dossiers/{id}/appreciations/nouvelle/{instrument}/{person}/bilan")]
pub(super) async fn judge(
    posted: Posted,
    request: HttpRequest,
    id: Id<0, FileId>,
    person: Id<2, PersonId>,
) -> Result<HttpResponse, Oops> {
    let ground = Ground::of(&posted.visit, &request, id.get(), person.get()).await?;
    record(&posted, &ground).await
}

/// Records the correction of one.
#[post("/dossiers/{id}/appreciations/{appraisal}/correction/bilan")]
pub(super) async fn correct(
    posted: Posted,
    id: Id<0, FileId>,
    one: Id<1, DocumentId>,
) -> Result<HttpResponse, Oops> {
    let ground = Ground::correcting(&posted.visit, id.get(), one.get()).await?;
    record(&posted, &ground).await
}

async fn record(posted: &Posted, ground: &Ground) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    let Some(sent) = drafts::kept_of(visit, &ground.path).await? else { return Ok(redirect(&ground.path)) };
    let given = ["level", "reasons", "imminence"].map(|member| (member, posted.get(member)));
    let mut body: Map<String, Value> = given
        .into_iter()
        .filter_map(|(member, words)| Some((member.to_owned(), Value::from(words?))))
        .collect();
    body.extend([
        ("person".to_owned(), json!(ground.person)),
        ("instrument".to_owned(), json!(ground.instrument.head.code)),
        ("version".to_owned(), json!(ground.instrument.head.version)),
        ("answers".to_owned(), ground.answers(&sent)),
        ("training_attested".to_owned(), posted.get("training_attested:bool").is_some().into()),
    ]);
    body.extend(ground.former.iter().map(|former| ("supersedes".to_owned(), json!(former.id))));
    let body = Value::Object(body);
    let caller = posted.changer_of("", &body)?;
    match appraisals::record::run(&visit.worker, caller, ground.file, Body::of(&body)).await {
        Ok(done) => {
            drafts::forget(visit, &ground.path).await?;
            drafts::forget(visit, &visit.path).await?;
            let body = done.into_parts().0.body;
            let made = body.get("id").and_then(Value::as_str).unwrap_or_default();
            let said = if ground.former.is_some() { "appraisal-corrected" } else { "appraisal-recorded" };
            Ok(redirect(&format!("/dossiers/{}/appreciations/{made}?fait={said}", ground.file)))
        }
        Err(problem) => {
            let frame = Frame::of(visit)?;
            let form = form(ground, &frame)?.refused(posted, &problem);
            around(visit, ground, &sent, frame, form).await
        }
    }
}
