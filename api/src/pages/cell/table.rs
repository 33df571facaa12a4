//! What is done at the table of a meeting: each a short form of its page, handed to the operation of the API.

use actix_web::{HttpRequest, HttpResponse, get, post};
use authz::{
    desk::{Answered, Disclosed},
    etag::{IfMatch, of},
    id::{AgencyId, AttendanceId, MeetingId, MobilisationId},
    vocabulary::{Category, Role},
};
use chrono::TimeDelta;
use domain::{
    catalogue::Labelled,
    meeting::{AgencyAnswer, DecisionKind, Reply, Stage},
};
use serde_json::{Value, json};

use super::{
    brought::brought,
    live::{Read, item_words},
    meeting::{self, Refused, from_list},
    names::{Names, codes},
    reading,
    words::Worded,
};
use crate::{
    actions,
    http::{Body, Id},
    meetings,
    pages::{
        drafts,
        field::{Choice, Field, Form},
        form::Posted,
        frame::Frame,
        moment::local,
        oops::{Oops, redirect},
        phrases::Phrases,
        simple::FormPage,
        visit::Visit,
    },
    problem::{Problem, ProblemKind},
};

/// A form of the page.
pub struct Short {
    /// Its place on the page.
    pub mark: &'static str,
    /// What it does.
    pub title: String,
    /// The form.
    pub form: Form,
    /// Does it stand open?
    pub open: bool,
}

/// Does the visitor lead the cell of this meeting? Only who leads sees every reply; the file tells the cell.
pub fn leads(visit: &Visit, read: &Read) -> bool {
    read.around.is_some() && visit.holds(&[Role::Coordinator])
}

