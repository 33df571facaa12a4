//! One action: where it stands, who was told, and what may be done with it.

use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use authz::{
    etag::{IfMatch, of},
    id::{ActionId, MobilisationId},
    vocabulary::Role,
};
use domain::{
    action::{ActionView, Outcome, Status},
    mobilisation::MobilisationView,
};
use serde::Deserialize;

use super::{
    around::Around,
    names::{Duties, Names, code, codes, listed},
    net::{Line, line, owners},
    reading,
    table::owned,
};
use crate::{
    actions,
    http::{Id, read_query},
    pages::{
        drafts,
        field::{Choice, Field, Form},
        form::Posted,
        frame::{Frame, show_form},
        moment::{local, moment},
        oops::{Oops, redirect},
        phrases::Phrases,
        visit::Visit,
    },
    problem::{Problem, ProblemKind},
};

#[derive(Deserialize)]
struct Wanted {
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "cell/action.html")]
struct Action {
    frame: Frame,
    process: MobilisationId,
    line: Line,
    fails: Vec<String>,
    told: Vec<String>,
    history: Vec<(String, String)>,
    forms: Vec<(&'static str, String, Form, bool)>,
}

type Refused<'r> = (&'r str, &'r Posted, &'r Problem);

/// An action.
#[get("/cellule/{id}/filet/{action}")]
pub(super) async fn ask(
    visit: Visit,
    request: HttpRequest,
    id: Id<0, MobilisationId>,
    action: Id<1, ActionId>,
) -> Result<HttpResponse, Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    page(&visit, id.get(), action.get(), wanted.fait.as_deref(), None).await
}

async fn page(
    visit: &Visit,
    id: MobilisationId,
    action: ActionId,
    done: Option<&str>,
    refused: Option<Refused<'_>>,
) -> Result<HttpResponse, Oops> {
    let p = visit.p;
    let path = format!("/cellule/{id}/filet/{action}");
    let mut frame = Frame::of(visit)?.saying(done);
    frame.path.clone_from(&path);
    let seen = reading::one_action(visit, id, action).await?;
    let view = reading::mobilisation(visit, id).await?;
    let names = Names::of_cell(visit, view.cell).await?;
    let around = Around::read(visit, view.file).await?;
    let now = visit.worker.desk()?.clock().now();
    let details = seen.details.as_ref();
    let told = details.map(|details| {
        details.told.iter().map(|one| {
            let person = around.as_ref().and_then(|around| around.person(one.person)).unwrap_or_default();
            let by = names.somebody(Some(one.user), Some(one.agency));
            format!(
                "{person} — {} — {by}, {}",
                code(p, "safe_channel", &one.channel),
                moment(one.at, p.lang())
            )
        })
    });
    let history = details.map(|details| {
        details.steps.iter().rev().map(|step| {
            let what = p.t(&format!("net-move-{}", step.by.replace('_', "-")));
            let who = names.somebody(Some(step.user), Some(step.agency));
            let mut about = format!("{who}, {}", moment(step.at, p.lang()));
            if !step.reasons.is_empty() {
                about = format!("{about} · {}", listed(p, "action_reason", &step.reasons));
            }
            (what, about)
        })
    });
    let fails =
        details.map(|details| details.if_it_fails.iter().map(|word| code(p, "action_fallback", word)));
    let page = Action {
        process: id,
        line: line(&seen, &names, around.as_ref(), now, visit),
        fails: fails.map(Iterator::collect).unwrap_or_default(),
        told: told.map(Iterator::collect).unwrap_or_default(),
        history: history.map(Iterator::collect).unwrap_or_default(),
        forms: forms(visit, &frame, &path, (&seen, &view), (&names, around.as_ref()), refused).await?,
        frame,
    };
    show_form(refused.is_some(), &page.frame, &page)
}

