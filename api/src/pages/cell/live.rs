//! What happens in the room: read anew every few seconds for whoever looks, apart from what is being typed.

use actix_web::{HttpResponse, get, web::Query};
use askama::Template;
use authz::id::{MeetingId, MobilisationId};
use domain::{
    action::ActionView,
    catalogue::Labelled,
    meeting::{AgendaView, ContributionView, DecisionView, MeetingView, OralDisclosureView, Stage},
};
use serde::Deserialize;

use super::{
    around::Around,
    correct::is_live,
    names::{Names, code},
    reading,
    words::Worded,
};
use crate::{
    http::Id,
    pages::{
        frame::{Frame, show},
        moment::{local, moment},
        oops::Oops,
        phrases::Phrases,
        visit::Visit,
    },
};

/// What the room shows.
#[derive(Template)]
#[template(path = "cell/live.html")]
pub struct Live {
    p: Phrases,
    nonce: String,
    path: String,
    /// What the page knows the meeting by: it is read anew when this differs.
    pulse: String,
    polls: bool,
    stage: String,
    room: Vec<Present>,
    seats: Vec<Seat>,
    agenda: Vec<String>,
    brought: Vec<Line>,
    told: Vec<Line>,
    decided: Vec<Line>,
    must_not: Vec<Line>,
    informing: Vec<Line>,
    actions: Vec<Line>,
    read_at: String,
}

/// Somebody who came.
struct Present {
    id: String,
    who: String,
    capacity: String,
    since: String,
    machine: String,
    until: Option<String>,
    left_for: Option<String>,
}

/// An agency that is called.
struct Seat {
    agency: String,
    person: String,
    substitute: Option<String>,
    reply: Option<String>,
    answer: Option<String>,
    reason: Option<String>,
}

/// Something said, and what is said of it.
struct Line {
    words: String,
    about: String,
    /// Where one's own is corrected.
    correct: Option<String>,
}

/// What the fragment and the page around it both read.
pub struct Read {
    /// What the meeting was known by before anything of it was read.
    pub pulse: String,
    /// The meeting.
    pub view: MeetingView,
    /// Names of its cell.
    pub names: Names,
    /// The file behind it, where it may be known of.
    pub around: Option<Around>,
    /// Did the visitor's agency take part, so that it reads minutes?
    pub came: bool,
}

impl Live {
    /// Reads what the room shows this visitor.
    pub async fn read(visit: &Visit, id: MobilisationId, read: &Read, nonce: &str) -> Result<Self, Oops> {
        let (p, view) = (visit.p, &read.view);
        let Read { names, around, .. } = read;
        let around = around.as_ref();
        let path = format!("/cellule/{id}/rencontres/{}", view.id);
        let own = visit.known.profile.agency.id;
        let brings = |one: &ContributionView| {
            let mut line = contribution(one, names, around, p);
            if one.label.source == own && is_live(view.stage) {
                line.correct = Some(format!("{path}/apports/{}", one.label.document));
            }
            line
        };
        let (mut brought, mut decided, mut must_not, mut informing) = Default::default();
        if read.came {
            if let Some(minutes) = reading::if_there(reading::minutes(visit, id, view.id).await)? {
                brought = minutes.contributions.iter().map(brings).collect();
                let lines =
                    |list: &[DecisionView]| list.iter().map(|one| decision(one, names, around, p)).collect();
                decided = lines(&minutes.decisions);
                must_not = lines(&minutes.must_not);
                informing = lines(&minutes.informing);
            }
        } else if let Some(found) = reading::if_there(reading::contributions(visit, id, view.id).await)? {
            brought = found.items.iter().map(brings).collect();
        }
        let told = match view.stage {
            Stage::Convened | Stage::Cancelled => Vec::new(),
            Stage::Open | Stage::Closed => reading::told(visit, id, view.id).await?.items,
        };
        let actions = reading::if_there(reading::actions(visit, id).await)?.unwrap_or_default();
        let now = visit.worker.desk()?.clock().now();
        Ok(Self {
            p,
            nonce: nonce.to_owned(),
            path,
            pulse: read.pulse.clone(),
            polls: is_live(view.stage),
            stage: view.stage.said(p),
            room: room(view, names, p),
            seats: seats(view, names, p),
            agenda: view.agenda.iter().map(|item| item_words(item, around, p)).collect(),
            brought,
            told: told.iter().map(|one| oral(one, names, p)).collect(),
            decided,
            must_not,
            informing,
            actions: actions.iter().map(|one| action(one, names, p)).collect(),
            read_at: moment(now, p.lang()),
        })
    }
}

fn room(view: &MeetingView, names: &Names, p: Phrases) -> Vec<Present> {
    let item = |id| view.agenda.iter().find(|item| item.id == id).map(|item| item_words(item, None, p));
    let came = view.attendance.iter().flatten().map(|one| Present {
        id: one.id.to_string(),
        who: names.somebody(Some(one.person), Some(one.agency)),
        capacity: one.capacity.label(p.lang()).to_owned(),
        since: moment(one.arrived_at, p.lang()),
        machine: local(one.arrived_at),
        until: one.departed_at.map(|at| moment(at, p.lang())),
        left_for: one.left_for.and_then(item),
    });
    came.collect()
}

