//! What the answers amount to, and the level that a person sets, with reasons: the one place where an appraisal is
//! recorded. No level is chosen beforehand.

use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, post};
use askama::Template;
use authz::id::{FileId, PersonId};
use domain::instrument::{Answer, Level};
use serde_json::{Map, Value, json};

use super::{
    questions::{Ground, Sent},
    result::{Outcome, outcome},
    words::{answer_word, level, title},
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
    let mut fields = vec![
        Field::radios("level", p.t("appraisal-level"), levels.collect()).hint(p.t("appraisal-level-hint")),
        Field::area("reasons", p.t("appraisal-reasons")).optional().hint(p.t("appraisal-reasons-hint")),
        Field::area("imminence", p.t("appraisal-imminence")).optional().hint(p.t("appraisal-imminence-hint")),
    ];
    if ground.instrument.head.training_required {
        let attested = vec![Choice::new("true", p.t("appraisal-training-yes"))];
        let asked = p.x("appraisal-training", &ground.instrument.head.licence_holder);
        fields.push(Field::checks("training_attested:bool", asked, attested));
    }
    Ok(Form::new(frame, format!("{}/bilan", ground.path), p.t("appraisal-record"), fields)?)
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
        title: title(&ground.instrument),
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
    let Some(sent) = drafts::kept_of(&visit, &ground.path).await? else { return Ok(redirect(&ground.path)) };
    let frame = Frame::of(&visit)?;
    let form = form(&ground, &frame)?.restored(drafts::kept(&visit).await?);
    around(&visit, &ground, &sent, frame, form).await
}

/// Records the appraisal.
#[post("/dossiers/{id}/appreciations/nouvelle/{instrument}/{person}/bilan")]
pub(super) async fn judge(
    posted: Posted,
    request: HttpRequest,
    id: Id<0, FileId>,
    person: Id<2, PersonId>,
) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    let ground = Ground::of(visit, &request, id.get(), person.get()).await?;
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
    let body = Body::of(&Value::Object(body));
    match appraisals::record::run(&visit.worker, posted.changer()?, ground.file, body).await {
        Ok(done) => {
            drafts::forget(visit, &ground.path).await?;
            drafts::forget(visit, &visit.path).await?;
            let body = done.into_parts().0.body;
            let made = body.get("id").and_then(Value::as_str).unwrap_or_default();
            Ok(redirect(&format!("/dossiers/{}/appreciations/{made}?fait=appraisal-recorded", ground.file)))
        }
        Err(problem) => {
            let frame = Frame::of(visit)?;
            let form = form(&ground, &frame)?.refused(&posted, &problem);
            around(visit, &ground, &sent, frame, form).await
        }
    }
}
