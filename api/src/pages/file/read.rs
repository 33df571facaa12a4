//! One risk file, through the very view of the API: who is around it, what one may know of each person, what
//! changed, and what one can do next.

use std::collections::HashSet;

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use authz::id::FileId;
use domain::file::{
    consultation::{ConsultationView, find_consultation},
    view::{FileStatus, FileView},
};
use serde::Deserialize;

use super::{
    super::{
        frame::{Frame, show},
        moment::day,
        oops::Oops,
        phrases::Phrases,
        visit::Visit,
    },
    Powers,
    changed::{Changed, changed},
    member,
    part::{For, Part, parts},
    picture::Picture,
};
use crate::{
    http::{Id, read_query},
    problem::Problem,
};

#[derive(Deserialize)]
struct Wanted {
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "file/read.html")]
struct FilePage {
    frame: Frame,
    id: FileId,
    reference: String,
    cell: String,
    closed: bool,
    merged_into: Option<FileId>,
    merged_from: Vec<FileId>,
    circle: Vec<Around>,
    inside: bool,
    powers: Powers,
    /// What else can be done with the file as a whole: a word of its path, and what it is called.
    care: Vec<(&'static str, String)>,
    picture: Option<Picture>,
    changed: Option<Changed>,
    persons: Vec<Part>,
    event: String,
}

/// An agency around a file.
pub(super) struct Around {
    pub id: String,
    pub name: String,
    pub from: String,
    pub until: Option<String>,
    pub here: bool,
}

#[get("/dossiers/{id}")]
pub(super) async fn file(
    visit: Visit,
    request: HttpRequest,
    id: Id<0, FileId>,
) -> Result<HttpResponse, Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    let (caller, id) = (visit.reader()?, id.get());
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(caller, async move |session| {
            let file = find_consultation(session, id).await?;
            Ok(session.open(file)?)
        })
        .await?;
    let (view, event) = found.into_parts();
    let page = page(&visit, view, event.to_string(), wanted.fait.as_deref())?;
    show(&page.frame, &page)
}

fn page(visit: &Visit, view: ConsultationView, event: String, done: Option<&str>) -> Result<FilePage, Oops> {
    let (p, now) = (visit.p, visit.worker.shared.clock.now());
    let ConsultationView { file: view, changes } = view;
    let new: HashSet<_> = changes.iter().flat_map(|changes| changes.facts.iter().copied()).collect();
    let own = visit.known.profile.agency.id;
    let powers = Powers::of(visit, &view);
    Ok(FilePage {
        care: care(&view, powers, p),
        circle: around(&view, now, p),
        inside: member(&view, own, now),
        picture: Picture::of(&view.persons, p),
        persons: parts(&view.persons, &For { own, powers, new: &new, p }),
        changed: changes.map(|changes| changed(&view, &changes, p)),
        id: view.id,
        closed: view.status == FileStatus::Closed,
        merged_into: view.merged_into,
        merged_from: view.merged_from,
        reference: view.reference,
        cell: view.cell.name,
        powers,
        event,
        frame: Frame::of(visit)?.saying(done),
    })
}

fn care(view: &FileView, powers: Powers, p: Phrases) -> Vec<(&'static str, String)> {
    let (open, whole) = (view.status == FileStatus::Active, view.merged_into.is_none());
    let offers = [
        ("fermeture", "file-close", open && whole && powers.respond),
        ("reouverture", "file-reopen", !open && whole && powers.respond),
        ("reunion", "file-merge", open && whole && powers.coordinate),
        ("recusations", "recusals", powers.coordinate),
    ];
    let offered = offers.into_iter().filter(|(_, _, offered)| *offered);
    offered.map(|(word, name, _)| (word, p.t(name))).collect()
}

/// The agencies around a file, those of today first.
pub(super) fn around(view: &FileView, now: chrono::DateTime<chrono::Utc>, p: Phrases) -> Vec<Around> {
    let mut around: Vec<Around> = view
        .circle
        .iter()
        .map(|row| Around {
            id: row.agency.id.to_string(),
            name: row.agency.name.clone(),
            from: day(row.from, p.lang()),
            until: row.until.map(|until| day(until, p.lang())),
            here: row.from <= now && row.until.is_none_or(|until| now < until),
        })
        .collect();
    around.sort_by_key(|one| !one.here);
    around
}
