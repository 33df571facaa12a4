//! Calling a meeting, and setting one at another time: who is called for each agency, and who stands in.

use actix_web::{HttpResponse, get, post};
use authz::{
    etag::{IfMatch, of},
    id::{AgencyId, MeetingId, MobilisationId},
};
use domain::{
    meeting::{MeetingKind, Mode},
    mobilisation::MobilisationView,
};
use serde_json::{Value, json};

use super::{
    around::Around,
    names::{Names, codes},
    reading,
    words::Worded,
};
use crate::{
    http::{Body, Id},
    meetings,
    pages::{
        drafts,
        field::{Field, Form, Shape},
        form::Posted,
        frame::Frame,
        moment::{local, moment},
        oops::{Oops, redirect},
        simple::FormPage,
        visit::Visit,
    },
    problem::{Problem, ProblemKind},
};

async fn page(visit: &Visit, id: MobilisationId) -> Result<(FormPage, Form, Vec<AgencyId>), Oops> {
    let view = reading::mobilisation(visit, id).await?;
    let names = Names::of_cell(visit, view.cell).await?;
    let around = Around::read(visit, view.file).await?;
    let (frame, p) = (Frame::of(visit)?, visit.p);
    let agencies = callable(&names);
    let mut fields = vec![
        Field::radios("kind", p.t("meeting-kind"), MeetingKind::choices(p)).given("regular"),
        when(&view, visit),
        Field::moment("ends_at:time", p.t("meeting-ends")).optional(),
        Field::radios("mode", p.t("meeting-mode"), Mode::choices(p)).given("in_person"),
        place(p.t("meeting-place"), "place"),
        place(p.t("meeting-link"), "link").hint(p.t("meeting-link-hint")),
        Field::heading(p.t("meeting-who")),
        Field::prose(p.t("meeting-who-lead")),
    ];
    if around.is_some_and(|around| around.child) {
        fields.push(Field::prose(p.t("meeting-child")));
    }
    for (n, agency) in agencies.iter().enumerate() {
        let at = |member: &str| format!("participants/{n}/{member}");
        let people = names.choices(Some(*agency));
        fields.push(Field::group(
            names.agency(*agency),
            vec![
                Field::select(at("person"), p.t("meeting-person"), people.clone()).optional(),
                Field::select(at("substitute"), p.t("meeting-substitute"), people).optional(),
                Field::select(at("capacity"), p.t("meeting-capacity"), codes(p, "capacity"))
                    .given("able_to_aid")
                    .optional(),
            ],
        ));
    }
    let form =
        Form::new(&frame, format!("/cellule/{id}/rencontres/nouvelle"), p.t("meeting-convene-do"), fields)?;
    let empty = Form::new(&frame, "", "", Vec::new())?;
    let page = FormPage::new(frame, p.t("meeting-convene"), empty)
        .back(format!("/cellule/{id}"))
        .lead(p.t("meeting-convene-lead"));
    Ok((page, form, agencies))
}

/// The agencies with somebody who may sit, in the order of their names: the order of the form.
fn callable(names: &Names) -> Vec<AgencyId> {
    let with = names.agencies.iter().map(|agency| agency.id);
    let mut with: Vec<AgencyId> =
        with.filter(|id| names.people.iter().any(|one| one.agency == *id)).collect();
    with.sort_by_key(|id| (names.agency(*id), *id));
    with
}

fn place(label: String, name: &str) -> Field {
    Field::new(Shape::Line("text", "off", 0), name, label).optional()
}

fn when(view: &MobilisationView, visit: &Visit) -> Field {
    let p = visit.p;
    let field = Field::moment("starts_at:time", p.t("meeting-starts"));
    match view.due_at.filter(|_| view.met_at.is_none()) {
        Some(due) => field.hint(p.x("meeting-standard", &moment(due, p.lang()))),
        None => field,
    }
}

/// The form as the API reads it: only agencies for which somebody is called, each with its id. And of each the place
/// in the form.
fn called(posted: &Posted, agencies: &[AgencyId]) -> (Value, Vec<usize>) {
    let (mut seats, mut places) = (Vec::new(), Vec::new());
    for (n, agency) in agencies.iter().enumerate() {
        let get = |member: &str| posted.get(&format!("participants/{n}/{member}"));
        if let Some(person) = get("person").or(get("substitute")) {
            let substitute = get("substitute").filter(|_| get("person").is_some());
            let capacity = get("capacity").unwrap_or("able_to_aid");
            let mut seat = json!({"agency": agency, "person": person, "capacity": capacity});
            if let (Some(substitute), Some(members)) = (substitute, seat.as_object_mut()) {
                members.insert("substitute".into(), json!(substitute));
            }
            seats.push(seat);
            places.push(n);
        }
    }
    let mut json = posted.json();
    if let Some(members) = json.as_object_mut() {
        members.insert("participants".into(), Value::Array(seats));
    }
    (json, places)
}

