//! The safety net: what is done for whom, by whom, by when; what is late says so.

use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use authz::{id::MobilisationId, vocabulary::Role};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    action::{ActionView, Status},
    mobilisation::MobilisationView,
};
use serde::Deserialize;

use super::{
    around::Around,
    clock::{Clock, clock},
    names::{Duties, Names, code, codes},
    reading,
    steps::{Step, offered},
    table::owned,
    words::Worded,
};
use crate::{
    actions,
    http::{Id, read_query},
    pages::{
        drafts,
        field::{Field, Form},
        form::Posted,
        frame::{Frame, show_form},
        moment::{local, moment},
        oops::{Oops, redirect},
        visit::Visit,
    },
    problem::Problem,
};

#[derive(Deserialize)]
struct Wanted {
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "cell/net.html")]
struct Net {
    frame: Frame,
    id: MobilisationId,
    reference: String,
    state: String,
    review: Option<Clock>,
    agreed: Option<String>,
    late: Option<String>,
    open: Vec<Line>,
    ended: Vec<Line>,
    offers: Vec<(&'static str, String)>,
    form: Option<Form>,
}

/// An action of the net.
pub struct Line {
    pub id: String,
    pub kind: String,
    pub words: Option<String>,
    pub must_not: Vec<String>,
    pub owner: String,
    pub protects: String,
    pub status: String,
    pub clock: Option<Clock>,
    pub ended: Option<String>,
    pub evidence: Option<String>,
    pub told: Option<String>,
}

/// The line of an action.
pub fn line(
    action: &ActionView,
    names: &Names,
    around: Option<&Around>,
    now: DateTime<Utc>,
    visit: &Visit,
) -> Line {
    let p = visit.p;
    let words = action.words.as_ref().map(authz::desk::Shown::value);
    let mut must_not: Vec<String> = words.and_then(|words| words.must_not.clone()).into_iter().collect();
    if let Some(details) = &action.details {
        must_not.extend(details.must_not.iter().map(|word| code(p, "action_must_not", word)));
    }
    let person = |id| around.and_then(|around: &Around| around.person(id)).map(str::to_owned);
    let protects: Vec<String> = action.protects.iter().filter_map(|id| person(*id)).collect();
    let open = matches!(action.status, Status::Agreed | Status::UnderWay);
    let told = action.details.as_ref().map(|details| details.told.len());
    Line {
        id: action.id.to_string(),
        kind: action
            .kind
            .as_ref()
            .map_or_else(|| p.t("net-kind-hidden"), |kind| code(p, "action_kind", kind)),
        words: words.and_then(|words| words.text.clone()),
        must_not,
        owner: names.somebody(Some(action.owner), Some(action.owner_agency)),
        protects: protects.join(", "),
        status: action.status.said(p),
        clock: open.then(|| clock(action.due_at, now, p)),
        ended: action.ended_at.map(|at| moment(at, p.lang())),
        evidence: action.evidence.as_ref().map(|evidence| evidence.value().clone()),
        told: told.filter(|times| *times > 0).map(|times| p.n("net-told-count", times)),
    }
}

/// Who may own an action that the visitor agrees on: anybody for the coordination, her own people for a respondent.
pub fn owners(visit: &Visit, names: &Names, cell: Duties) -> Vec<crate::pages::field::Choice> {
    let own = visit.known.profile.agency.id;
    names.choices(if cell.leads(visit) { None } else { Some(own) })
}

fn adding(
    visit: &Visit,
    frame: &Frame,
    view: &MobilisationView,
    names: &Names,
    around: Option<&Around>,
) -> Result<Option<Form>, Oops> {
    let duties = Duties::of(view.cell);
    let Some(around) = around.filter(|_| view.state.is_at_work() && duties.acts(visit, Role::Respondent))
    else {
        return Ok(None);
    };
    let p = visit.p;
    let due = visit.worker.desk()?.clock().now() + TimeDelta::hours(24);
    let fields = vec![
        Field::select("kind", p.t("net-kind"), codes(p, "action_kind")),
        Field::area("text", p.t("net-words")).hint(p.t("step-words-hint")).optional(),
        Field::select("owner", p.t("net-owner"), owners(visit, names, duties)),
        Field::checks("protects[]", p.t("net-protects"), around.persons.clone()),
        Field::moment("due_at:time", p.t("net-due")).given(local(due)),
        Field::checks("if_it_fails[]", p.t("net-fails"), codes(p, "action_fallback")).optional(),
        Field::checks("must_not[]", p.t("net-must-not"), codes(p, "action_must_not")).optional(),
        Field::line("must_not_text", p.t("net-must-not-words")).optional(),
    ];
    Ok(Some(Form::new(frame, format!("/cellule/{}/filet", view.id), p.t("net-add-do"), fields)?))
}

async fn page(
    visit: &Visit,
    id: MobilisationId,
    done: Option<&str>,
    refused: Option<(&Posted, &Problem)>,
) -> Result<HttpResponse, Oops> {
    let (p, frame) = (visit.p, Frame::of(visit)?.saying(done));
    let view = reading::mobilisation(visit, id).await?;
    let names = Names::of_cell(visit, view.cell).await?;
    let around = Around::read(visit, view.file).await?;
    let around = around.as_ref();
    let now = visit.worker.desk()?.clock().now();
    let mut actions = reading::actions(visit, id).await?;
    // What is late first, then what is due first.
    actions.sort_by_key(|action| (action.due_at, action.id));
    let (open, ended): (Vec<&ActionView>, Vec<&ActionView>) =
        actions.iter().partition(|action| matches!(action.status, Status::Agreed | Status::UnderWay));
    let late = open.iter().filter(|action| action.overdue).count();
    let form = adding(visit, &frame, &view, &names, around)?;
    let form = match (form, refused) {
        (Some(form), Some((posted, problem))) => Some(form.refused(posted, problem)),
        (Some(form), None) => Some(form.restored(drafts::kept(visit).await?)),
        (None, _) => None,
    };
    let net = offered(&view, visit, false)
        .into_iter()
        .filter(|step| matches!(step, Step::Plan | Step::Review))
        .map(|step| (step.word(), p.t(&format!("step-{}", step.word()))));
    let page = Net {
        id,
        state: view.state.said(p),
        review: view.review_at.map(|review| clock(review, now, p)),
        agreed: view.planned_at.map(|at| moment(at, p.lang())),
        late: Some(late).filter(|late| *late > 0).map(|late| p.n("net-late", late)),
        open: open.into_iter().map(|action| line(action, &names, around, now, visit)).collect(),
        ended: ended.into_iter().map(|action| line(action, &names, around, now, visit)).collect(),
        offers: net.collect(),
        form,
        reference: view.reference,
        frame,
    };
    show_form(refused.is_some(), &page.frame, &page)
}

/// The safety net.
#[get("/cellule/{id}/filet")]
pub(super) async fn all(
    visit: Visit,
    request: HttpRequest,
    id: Id<0, MobilisationId>,
) -> Result<HttpResponse, Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    page(&visit, id.get(), wanted.fait.as_deref(), None).await
}

/// Adds an action to it.
#[post("/cellule/{id}/filet")]
pub(super) async fn add(posted: Posted, id: Id<0, MobilisationId>) -> Result<HttpResponse, Oops> {
    let (visit, id) = (&posted.visit, id.get());
    let (caller, body) = (posted.changer()?, owned(&posted, id).await?);
    match actions::agree::run(&visit.worker, caller, id, body).await {
        Ok(_) => {
            drafts::forget(visit, &visit.path).await?;
            Ok(redirect(&format!("/cellule/{id}/filet?fait=net-added")))
        }
        Err(problem) => page(visit, id, None, Some((&posted, &problem))).await,
    }
}