/// What may be done with it, each in a form of its own.
async fn forms(
    visit: &Visit,
    frame: &Frame,
    path: &str,
    (action, view): (&ActionView, &MobilisationView),
    (names, around): (&Names, Option<&Around>),
    refused: Option<Refused<'_>>,
) -> Result<Vec<(&'static str, String, Form, bool)>, Oops> {
    let p = visit.p;
    let duties = Duties::of(view.cell);
    let own = action.owner_agency == visit.known.profile.agency.id;
    let works = duties.leads(visit) || (own && duties.acts(visit, Role::Worker));
    let manages = duties.leads(visit) || (own && duties.acts(visit, Role::Respondent));
    let open = matches!(action.status, Status::Agreed | Status::UnderWay);
    let (seen, _) = of(action).map_err(|_| Problem::new(ProblemKind::Internal))?;
    let marked = |mut fields: Vec<Field>| {
        fields.push(Field::hidden("_seen", seen.clone()));
        fields
    };
    let mut wanted = Vec::new();
    let mut add = |mark: &'static str, when: bool, fields: Vec<Field>| {
        if when {
            wanted.push((mark, fields));
        }
    };
    add("commencer", works && action.status == Status::Agreed, marked(Vec::new()));
    add("terminer", works && open, marked(outcome(p)));
    add("informer", works && !action.protects.is_empty(), told(p, action, around));
    add(
        "confier",
        manages && open,
        marked(vec![
            Field::select("owner", p.t("net-owner"), owners(visit, names, duties)),
            reasons(p).optional(),
        ]),
    );
    add(
        "reporter",
        manages && open,
        marked(vec![Field::moment("due_at:time", p.t("net-due")).given(local(action.due_at)), reasons(p)]),
    );
    add("annuler", manages && open, marked(vec![reasons(p)]));
    let mut forms = Vec::new();
    for (mark, fields) in wanted {
        let form = Form::new(frame, format!("{path}/{mark}"), p.t(&format!("net-do-{mark}")), fields)?;
        let form = form.kept_as(mark);
        let form = match refused {
            Some((verb, posted, problem)) if verb == mark => form.refused(posted, problem),
            _ => {
                let kept = drafts::kept_of(visit, form.page()).await?;
                // The tag is of the action as it is shown now, not as it was when the words were kept.
                let kept = kept.filter(|kept| kept.iter().any(|(name, _)| !name.starts_with('_')));
                form.restored(kept)
            }
        };
        let form = if mark == "annuler" { form.grave() } else { form };
        let unfolded = matches!(mark, "commencer" | "terminer") || form.is_refused();
        forms.push((mark, p.t(&format!("net-title-{mark}")), form, unfolded));
    }
    Ok(forms)
}

fn reasons(p: Phrases) -> Field {
    Field::checks("reasons[]", p.t("step-reasons"), codes(p, "action_reason"))
}

fn outcome(p: Phrases) -> Vec<Field> {
    let outcomes = [(Outcome::Done, "done"), (Outcome::Impossible, "impossible")];
    let choices = outcomes.map(|(_, word)| Choice::new(word, p.t(&format!("net-outcome-{word}"))));
    vec![
        Field::radios("outcome", p.t("net-outcome"), choices.to_vec()),
        Field::area("evidence", p.t("net-evidence-what")).hint(p.t("net-evidence-hint")).optional(),
        reasons(p).hint(p.t("net-outcome-why")).optional(),
    ]
}

fn told(p: Phrases, action: &ActionView, around: Option<&Around>) -> Vec<Field> {
    let persons = action.protects.iter().map(|id| {
        let label = around.and_then(|around| around.person(*id)).unwrap_or_default();
        Choice::new(id.to_string(), label)
    });
    vec![
        Field::select("person", p.t("net-told-who"), persons.collect()),
        Field::select("channel", p.t("net-told-how"), codes(p, "safe_channel"))
            .hint(p.t("net-told-how-hint")),
        Field::moment("at:time", p.t("net-told-when")).hint(p.t("net-told-when-hint")).optional(),
    ]
}

/// Does what a form of an action asks.
#[post("/cellule/{id}/filet/{action}/{verb}")]
pub(super) async fn act(
    posted: Posted,
    request: HttpRequest,
    id: Id<0, MobilisationId>,
    action: Id<1, ActionId>,
) -> Result<HttpResponse, Oops> {
    let (visit, id, action) = (&posted.visit, id.get(), action.get());
    let verb = request.match_info().get("verb").unwrap_or_default();
    let seen = posted.get("_seen").map(IfMatch::parse);
    let (worker, caller) = (&visit.worker, posted.changer()?);
    let done = match verb {
        "commencer" => actions::start::run(worker, caller, id, action, posted.body(), seen).await,
        "terminer" => actions::finish::run(worker, caller, id, action, posted.body(), seen).await,
        "informer" => actions::told::run(worker, caller, id, action, posted.body()).await,
        "confier" => {
            let body = owned(&posted, id).await?;
            actions::entrust::run(worker, caller, id, action, body, seen).await
        }
        "reporter" => actions::extend::run(worker, caller, id, action, posted.body(), seen).await,
        "annuler" => actions::cancel::run(worker, caller, id, action, posted.body(), seen).await,
        _ => return Err(Problem::new(ProblemKind::NotFound).into()),
    };
    match done {
        Ok(_) => {
            if let Some(page) = posted.get("_page") {
                drafts::forget(visit, page).await?;
            }
            Ok(redirect(&format!("/cellule/{id}/filet/{action}?fait=net-{verb}")))
        }
        Err(problem) if matches!(problem.kind, ProblemKind::NotFound | ProblemKind::NotPermitted) => {
            Err(problem.into())
        }
        Err(problem) => page(visit, id, action, None, Some((verb, &posted, &problem))).await,
    }
}
