//! The steps of a mobilisation, each a page of its own that says what it does and hands what was sent to the
//! operation of the API.

use actix_web::{HttpRequest, HttpResponse, get, post};
use authz::{
    desk::{Answered, Caller, Disclosed},
    id::MobilisationId,
    vocabulary::Role,
};
use domain::mobilisation::{MobilisationView, State};

use super::{forms, names::Duties, reading};
use crate::{
    http::{Body, Id},
    mobilisations,
    pages::{
        drafts,
        field::Form,
        form::Posted,
        frame::Frame,
        oops::{Oops, redirect},
        simple::FormPage,
        visit::Visit,
    },
    problem::{Problem, ProblemKind},
    server::Worker,
};

/// A step that somebody takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Appraise,
    Consult,
    Analyse,
    Opine,
    Trigger,
    Dismiss,
    Urgent,
    Identity,
    Plan,
    Review,
    Close,
    Reopen,
    Repeat,
    Transfer,
    Lessons,
}

impl Step {
    const EVERY: [(Self, &'static str); 15] = [
        (Self::Appraise, "apprecier"),
        (Self::Consult, "presenter"),
        (Self::Analyse, "etudier"),
        (Self::Opine, "avis"),
        (Self::Trigger, "declencher"),
        (Self::Dismiss, "ecarter"),
        (Self::Urgent, "urgence"),
        (Self::Identity, "identite"),
        (Self::Plan, "convenir"),
        (Self::Review, "suivi"),
        (Self::Close, "fermer"),
        (Self::Reopen, "rouvrir"),
        (Self::Repeat, "repetition"),
        (Self::Transfer, "transferer"),
        (Self::Lessons, "bilan"),
    ];

    /// As it stands in an address.
    pub fn word(self) -> &'static str {
        Self::EVERY.iter().find(|(step, _)| *step == self).map_or("", |(_, word)| word)
    }

    fn named(word: &str) -> Result<Self, Oops> {
        let found = Self::EVERY.iter().find(|(_, known)| *known == word);
        found.map(|(step, _)| *step).ok_or_else(|| Problem::new(ProblemKind::NotFound).into())
    }

    /// Cannot it be taken back, or does it change what others may know?
    pub const fn grave(self) -> bool {
        matches!(self, Self::Dismiss | Self::Urgent | Self::Transfer | Self::Close)
    }

    async fn run(
        self,
        worker: &Worker,
        caller: Caller,
        id: MobilisationId,
        body: Body,
    ) -> Result<Disclosed<Answered>, Problem> {
        match self {
            Self::Appraise => mobilisations::appraise::run(worker, caller, id, body).await,
            Self::Consult => mobilisations::consult::run(worker, caller, id, body).await,
            Self::Analyse => mobilisations::analyse::run(worker, caller, id, body).await,
            Self::Opine => mobilisations::opine::run(worker, caller, id, body).await,
            Self::Trigger | Self::Dismiss | Self::Urgent => {
                mobilisations::decide::run(worker, caller, id, body).await
            }
            Self::Identity => mobilisations::identity::run(worker, caller, id, body).await,
            Self::Plan => mobilisations::plan::run(worker, caller, id, body).await,
            Self::Review => mobilisations::review::run(worker, caller, id, body).await,
            Self::Close => mobilisations::close::run(worker, caller, id, body).await,
            Self::Reopen => mobilisations::reopen::run(worker, caller, id, body).await,
            Self::Repeat => mobilisations::repeat::run(worker, caller, id, body).await,
            Self::Transfer => mobilisations::transfer::run(worker, caller, id, body).await,
            Self::Lessons => mobilisations::lessons::run(worker, caller, id, body).await,
        }
    }
}

