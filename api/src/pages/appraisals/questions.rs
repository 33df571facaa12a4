//! The questions of an instrument: all on one page, or one at a time. Both write the same draft, which is kept until
//! the appraisal is recorded; nothing of it is on the file before.

use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, post, web::Query};
use askama::Template;
use authz::id::{DocumentId, FileId, PersonId};
use domain::{
    instrument::Answer,
    reference::{InstrumentView, ItemView},
};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    appraisal, instrument,
    result::outcome,
    words::{INFORMANTS, answer_key, answer_word, item, level, title},
};
use crate::{
    http::Id,
    pages::{
        drafts,
        field::{Choice, Field, Form},
        form::Posted,
        frame::{Frame, show_as},
        moment::moment,
        oops::{Oops, redirect},
        people::People,
        phrases::Phrases,
        visit::Visit,
    },
    problem::{Problem, ProblemKind},
};

/// Fields as they were sent.
pub(super) type Sent = Vec<(String, String)>;

#[derive(Deserialize)]
pub(super) struct Wanted {
    question: Option<usize>,
}

/// An appraisal that is being written.
pub(super) struct Ground {
    pub file: FileId,
    pub person: PersonId,
    pub label: String,
    pub instrument: InstrumentView,
    /// Where the questions are asked, and their draft is kept.
    pub path: String,
    /// The appraisal that this one corrects.
    pub former: Option<Former>,
}

/// An appraisal of one's own agency that is to be corrected, as it was answered and judged.
pub(super) struct Former {
    pub id: DocumentId,
    pub at: String,
    pub level: String,
    pub sent: Sent,
    /// The words of the judgement, under the names of its fields.
    pub words: Sent,
}

impl Ground {
    pub async fn of(
        visit: &Visit,
        request: &HttpRequest,
        file: FileId,
        person: PersonId,
    ) -> Result<Self, Oops> {
        let absent = || Problem::new(ProblemKind::NotFound);
        let people = People::read(visit, visit.reader()?, file).await?;
        let label = people.person(person).ok_or_else(absent)?.label.clone();
        let code = request.match_info().get("instrument").unwrap_or_default().to_owned();
        let instrument = instrument(visit, code, None).await?;
        // Whom the licence does not name cannot use it, nor see what it asks.
        if !instrument.head.usable {
            return Err(absent().into());
        }
        let path = format!("/dossiers/{file}/appreciations/nouvelle/{}/{person}", instrument.head.code);
        Ok(Self { file, person, label, instrument, path, former: None })
    }

    /// The ground on which an appraisal is corrected: one's own agency's, of which nothing is withheld, by an
    /// instrument that it may still use. Any other is absent.
    pub async fn correcting(visit: &Visit, file: FileId, id: DocumentId) -> Result<Self, Oops> {
        let absent = || Problem::new(ProblemKind::NotFound);
        let view = appraisal(visit, visit.reader()?, file, id).await?;
        let judged = view.judged.value();
        let own = view.source.id == visit.known.profile.agency.id;
        if !own || judged.answers.iter().any(|one| one.withheld) {
            return Err(absent().into());
        }
        let named = &judged.instrument;
        let instrument = instrument(visit, named.code.clone(), Some(named.version)).await?;
        let people = People::read(visit, visit.reader()?, file).await?;
        let label = people.person(view.person).ok_or_else(absent)?.label.clone();
        if !instrument.head.usable {
            return Err(absent().into());
        }
        let mut sent = Sent::new();
        for given in &judged.answers {
            let informant =
                given.source.and_then(|source| INFORMANTS.iter().find(|(one, ..)| *one == source));
            // Who says nothing of the source means the person.
            let informant = informant.map(|(_, word, _)| *word).filter(|word| *word != "person");
            let parts = [
                (
                    "answer",
                    given
                        .answer
                        .filter(|one| *one != Answer::NotAsked)
                        .map(|one| answer_word(one).to_owned()),
                ),
                ("source", informant.map(str::to_owned)),
                ("known_on", given.known_on.map(|day| day.to_string())),
            ];
            for (part, words) in parts {
                sent.extend(words.map(|words| (format!("answers/{}/{part}", given.item), words)));
            }
        }
        let words = [("reasons", &judged.reasons), ("imminence", &judged.imminence)];
        let words = words.into_iter().filter_map(|(name, words)| Some((name.to_owned(), words.clone()?)));
        let former = Former {
            id,
            at: moment(view.recorded_at, visit.p.lang()),
            level: level(judged.level, visit.p),
            sent,
            words: words.collect(),
        };
        let path = format!("/dossiers/{file}/appreciations/{id}/correction");
        Ok(Self { file, person: view.person, label, instrument, path, former: Some(former) })
    }