/// What is wrong with a seat, where it stands in the form.
fn placed(mut problem: Problem, places: &[usize]) -> Problem {
    for wrong in &mut problem.errors {
        let Some(rest) = wrong.pointer.strip_prefix("/participants/") else { continue };
        let (number, member) = rest.split_once('/').unwrap_or((rest, "person"));
        let place = number.parse::<usize>().ok().and_then(|number| places.get(number));
        if let Some(place) = place {
            let member = if member == "agency" { "person" } else { member };
            wrong.pointer = format!("/participants/{place}/{member}");
        }
    }
    problem
}

/// Asks when, where and who.
#[get("/cellule/{id}/rencontres/nouvelle")]
pub(super) async fn ask(visit: Visit, id: Id<0, MobilisationId>) -> Result<HttpResponse, Oops> {
    let (page, form, _) = page(&visit, id.get()).await?;
    page.with(form.restored(drafts::kept(&visit).await?)).show()
}

/// Convenes it.
#[post("/cellule/{id}/rencontres/nouvelle")]
pub(super) async fn convene(posted: Posted, id: Id<0, MobilisationId>) -> Result<HttpResponse, Oops> {
    let (visit, id) = (&posted.visit, id.get());
    let caller = posted.changer()?;
    let (page, form, agencies) = page(visit, id).await?;
    let (json, places) = called(&posted, &agencies);
    match meetings::convene::run(&visit.worker, caller, id, Body::of(&json)).await {
        Ok(done) => {
            drafts::forget(visit, &visit.path).await?;
            let body = done.into_parts().0.body;
            let meeting = body.get("id").and_then(Value::as_str).unwrap_or_default();
            let late = body.get("late") == Some(&Value::Bool(true));
            let said = if late { "meeting-convened-late" } else { "meeting-convened" };
            Ok(redirect(&format!("/cellule/{id}/rencontres/{meeting}?fait={said}")))
        }
        Err(problem) => page.with(form.refused(&posted, &placed(problem, &places))).show(),
    }
}

async fn moving(visit: &Visit, id: MobilisationId, meeting: MeetingId) -> Result<(FormPage, Form), Oops> {
    let view = reading::meeting(visit, id, meeting).await?;
    let (frame, p) = (Frame::of(visit)?, visit.p);
    let (seen, _) = of(&view).map_err(|_| Problem::new(ProblemKind::Internal))?;
    let filled = |field: Field, words: Option<String>| match words {
        Some(words) => field.given(words),
        None => field,
    };
    let fields = vec![
        Field::hidden("_seen", seen),
        Field::moment("starts_at:time", p.t("meeting-starts")).given(local(view.starts_at)),
        filled(Field::moment("ends_at:time", p.t("meeting-ends")).optional(), view.ends_at.map(local)),
        Field::radios("mode", p.t("meeting-mode"), Mode::choices(p)).given(view.mode.wire()),
        filled(place(p.t("meeting-place"), "place"), view.place),
        filled(place(p.t("meeting-link"), "link"), view.link),
    ];
    let path = format!("/cellule/{id}/rencontres/{meeting}");
    let form = Form::new(&frame, format!("{path}/deplacer"), p.t("meeting-move-do"), fields)?;
    let empty = Form::new(&frame, "", "", Vec::new())?;
    let page = FormPage::new(frame, p.t("meeting-move"), empty).back(path).lead(p.t("meeting-move-lead"));
    Ok((page, form))
}

/// Asks for when a meeting is held instead.
#[get("/cellule/{id}/rencontres/{meeting}/deplacer")]
pub(super) async fn move_ask(
    visit: Visit,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
) -> Result<HttpResponse, Oops> {
    let (page, form) = moving(&visit, id.get(), meeting.get()).await?;
    page.with(form.restored(drafts::kept(&visit).await?)).show()
}

/// Moves it.
#[post("/cellule/{id}/rencontres/{meeting}/deplacer")]
pub(super) async fn move_it(
    posted: Posted,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
) -> Result<HttpResponse, Oops> {
    let (visit, id, meeting) = (&posted.visit, id.get(), meeting.get());
    let seen = posted.get("_seen").map(IfMatch::parse);
    match meetings::change::run(&visit.worker, posted.changer()?, id, meeting, posted.body(), seen).await {
        Ok(_) => {
            drafts::forget(visit, &visit.path).await?;
            Ok(redirect(&format!("/cellule/{id}/rencontres/{meeting}?fait=meeting-moved")))
        }
        Err(problem) => {
            let (page, form) = moving(visit, id, meeting).await?;
            page.with(form.refused(&posted, &problem)).show()
        }
    }
}