fn seats(view: &MeetingView, names: &Names, p: Phrases) -> Vec<Seat> {
    let seat = view.participants.iter().map(|seat| Seat {
        agency: names.agency(seat.agency),
        person: names.person(seat.person).unwrap_or_default().to_owned(),
        substitute: seat.substitute.and_then(|one| names.person(one)).map(str::to_owned),
        reply: seat.reply.map(|reply| reply.said(p)),
        answer: seat.answer.map(|answer| answer.said(p)),
        reason: seat.answer_reason.as_ref().map(|reason| code(p, "withheld_reason", reason)),
    });
    seat.collect()
}

/// An item of the agenda in words.
pub fn item_words(item: &AgendaView, around: Option<&Around>, p: Phrases) -> String {
    if let Some(word) = &item.code {
        return code(p, "agenda_item", word);
    }
    let Some(title) = &item.title else { return String::new() };
    let person = around.and_then(|around| around.person(title.person));
    match person {
        Some(person) => format!("{} — {person}", title.text.value().as_str()),
        None => title.text.value().as_str().to_owned(),
    }
}

fn contribution(one: &ContributionView, names: &Names, around: Option<&Around>, p: Phrases) -> Line {
    let said = one.said.value();
    let label = &one.label;
    let person = around.and_then(|around| around.person(label.person));
    let person = person.unwrap_or_else(|| label.role.label(p.lang())).to_owned();
    let mut about = vec![
        names.agency(label.source),
        person,
        label.category.label(p.lang()).to_owned(),
        said.certainty.said(p),
    ];
    if let Some(day) = said.known_on {
        about.push(p.x("meeting-known-on", &crate::pages::moment::date(day, p.lang())));
    }
    Line { words: said.text.clone(), about: about.join(" · "), correct: None }
}

fn decision(one: &DecisionView, names: &Names, around: Option<&Around>, p: Phrases) -> Line {
    let decided = one.decided.value();
    let person = around.and_then(|around| around.person(one.label.person));
    let mut about = vec![person.unwrap_or_else(|| one.label.role.label(p.lang())).to_owned()];
    if let Some(level) = &decided.level {
        about.push(format!("{} {}", p.t("meeting-level"), code(p, "risk_level", level)));
    }
    if !decided.dissent.is_empty() {
        let dissent: Vec<String> = decided.dissent.iter().map(|agency| names.agency(*agency)).collect();
        about.push(p.x("meeting-dissent-of", &dissent.join(", ")));
    }
    Line { words: decided.text.clone(), about: about.join(" · "), correct: None }
}

/// Who told whom, how much and on what; what, only the two of them read in the file.
fn oral(one: &OralDisclosureView, names: &Names, p: Phrases) -> Line {
    let words = format!("{} → {}", names.agency(one.teller), names.agency(one.recipient));
    let mut about = vec![p.t(&format!("basis-{}", one.basis.kind)), moment(one.at, p.lang())];
    if let Some(items) = &one.items {
        about.push(p.n("meeting-told-items", items.len()));
    }
    Line { words, about: about.join(" · "), correct: None }
}

fn action(one: &ActionView, names: &Names, p: Phrases) -> Line {
    let kind = one.kind.as_ref().map_or_else(|| p.t("net-kind-hidden"), |kind| code(p, "action_kind", kind));
    let about = format!(
        "{} · {} · {}",
        names.somebody(Some(one.owner), Some(one.owner_agency)),
        moment(one.due_at, p.lang()),
        one.status.said(p)
    );
    Line { words: kind, about, correct: None }
}

/// Reads a meeting for its page or its fragment.
pub async fn read(visit: &Visit, id: MobilisationId, meeting: MeetingId) -> Result<Read, Oops> {
    // Before the rest: what changes meanwhile is read at the next beat.
    let pulse = reading::pulse(visit, id, meeting).await?;
    let view = reading::meeting(visit, id, meeting).await?;
    let process = reading::if_there(reading::mobilisation(visit, id).await)?;
    let names = match &process {
        Some(process) => Names::of_cell(visit, process.cell).await?,
        None => Names::read(visit).await?,
    };
    let around = Around::read(visit, process.and_then(|process| process.file)).await?;
    let own = visit.known.profile.agency.id;
    let came = view.attendance.iter().flatten().any(|one| one.agency == own);
    Ok(Read { pulse, view, names, around, came })
}

#[derive(Deserialize)]
pub(super) struct Known {
    vu: Option<String>,
}

/// The fragment alone: what the page asks for every few seconds. Nothing, where nothing changed for who asks.
#[get("/cellule/{id}/rencontres/{meeting}/direct")]
pub(super) async fn fragment(
    visit: Visit,
    known: Query<Known>,
    id: Id<0, MobilisationId>,
    meeting: Id<1, MeetingId>,
) -> Result<HttpResponse, Oops> {
    let (id, meeting) = (id.get(), meeting.get());
    if let Some(known) = &known.vu
        && *known == reading::pulse(&visit, id, meeting).await?
    {
        return Ok(HttpResponse::NoContent().finish());
    }
    let frame = Frame::of(&visit)?;
    let read = read(&visit, id, meeting).await?;
    let live = Live::read(&visit, id, &read, &frame.nonce).await?;
    show(&frame, &live)
}