    /// Everything at once.
    pub fn whole(&self, frame: &Frame) -> Result<Form, Oops> {
        let p = frame.p;
        let mut fields = Vec::new();
        let mut group = None;
        for asked in &self.instrument.items {
            if asked.group.is_some() && asked.group != group {
                group.clone_from(&asked.group);
                fields.extend(group.as_deref().and_then(|id| self.heading(id)));
            }
            fields.extend(item_fields(asked, p));
        }
        Ok(Form::new(frame, &self.path, p.t("appraisal-see-result"), fields)?)
    }

    fn heading(&self, id: &str) -> Option<Field> {
        let group = self.instrument.groups.iter().find(|group| group.id == id)?;
        Some(Field::heading(group.label.clone()?))
    }

    /// One question; the answers to the others go with it, unseen.
    fn single(&self, frame: &Frame, at: usize, sent: &Sent) -> Result<Form, Oops> {
        let p = frame.p;
        let asked = self.instrument.items.get(at - 1).ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        let mut fields = item_fields(asked, p);
        let shown = format!("answers/{}/", asked.named.id);
        let others = sent.iter().filter(|(name, words)| !name.starts_with(&shown) && !words.is_empty());
        fields.extend(others.map(|(name, words)| Field::hidden(name.clone(), words.clone())));
        fields.push(Field::hidden("_at", at.to_string()));
        let last = at == self.instrument.items.len();
        let submit = if last { p.t("appraisal-see-result") } else { p.t("appraisal-next") };
        let mut all = sent.clone();
        all.push(("_at".into(), at.to_string()));
        Ok(Form::new(frame, &self.path, submit, fields)?.filled(&all))
    }

    pub fn show(
        &self,
        frame: Frame,
        form: Form,
        at: Option<usize>,
        answered: usize,
    ) -> Result<HttpResponse, Oops> {
        let status = if form.is_refused() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let (p, items) = (frame.p, &self.instrument.items);
        let group = at.and_then(|at| items.get(at - 1)).and_then(|item| item.group.clone());
        let groups = &self.instrument.groups;
        let page = Questions {
            title: self.title(p),
            lead: self.former.as_ref().map(|former| p.x("appraisal-correct-lead", &former.at)),
            who: self.label.clone(),
            group: group.and_then(|id| groups.iter().find(|group| group.id == id)?.label.clone()),
            progress: p.s(
                "appraisal-progress",
                &[("answered", &answered.to_string()), ("all", &items.len().to_string())],
            ),
            place: at.map(|at| {
                p.s("appraisal-place", &[("at", &at.to_string()), ("all", &items.len().to_string())])
            }),
            back: match &self.former {
                Some(former) => format!("/dossiers/{}/appreciations/{}", self.file, former.id),
                None => format!("/dossiers/{}/appreciations", self.file),
            },
            path: self.path.clone(),
            first_open: 1,
            previous: at.filter(|at| *at > 1).map(|at| at - 1),
            form,
            frame,
        };
        show_as(status, &page.frame, &page)
    }

    /// What the page is called.
    pub fn title(&self, p: Phrases) -> String {
        let named = title(&self.instrument);
        if self.former.is_some() { p.x("appraisal-correct-of", &named) } else { named }
    }

    /// The answers of a draft as the API reads them. An item of which only the source or the date is said was not asked.
    pub fn answers(&self, sent: &Sent) -> Value {
        let get = |name: String| {
            let found = sent.iter().find(|(field, _)| *field == name).map(|(_, words)| words.trim());
            found.filter(|words| !words.is_empty())
        };
        let mut answers = Map::new();
        for asked in &self.instrument.items {
            let id = &asked.named.id;
            let parts = ["answer", "source", "known_on"].map(|part| get(format!("answers/{id}/{part}")));
            if parts.iter().all(Option::is_none) {
                continue;
            }
            let [answer, source, known_on] = parts;
            let mut given = Map::from_iter([("answer".to_owned(), answer.unwrap_or("not_asked").into())]);
            for (member, words) in [("source", source), ("known_on", known_on)] {
                if let Some(words) = words {
                    given.insert(member.to_owned(), words.into());
                }
            }
            answers.insert(id.clone(), Value::Object(given));
        }
        Value::Object(answers)
    }

    /// How many items have an answer.
    pub fn answered(&self, sent: &Sent) -> usize {
        let is = |item: &&ItemView| {
            let name = format!("answers/{}/answer", item.named.id);
            sent.iter().any(|(field, words)| *field == name && !words.is_empty())
        };
        self.instrument.items.iter().filter(is).count()
    }
}

