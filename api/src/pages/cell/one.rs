//! One mobilisation: how far it has come, who did what, what comes next and who can do it.

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use authz::{id::MobilisationId, vocabulary::Role};
use domain::{
    meeting::{MeetingHeadView, Stage as Sitting},
    mobilisation::{MobilisationView, State},
};
use serde::Deserialize;

use super::{
    clock::{Clock, clock},
    names::{Duties, Names, code, settings},
    one_parts::{Stage, Thought, Told, brought, history, next, reappraise, stages, state, thoughts},
    reading,
    steps::{Step, offered},
    words::Worded,
};
use crate::{
    http::{Id, read_query},
    pages::{
        frame::{Frame, show},
        moment::moment,
        oops::Oops,
        phrases::Phrases,
        visit::Visit,
    },
};

#[derive(Deserialize)]
struct Wanted {
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "cell/one.html")]
#[expect(clippy::struct_excessive_bools, reason = "what a template asks, each by itself")]
struct One {
    frame: Frame,
    id: MobilisationId,
    reference: String,
    state: String,
    level: Option<(String, String)>,
    urgent: bool,
    clock: Option<Clock>,
    reappraise: Option<String>,
    lines: Vec<(String, String)>,
    follows: Option<(String, String)>,
    file: Option<String>,
    next: String,
    offers: Vec<Offer>,
    stages: Vec<Stage>,
    brought: Vec<(String, Vec<String>)>,
    quorum: Option<String>,
    thoughts: Vec<Thought>,
    table: bool,
    convenes: bool,
    /// Is a meeting called already?
    called: bool,
    meetings: Vec<Meeting>,
    history: Vec<Told>,
}

/// A step that the visitor may take.
struct Offer {
    word: &'static str,
    name: String,
    first: bool,
    urgent: bool,
}

struct Meeting {
    id: String,
    kind: String,
    stage: String,
    at: String,
}

#[get("/cellule/{id}")]
pub(super) async fn one(
    visit: Visit,
    request: HttpRequest,
    id: Id<0, MobilisationId>,
) -> Result<HttpResponse, Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    let view = reading::mobilisation(&visit, id.get()).await?;
    let names = Names::of_cell(&visit, view.cell).await?;
    let table = view.identity_at.is_some() || view.state.is_at_work() || view.state == State::Closed;
    let meetings = if table {
        reading::if_there(reading::meetings(&visit, view.id).await)?.unwrap_or_default()
    } else {
        Vec::new()
    };
    let mut decides = false;
    let quorum = match (&view.opinions, view.state) {
        (Some(given), State::InAnalysis) => {
            let needed = usize::try_from(settings(&visit, view.cell).await?.quorum).unwrap_or_default();
            decides = given.len() >= needed;
            Some(quorum(given.len(), needed, visit.p))
        }
        _ => None,
    };
    let page = page(&visit, &view, &names, meetings, (table, quorum, decides), wanted.fait.as_deref())?;
    show(&page.frame, &page)
}

/// How many organisations have spoken of those that must.
fn quorum(spoken: usize, needed: usize, p: Phrases) -> String {
    let word = if spoken >= needed { "cell-quorum-met" } else { "cell-quorum-missing" };
    format!(
        "{} {}",
        p.s("cell-quorum", &[("given", &spoken.to_string()), ("needed", &needed.to_string())]),
        p.t(word)
    )
}

fn page(
    visit: &Visit,
    view: &MobilisationView,
    names: &Names,
    meetings: Vec<MeetingHeadView>,
    (table, quorum, decides): (bool, Option<String>, bool),
    done: Option<&str>,
) -> Result<One, Oops> {
    let p = visit.p;
    let now = visit.worker.desk()?.clock().now();
    let offer = |(n, step): (usize, Step)| Offer {
        word: step.word(),
        name: p.t(&format!("step-{}", step.word())),
        first: n == 0,
        urgent: step == Step::Urgent,
    };
    let duties = Duties::of(view.cell);
    Ok(One {
        id: view.id,
        reference: view.reference.clone(),
        state: state(view, p),
        level: view
            .consultation
            .as_ref()
            .and_then(|known| known.level.clone())
            .map(|level| (code(p, "risk_level", &level), level)),
        urgent: view.urgent && view.state.is_open(),
        clock: view.due_at.map(|due| clock(due, now, p)),
        reappraise: reappraise(view.reappraisal_due_at, p),
        lines: lines(view, names, p),
        follows: view.repeat_of.map(|before| (p.t("cell-repeat-of"), before.to_string())),
        file: view.file.map(|file| file.to_string()),
        next: next(view, names, p),
        offers: offered(view, visit, decides).into_iter().enumerate().map(offer).collect(),
        stages: stages(view, names, p),
        brought: brought(view, p),
        quorum,
        thoughts: view.opinions.as_ref().map(|given| thoughts(given, names, p)).unwrap_or_default(),
        table,
        called: meetings.iter().any(|meeting| matches!(meeting.stage, Sitting::Convened | Sitting::Open)),
        convenes: view.state.is_at_work() && duties.acts(visit, Role::Coordinator) && view.file.is_some(),
        meetings: meetings
            .into_iter()
            .map(|meeting| Meeting {
                id: meeting.id.to_string(),
                kind: meeting.kind.said(p),
                stage: meeting.stage.said(p),
                at: moment(meeting.starts_at, p.lang()),
            })
            .collect(),
        history: history(view, names, p),
        frame: Frame::of(visit)?.saying(done),
    })
}

/// What stands at the head of the page.
fn lines(view: &MobilisationView, names: &Names, p: Phrases) -> Vec<(String, String)> {
    let mut lines =
        vec![(p.t("cell"), names.cell(view.cell)), (p.t("cell-brought-by"), names.agency(view.brought_by))];
    if let Some(own) = &view.own_reference {
        lines.push((p.t("cell-own-reference"), own.clone()));
    }
    if let Some(review) = view.review_at {
        lines.push((p.t("cell-review-at"), moment(review, p.lang())));
    }
    if let Some(level) = &view.residual_level {
        lines.push((p.t("cell-residual"), code(p, "risk_level", level)));
    }
    if !view.following.is_empty() {
        let following: Vec<String> = view.following.iter().map(|agency| names.agency(*agency)).collect();
        lines.push((p.t("cell-following"), following.join(", ")));
    }
    if view.transferred_from.is_some() {
        lines.push((p.t("cell-from"), p.t("cell-from-other")));
    }
    lines
}