/// Those that make sense now for this visitor.
pub async fn forms(
    visit: &Visit,
    frame: &Frame,
    path: &str,
    read: &Read,
    refused: Option<Refused<'_>>,
) -> Result<Vec<Short>, Oops> {
    let (p, view) = (visit.p, &read.view);
    let me = visit.known.profile.id;
    let seat = view.participants.iter().find(|seat| seat.agency == visit.known.profile.agency.id);
    let called = seat.is_some_and(|seat| seat.person == me || seat.substitute == Some(me));
    let (led, waits, sits) = (leads(visit, read), view.stage == Stage::Convened, view.stage == Stage::Open);
    let here = view.attendance.iter().flatten().any(|one| one.person == me && one.departed_at.is_none());
    let mut wanted: Vec<(&'static str, bool, Vec<Field>)> = Vec::new();
    let mut add = |mark, when: bool, open: bool, fields: Vec<Field>| {
        if when {
            wanted.push((mark, open, fields));
        }
    };
    add("reponse", waits && called, true, vec![reply_field(p)]);
    add("ouvrir", waits && led, true, vec![undertaking(p)]);
    add("venir", sits && called && !here, true, vec![undertaking(p)]);
    add("decision", sits && led, true, decision(p, read));
    add("mesure", (sits || waits) && led, sits, action(visit, read)?);
    add(
        "apport",
        (sits || waits) && seat.is_some() && read.around.is_some(),
        !led,
        contribution(p, read, visit.known.profile.agency.id),
    );
    add("position", (sits || waits) && seat.is_some(), false, answer(p));
    add("arrivee", sits && led, false, arrival(p, &read.names));
    add(
        "ordre",
        (sits || waits) && led,
        false,
        vec![Field::select("items/0/code", p.t("meeting-item"), codes(p, "agenda_item"))],
    );
    add("point", (sits || waits) && led, false, titled(p, read));
    add("clore", sits && led, false, Vec::new());
    let (seen, _) = of(view).map_err(|_| Problem::new(ProblemKind::Internal))?;
    add("annuler", waits && led, false, vec![Field::hidden("_seen", seen)]);
    let mut forms = Vec::new();
    for (mark, open, fields) in wanted {
        let submit = p.t(&format!("meeting-do-{mark}"));
        let form = Form::new(frame, format!("{path}/{mark}"), submit, fields)?.kept_as(mark);
        let form = match refused {
            Some((verb, posted, problem)) if verb == mark => form.refused(posted, problem),
            _ => {
                let kept = drafts::kept_of(visit, form.page()).await?;
                form.restored(kept)
            }
        };
        let form = if matches!(mark, "annuler" | "clore") { form.grave() } else { form };
        let open = open || form.is_refused();
        forms.push(Short { mark, title: p.t(&format!("meeting-title-{mark}")), form, open });
    }
    Ok(forms)
}

fn undertaking(p: Phrases) -> Field {
    Field::checks(
        "undertaking:bool",
        p.t("meeting-undertaking"),
        vec![Choice::new("true", p.t("meeting-undertaking-yes"))],
    )
}

fn reply_field(p: Phrases) -> Field {
    Field::radios("reply", p.t("meeting-will-you"), Reply::choices(p))
}

/// The reply to an invitation, from the list of one's meetings.
pub fn reply(frame: &Frame, path: &str, mark: &str) -> Result<Form, Oops> {
    let p = frame.p;
    let choices = Field::select(format!("reply:{mark}"), p.t("meeting-will-you"), Reply::choices(p));
    let fields = vec![from_list(), choices];
    Ok(Form::new(frame, format!("{path}/reponse"), p.t("meeting-do-reponse"), fields)?.kept_as(mark).small())
}

fn persons(read: &Read) -> Vec<Choice> {
    read.around.as_ref().map(|around| around.persons.clone()).unwrap_or_default()
}

fn about(p: Phrases, read: &Read, name: &str) -> Field {
    let persons = persons(read);
    let first = persons.first().map(|person| person.value.clone()).unwrap_or_default();
    Field::select(name, p.t("meeting-about"), persons).given(first)
}

fn category(p: Phrases, name: &str) -> Field {
    let choices = Category::ALL.iter().map(|one| Choice::new(one.wire(), one.label(p.lang())));
    Field::select(name, p.t("meeting-category"), choices.collect()).given(Category::SafetyPlan.wire())
}

fn decision(p: Phrases, read: &Read) -> Vec<Field> {
    let here = read.view.attendance.iter().flatten().map(|one| one.agency);
    let mut here: Vec<_> = here.collect();
    here.sort_unstable();
    here.dedup();
    vec![
        Field::area("text", p.t("meeting-words")),
        Field::radios("kind", p.t("meeting-decision-what"), DecisionKind::choices(p)).given("agreed"),
        about(p, read, "person"),
        category(p, "category"),
        Field::select("level", p.t("meeting-level-agreed"), codes(p, "risk_level")).optional(),
        Field::checks("dissent[]", p.t("meeting-dissent"), read.names.agency_choices(here)).optional(),
    ]
}

fn action(visit: &Visit, read: &Read) -> Result<Vec<Field>, Oops> {
    let p = visit.p;
    let due = visit.worker.desk()?.clock().now() + TimeDelta::hours(24);
    Ok(vec![
        Field::select("kind", p.t("net-kind"), codes(p, "action_kind")),
        Field::line("text", p.t("net-words")).optional(),
        Field::select("owner", p.t("net-owner"), read.names.choices(None)),
        Field::checks("protects[]", p.t("net-protects"), persons(read)),
        Field::moment("due_at:time", p.t("net-due")).given(local(due)),
    ])
}

/// What is brought: whom it is about comes after its words.
fn contribution(p: Phrases, read: &Read, own: AgencyId) -> Vec<Field> {
    let mut fields = brought(p, read, own);
    fields.insert(1, about(p, read, "person"));
    fields
}

fn answer(p: Phrases) -> Vec<Field> {
    vec![
        Field::radios("answer", p.t("meeting-holds"), AgencyAnswer::choices(p)),
        Field::select("reason", p.t("meeting-holds-why"), codes(p, "withheld_reason"))
            .hint(p.t("meeting-holds-why-hint"))
            .optional(),
    ]
}

fn arrival(p: Phrases, names: &Names) -> Vec<Field> {
    vec![
        Field::select("person", p.t("meeting-person"), names.choices(None)),
        Field::select("capacity", p.t("meeting-capacity"), codes(p, "capacity")).given("able_to_aid"),
        undertaking(p),
    ]
}

fn titled(p: Phrases, read: &Read) -> Vec<Field> {
    vec![
        Field::line("items/0/text", p.t("meeting-item-words")),
        about(p, read, "items/0/person"),
        category(p, "items/0/category"),
    ]
}

/// A form with members that it leaves to be found.
fn completed(posted: &Posted, members: &[(&str, Value)]) -> Body {
    let mut json = posted.json();
    if let Some(object) = json.as_object_mut() {
        for (name, value) in members {
            object.insert((*name).to_owned(), value.clone());
        }
    }
    Body::of(&json)
}

async fn names(visit: &Visit, id: MobilisationId) -> Result<Names, Oops> {
    let process = reading::mobilisation(visit, id).await?;
    Names::of_cell(visit, process.cell).await
}

/// The body of an action, with the agency of whoever answers for it.
pub async fn owned(posted: &Posted, id: MobilisationId) -> Result<Body, Oops> {
    let names = names(&posted.visit, id).await?;
    let agency = posted.get("owner").and_then(|owner| names.agency_of(owner));
    Ok(match agency {
        Some(agency) => completed(posted, &[("owner_agency", json!(agency))]),
        None => posted.body(),
    })
}

async fn run(
    verb: &str,
    posted: &Posted,
    id: MobilisationId,
    meeting: MeetingId,
) -> Result<Result<Disclosed<Answered>, Problem>, Oops> {
    let (worker, caller) = (&posted.visit.worker, posted.changer()?);
    let profile = &posted.visit.known.profile;
    Ok(match verb {
        "reponse" => {
            // From the list, each select has a name of its own.
            let said = posted.fields.iter().find(|(name, _)| name.starts_with("reply"));
            let said = said.map_or(Value::Null, |(_, words)| json!(words));
            meetings::reply::run(worker, caller, id, meeting, Body::of(&json!({"reply": said}))).await
        }
        "position" => meetings::answer::run(worker, caller, id, meeting, posted.body()).await,
        "apport" => meetings::contribute::run(worker, caller, id, meeting, posted.body()).await,
        "ouvrir" => meetings::open::run(worker, caller, id, meeting, posted.body()).await,
        "clore" => meetings::close::run(worker, caller, id, meeting, posted.body()).await,
        "decision" => meetings::decide::run(worker, caller, id, meeting, posted.body()).await,
        "ordre" | "point" => meetings::agenda::run(worker, caller, id, meeting, posted.body()).await,
        "annuler" => {
            let seen = posted.get("_seen").map(IfMatch::parse);
            meetings::cancel::run(worker, caller, id, meeting, posted.body(), seen).await
        }
        "venir" => {
            let view = reading::meeting(&posted.visit, id, meeting).await?;
            let seat = view.participants.iter().find(|seat| seat.agency == profile.agency.id);
            let capacity = seat.map_or("able_to_aid", |seat| seat.capacity.wire());
            let me = [
                ("agency", json!(profile.agency.id)),
                ("person", json!(profile.id)),
                ("capacity", json!(capacity)),
            ];
            meetings::attend::run(worker, caller, id, meeting, completed(posted, &me)).await
        }
        "arrivee" => {
            let agency = match posted.get("person") {
                Some(person) => names(&posted.visit, id).await?.agency_of(person),
                None => None,
            };
            let body = match agency {
                Some(agency) => completed(posted, &[("agency", json!(agency))]),
                None => posted.body(),
            };
            meetings::attend::run(worker, caller, id, meeting, body).await
        }
        "mesure" => actions::agree::run(worker, caller, id, owned(posted, id).await?).await,
        _ => return Err(Problem::new(ProblemKind::NotFound).into()),
    })
}

/// Does what a short form asks.
#[post("/cellule/{id}/rencontres/{meeting}/{verb}")]
pub(super) async fn act(
    posted: Posted,
    request: HttpRequest,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
) -> Result<HttpResponse, Oops> {
    let (visit, id, meeting) = (&posted.visit, id.get(), meeting.get());
    let verb = request.match_info().get("verb").unwrap_or_default();
    match run(verb, &posted, id, meeting).await? {
        Ok(_) => {
            if let Some(page) = posted.get("_page") {
                drafts::forget(visit, page).await?;
            }
            if posted.get("_from").is_some() {
                return Ok(redirect(&format!("/rencontres?fait=meeting-{verb}")));
            }
            Ok(redirect(&format!("/cellule/{id}/rencontres/{meeting}?fait=meeting-{verb}")))
        }
        Err(problem) if matches!(problem.kind, ProblemKind::NotFound | ProblemKind::NotPermitted) => {
            Err(problem.into())
        }
        Err(problem) => meeting::page(visit, id, meeting, None, Some((verb, &posted, &problem))).await,
    }
}

async fn leaving(
    visit: &Visit,
    id: MobilisationId,
    meeting: MeetingId,
    who: AttendanceId,
) -> Result<(FormPage, Form), Oops> {
    let view = reading::meeting(visit, id, meeting).await?;
    let (frame, p) = (Frame::of(visit)?, visit.p);
    let items = view.agenda.iter().map(|item| Choice::new(item.id.to_string(), item_words(item, None, p)));
    let fields = vec![
        Field::select("left_for", p.t("meeting-left-for"), items.collect())
            .hint(p.t("meeting-left-for-hint"))
            .optional(),
    ];
    let path = format!("/cellule/{id}/rencontres/{meeting}");
    let form = Form::new(&frame, format!("{path}/departs/{who}"), p.t("meeting-leaves"), fields)?;
    let empty = Form::new(&frame, "", "", Vec::new())?;
    Ok((FormPage::new(frame, p.t("meeting-leaves"), empty).back(path), form))
}

/// Asks why somebody leaves, if it is for one item.
#[get("/cellule/{id}/rencontres/{meeting}/departs/{who}")]
pub(super) async fn leave_ask(
    visit: Visit,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
    who: Id<2, AttendanceId>,
) -> Result<HttpResponse, Oops> {
    let (page, form) = leaving(&visit, id.get(), meeting.get(), who.get()).await?;
    page.with(form).show()
}

/// Notes that somebody left.
#[post("/cellule/{id}/rencontres/{meeting}/departs/{who}")]
pub(super) async fn leave(
    posted: Posted,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
    who: Id<2, AttendanceId>,
) -> Result<HttpResponse, Oops> {
    let (visit, id, meeting, who) = (&posted.visit, id.get(), meeting.get(), who.get());
    match meetings::depart::run(&visit.worker, posted.changer()?, id, meeting, who, posted.body()).await {
        Ok(_) => Ok(redirect(&format!("/cellule/{id}/rencontres/{meeting}?fait=meeting-left"))),
        Err(problem) => {
            let (page, form) = leaving(visit, id, meeting, who).await?;
            page.with(form.refused(&posted, &problem)).show()
        }
    }
}