/// The steps that make sense now and that the visitor has a chance to take, the expected one first. Before the
/// committee, what it takes a quorum for is offered once `decides` says that it has one.
pub fn offered(view: &MobilisationView, visit: &Visit, decides: bool) -> Vec<Step> {
    let duties = Duties::of(view.cell);
    let own = view.brought_by == visit.known.profile.agency.id;
    let leads = duties.leads(visit);
    let responds = duties.acts(visit, Role::Respondent);
    let mut steps = Vec::new();
    let mut offer = |step: Step, may: bool| {
        if may {
            steps.push(step);
        }
    };
    match view.state {
        State::Identified => offer(Step::Appraise, own),
        State::Appraised => {
            offer(Step::Consult, own && responds);
            offer(Step::Appraise, own);
        }
        State::Consulted => {
            offer(Step::Analyse, leads);
            offer(Step::Trigger, leads && view.repeat_of.is_some());
            offer(Step::Urgent, leads);
            offer(Step::Transfer, leads);
        }
        State::InAnalysis => {
            offer(Step::Opine, duties.acts(visit, Role::Committee));
            offer(Step::Trigger, leads && (decides || view.repeat_of.is_some()));
            offer(Step::Dismiss, leads && decides);
            offer(Step::Urgent, leads);
            offer(Step::Transfer, leads);
        }
        State::Triggered | State::Meeting => {
            let brings = (own || view.transferred_from.is_some()) && responds;
            offer(Step::Identity, brings && view.file.is_none());
            offer(Step::Plan, leads);
            offer(Step::Close, leads);
            offer(Step::Transfer, leads);
        }
        State::Planned | State::FollowUp => {
            offer(Step::Review, leads);
            offer(Step::Close, leads);
            offer(Step::Transfer, leads);
        }
        State::Closed => {
            offer(Step::Lessons, leads);
            offer(Step::Repeat, responds && view.file.is_some());
            offer(Step::Reopen, leads || (responds && view.file.is_some()));
        }
        State::NotRetained | State::Transferred => {}
    }
    steps
}

async fn page(
    visit: &Visit,
    step: Step,
    id: MobilisationId,
    chosen: Option<&str>,
) -> Result<(FormPage, Form), Oops> {
    let view = reading::mobilisation(visit, id).await?;
    let (frame, p) = (Frame::of(visit)?, visit.p);
    let stem = format!("step-{}", step.word());
    let (leads, fields) = forms::of(visit, step, &view).await?;
    let ways = forms::ways(visit, step, &view, chosen).await?;
    let mut form = Form::new(
        &frame,
        format!("/cellule/{id}/etapes/{}", step.word()),
        p.t(&format!("{stem}-do")),
        fields,
    )?;
    if step.grave() {
        form = form.grave();
    }
    let empty = Form::new(&frame, "", "", Vec::new())?;
    let title = format!("{} — {}", p.t(&stem), view.reference);
    let mut page =
        FormPage::new(frame, title, empty).whole(&view.reference).back(format!("/cellule/{id}")).ways(ways);
    for lead in leads {
        page = page.lead(lead);
    }
    Ok((page, form))
}

fn word_of(request: &HttpRequest) -> &str {
    request.match_info().get("step").unwrap_or_default()
}

/// Asks for what a step needs.
#[get("/cellule/{id}/etapes/{step}")]
pub(super) async fn ask(
    visit: Visit,
    request: HttpRequest,
    id: Id<0, MobilisationId>,
) -> Result<HttpResponse, Oops> {
    let (page, form) = page(&visit, Step::named(word_of(&request))?, id.get(), None).await?;
    page.with(form.restored(drafts::kept(&visit).await?)).show()
}

/// Takes it.
#[post("/cellule/{id}/etapes/{step}")]
pub(super) async fn take(
    posted: Posted,
    request: HttpRequest,
    id: Id<0, MobilisationId>,
) -> Result<HttpResponse, Oops> {
    let (visit, id, step) = (&posted.visit, id.get(), Step::named(word_of(&request))?);
    match step.run(&visit.worker, posted.changer()?, id, posted.body()).await {
        Ok(done) => {
            drafts::forget(visit, &visit.path).await?;
            let body = done.into_parts().0.body;
            // A repeat is a mobilisation of its own.
            let begun = body.get("id").and_then(|id| id.as_str()).filter(|_| step == Step::Repeat);
            let on = begun.map_or_else(|| id.to_string(), str::to_owned);
            Ok(redirect(&format!("/cellule/{on}?fait=step-{}", step.word())))
        }
        // What is not there, or not hers to do, has no form to be corrected.
        Err(problem) if matches!(problem.kind, ProblemKind::NotFound | ProblemKind::NotPermitted) => {
            Err(problem.into())
        }
        Err(problem) => {
            let (page, form) = page(visit, step, id, posted.get("file")).await?;
            page.with(form.refused(&posted, &problem)).show()
        }
    }
}