fn item_fields(asked: &ItemView, p: Phrases) -> Vec<Field> {
    let id = &asked.named.id;
    let mut choices: Vec<Choice> = asked
        .answers
        .iter()
        .filter(|answer| answer_word(**answer) != "not_asked")
        .map(|answer| Choice::new(answer_word(*answer), p.t(answer_key(*answer))))
        .collect();
    choices.push(Choice::new("", p.t("appraisal-answer-not-asked")));
    let mut row = Field::row(format!("answers/{id}/answer"), item(asked, p), choices).given("");
    let marks = [
        asked.critical.then(|| p.t("appraisal-critical")),
        asked.protective.then(|| p.t("appraisal-protective")),
    ];
    let marks: Vec<String> = marks.into_iter().flatten().collect();
    if !marks.is_empty() {
        row = row.hint(marks.join(" "));
    }
    let sources = INFORMANTS.iter().skip(1).map(|(_, word, key)| Choice::new(*word, p.t(key)));
    let mut fields = vec![row];
    fields.extend(Field::folded(
        p.t("appraisal-more"),
        [
            Field::select(format!("answers/{id}/source"), p.t("appraisal-source"), sources.collect())
                .optional()
                .hint(p.t("appraisal-source-hint")),
            Field::date(format!("answers/{id}/known_on"), p.t("appraisal-known-on")).optional(),
        ],
    ));
    fields
}

#[derive(Template)]
#[template(path = "appraisal_questions.html")]
struct Questions {
    frame: Frame,
    title: String,
    lead: Option<String>,
    who: String,
    group: Option<String>,
    progress: String,
    place: Option<String>,
    back: String,
    path: String,
    first_open: usize,
    previous: Option<usize>,
    form: Form,
}

/// The questions, with what was answered already.
#[get("/dossiers/{id}/appreciations/nouvelle/{instrument}/{person}")]
pub(super) async fn ask(
    visit: Visit,
    request: HttpRequest,
    id: Id<0, FileId>,
    person: Id<2, PersonId>,
    wanted: Query<Wanted>,
) -> Result<HttpResponse, Oops> {
    let ground = Ground::of(&visit, &request, id.get(), person.get()).await?;
    asked(&visit, &ground, wanted.question).await
}

/// The questions of an appraisal that is corrected, answered as they were.
#[get("/dossiers/{id}/appreciations/{appraisal}/correction")]
pub(super) async fn ask_correction(
    visit: Visit,
    id: Id<0, FileId>,
    one: Id<1, DocumentId>,
    wanted: Query<Wanted>,
) -> Result<HttpResponse, Oops> {
    let ground = Ground::correcting(&visit, id.get(), one.get()).await?;
    asked(&visit, &ground, wanted.question).await
}

async fn asked(visit: &Visit, ground: &Ground, question: Option<usize>) -> Result<HttpResponse, Oops> {
    let kept = drafts::kept_of(visit, &ground.path).await?;
    let former = || ground.former.as_ref().map(|former| former.sent.clone()).unwrap_or_default();
    let sent = kept.clone().unwrap_or_else(former);
    let frame = Frame::of(visit)?;
    let at = question.filter(|at| (1..=ground.instrument.items.len()).contains(at));
    let form = match at {
        Some(at) => ground.single(&frame, at, &sent)?,
        None if kept.is_some() => ground.whole(&frame)?.restored(kept),
        None if ground.former.is_some() => ground.whole(&frame)?.filled(&sent),
        None => ground.whole(&frame)?,
    };
    ground.show(frame, form, at, ground.answered(&sent))
}

/// Keeps the answers, and goes on: to the next question, or to what they amount to.
#[post("/dossiers/{id}/appreciations/nouvelle/{instrument}/{person}")]
pub(super) async fn keep(
    posted: Posted,
    request: HttpRequest,
    id: Id<0, FileId>,
    person: Id<2, PersonId>,
) -> Result<HttpResponse, Oops> {
    posted.changer()?;
    let ground = Ground::of(&posted.visit, &request, id.get(), person.get()).await?;
    go_on(&posted, &ground).await
}

/// The same for an appraisal that is corrected.
#[post("/dossiers/{id}/appreciations/{appraisal}/correction")]
pub(super) async fn keep_correction(
    posted: Posted,
    id: Id<0, FileId>,
    one: Id<1, DocumentId>,
) -> Result<HttpResponse, Oops> {
    posted.changer()?;
    let ground = Ground::correcting(&posted.visit, id.get(), one.get()).await?;
    go_on(&posted, &ground).await
}

async fn go_on(posted: &Posted, ground: &Ground) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    drafts::keep(&visit.worker, visit.known.actor, visit.request, &ground.path, &posted.fields).await?;
    let at: Option<usize> = posted.get("_at").and_then(|at| at.parse().ok());
    if let Some(at) = at.filter(|at| *at < ground.instrument.items.len()) {
        return Ok(redirect(&format!("{}?question={}", ground.path, at + 1)));
    }
    match outcome(visit, ground, &posted.fields).await {
        Ok(_) => Ok(redirect(&format!("{}/bilan", ground.path))),
        Err(Oops::Problem(problem)) if !problem.errors.is_empty() => {
            let frame = Frame::of(visit)?;
            let form = ground.whole(&frame)?.refused(posted, &problem);
            ground.show(frame, form, None, ground.answered(&posted.fields))
        }
        Err(other) => Err(other),
    }
}
