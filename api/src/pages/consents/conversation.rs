//! The conversation of consent (*conversation de consentement*): about whom, then a page to read aloud with the
//! person, then what was understood, read again before it is recorded.

use actix_web::{HttpResponse, get, http::StatusCode, post};
use askama::Template;
use authz::id::{FileId, PersonId};
use domain::{consent::ConsentView, reference::Shareable};
use serde_json::json;

use super::{
    again, consents,
    said::Said,
    script,
    sentence::{Teller, Told, together},
    shareable,
};
use crate::{
    consents as operations,
    http::{Body, Id},
    pages::{
        drafts,
        field::{Field, Form},
        form::Posted,
        frame::{Frame, show, show_as},
        moment::{day, moment, read_local},
        oops::{Oops, redirect},
        people::{People, Person},
        phrases::Phrases,
        visit::Visit,
    },
    problem::{Problem, ProblemKind},
};

#[derive(Template)]
#[template(path = "consent_whom.html")]
struct Whom {
    frame: Frame,
    file: FileId,
    people: People,
}

/// About whom does one speak?
#[get("/dossiers/{id}/consentements/conversation")]
pub(super) async fn whom(visit: Visit, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    let file = id.get();
    let people = People::read(&visit, visit.reader()?, file).await?;
    let page = Whom { frame: Frame::of(&visit)?, file, people };
    show(&page.frame, &page)
}

#[derive(Template)]
#[template(path = "consent_conversation.html")]
struct Conversation<'p> {
    frame: Frame,
    file: FileId,
    person: &'p Person,
    form: Form,
}

/// What the conversation stands on.
struct Ground {
    file: FileId,
    people: People,
    place: usize,
    open: Shareable,
}

impl Ground {
    async fn of(visit: &Visit, file: FileId, person: PersonId) -> Result<Self, Oops> {
        let people = People::read(visit, visit.reader()?, file).await?;
        let place = people.persons.iter().position(|known| known.id == person);
        let place = place.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        Ok(Self { file, people, place, open: shareable(visit).await? })
    }

    fn person(&self) -> Result<&Person, Problem> {
        self.people.persons.get(self.place).ok_or_else(|| Problem::new(ProblemKind::NotFound))
    }

    fn form(&self, frame: &Frame) -> Result<Form, Oops> {
        script::form(frame, self.file, &self.people, self.person()?, &self.open)
    }

    fn show(&self, frame: Frame, form: Form) -> Result<HttpResponse, Oops> {
        let status = if form.is_refused() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let page = Conversation { frame, file: self.file, person: self.person()?, form };
        show_as(status, &page.frame, &page)
    }
}

/// The page to read aloud.
#[get("/dossiers/{id}/consentements/conversation/{person}")]
pub(super) async fn ask(
    visit: Visit,
    id: Id<0, FileId>,
    person: Id<1, PersonId>,
) -> Result<HttpResponse, Oops> {
    let ground = Ground::of(&visit, id.get(), person.get()).await?;
    let frame = Frame::of(&visit)?;
    let form = ground.form(&frame)?.restored(drafts::kept(&visit).await?);
    ground.show(frame, form)
}

/// What was said: read again, corrected, or recorded.
#[post("/dossiers/{id}/consentements/conversation/{person}")]
pub(super) async fn answer(
    posted: Posted,
    id: Id<0, FileId>,
    person: Id<1, PersonId>,
) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    posted.changer()?;
    let ground = Ground::of(visit, id.get(), person.get()).await?;
    let frame = Frame::of(visit)?;
    if posted.get("_step") == Some("change") {
        let form = ground.form(&frame)?.filled(&posted.fields);
        return ground.show(frame, form);
    }
    let said = Said::read(&posted, &ground.people, ground.person()?.role, &ground.open);
    let said = match said {
        Ok(said) => said,
        Err(wrong) => {
            let (p, mut form) = (frame.p, ground.form(&frame)?.filled(&posted.fields));
            for (name, key) in wrong {
                form = form.beside(&name, p.t(key));
            }
            return ground.show(frame, form);
        }
    };
    if posted.get("_step") == Some("record") {
        return record(&posted, &ground, &said, frame).await;
    }
    preview(&posted, &ground, &said, frame).await
}

async fn record(posted: &Posted, ground: &Ground, said: &Said, frame: Frame) -> Result<HttpResponse, Oops> {
    let visit = &posted.visit;
    // One act: should anything stand against a part, nothing is recorded, and sent again nothing is there twice.
    let body = json!({"consents": said.bodies(posted, ground.person()?.id)});
    let caller = posted.changer_of("", &body)?;
    let done = operations::conversation::run(&visit.worker, caller, ground.file, Body::of(&body)).await;
    let recorded = match done {
        Ok(done) => done.into_parts().0.body,
        Err(problem) => {
            let form = ground.form(&frame)?.refused(posted, &at_fields(problem));
            return ground.show(frame, form);
        }
    };
    let made = recorded.get("consents").and_then(|made| made.as_array()).into_iter().flatten();
    let made: Vec<&str> = made.filter_map(|id| id.as_str()).collect();
    drafts::forget(visit, &visit.path).await?;
    let base = format!("/dossiers/{}/consentements", ground.file);
    Ok(redirect(&match made.as_slice() {
        [no, yes] => format!("{base}/{yes}/resume?et={no}&fait=consent-recorded"),
        [one] => format!("{base}/{one}/resume?fait=consent-recorded"),
        _ => base,
    }))
}

/// The same problem, whose errors name the fields of the form, whichever of the consents they are of.
fn at_fields(mut problem: Problem) -> Problem {
    for wrong in &mut problem.errors {
        if let Some((_, within)) = wrong.pointer.strip_prefix("/consents/").and_then(|at| at.split_once('/'))
        {
            wrong.pointer = format!("/{within}");
        }
    }
    problem.errors.dedup();
    problem
}

#[derive(Template)]
#[template(path = "consent_preview.html")]
struct Preview {
    frame: Frame,
    told: Told,
    facts: Vec<(String, String)>,
    /// Earlier refusals that would win over what is said now.
    earlier: Vec<(String, String)>,
    confirm: Form,
    change: Form,
}

async fn preview(posted: &Posted, ground: &Ground, said: &Said, frame: Frame) -> Result<HttpResponse, Oops> {
    let (visit, p, person) = (&posted.visit, frame.p, ground.person()?);
    let known = consents(visit, visit.reader()?, ground.file).await?.items;
    let teller = Teller { people: &ground.people, subject: Some(person.role), open: &ground.open, p };
    let told = teller.tell(&said.yes.iter().chain(&said.no).map(again).collect::<Vec<_>>());
    let speaker = posted.get("grantor/kind").unwrap_or_default();
    let speaker = match posted.get("grantor/person") {
        Some(id) if speaker != "self" => ground
            .people
            .persons
            .iter()
            .find(|known| known.id.to_string() == id)
            .map(|known| known.label.clone()),
        _ => None,
    }
    .unwrap_or_else(|| p.t(&format!("consent-speaker-{speaker}")));
    let given = posted.get("given_at:time").and_then(read_local).unwrap_or(ground.people.now);
    let rows = [
        ("consent-fact-about", Some(person.label.clone())),
        ("consent-fact-speaker", Some(speaker)),
        ("consent-fact-given", Some(moment(given, p.lang()))),
        ("consent-fact-until", said.until.map(|until| last_day(until, p))),
        ("consent-fact-words", posted.get("words").map(str::to_owned)),
    ];
    let facts = rows.into_iter().filter_map(|(key, words)| Some((p.t(key), words?))).collect();
    let sent = |step: &str| -> Vec<Field> {
        let mut fields = vec![Field::hidden("_step", step)];
        let kept = posted.fields.iter().filter(|(name, words)| !name.starts_with('_') && !words.is_empty());
        fields.extend(kept.map(|(name, words)| Field::hidden(name.clone(), words.clone())));
        fields
    };
    let path = script::path(ground.file, person);
    let confirm = Form::new(&frame, &path, p.t("consent-confirm"), sent("record"))?;
    let change = Form::new(&frame, &path, p.t("consent-change"), sent("change"))?.small();
    let earlier = earlier(&known, person.id, said, ground, p);
    let page = Preview { frame, told, facts, earlier, confirm, change };
    show(&page.frame, &page)
}

/// Refusals of this person in force that win over what is said now: each with where to take it back.
fn earlier(
    known: &[ConsentView],
    subject: PersonId,
    said: &Said,
    ground: &Ground,
    p: Phrases,
) -> Vec<(String, String)> {
    let now = ground.people.now;
    let in_force = known.iter().filter(|one| {
        one.subject == subject
            && one.withdrawn_at.is_none_or(|at| now < at)
            && one.valid_until.is_none_or(|until| now < until)
    });
    let mut found = Vec::new();
    for consent in in_force {
        let mut against: Vec<String> = Vec::new();
        for no in consent.provisions.iter().filter(|one| one.effect == authz::vocabulary::Effect::Deny) {
            for yes in &said.yes {
                let category = |one: &&'static str| *one == "*" || yes.categories.contains(one);
                let to = |id: &String| id == "circle" || yes.recipients.contains(id);
                if no.recipients.iter().any(to) && no.categories.iter().any(category) {
                    let names = yes.recipients.iter().filter_map(|id| ground.people.agency(id));
                    against.extend(names.map(|member| member.name.clone()));
                }
            }
        }
        against.dedup();
        if !against.is_empty() {
            let date = day(consent.given_at, p.lang());
            let sentence = p.s("consent-earlier", &[("date", &date), ("agencies", &together(&against, p))]);
            found.push((sentence, format!("/dossiers/{}/consentements/{}/retrait", ground.file, consent.id)));
        }
    }
    found
}

/// The last day of what ends at an instant.
pub(super) fn last_day(until: chrono::DateTime<chrono::Utc>, p: Phrases) -> String {
    day(until - chrono::TimeDelta::seconds(1), p.lang())
}
