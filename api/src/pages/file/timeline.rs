//! A file by date: what the visitor may see of it, the newest first.

use actix_web::{HttpResponse, get};
use askama::Template;
use authz::id::FileId;
use chrono::NaiveDate;

use super::{
    super::{
        frame::{Frame, show},
        moment::{date, time},
        oops::Oops,
        visit::Visit,
    },
    timeline_reads::{Entry, When, gather},
};
use crate::http::Id;

#[derive(Template)]
#[template(path = "file/timeline.html")]
struct Timeline {
    frame: Frame,
    file: FileId,
    reference: String,
    days: Vec<Day>,
}

struct Day {
    iso: String,
    words: String,
    lines: Vec<Line>,
}

struct Line {
    time: String,
    entry: Entry,
    kind: String,
}

#[get("/dossiers/{id}/chronologie")]
pub(super) async fn timeline(visit: Visit, id: Id<0, FileId>) -> Result<HttpResponse, Oops> {
    let (view, entries) = gather(&visit, id.get()).await?;
    let (p, lang) = (visit.p, visit.p.lang());
    let mut days: Vec<(NaiveDate, Day)> = Vec::new();
    for entry in entries {
        let day = entry.at.day();
        let line = Line {
            time: match entry.at {
                When::Moment(at) => time(at, lang),
                When::Day(_) => String::new(),
            },
            kind: p.t(&format!("timeline-kind-{}", entry.kind)),
            entry,
        };
        match days.last_mut().filter(|(known, _)| *known == day) {
            Some((_, known)) => known.lines.push(line),
            None => days.push((day, Day { iso: day.to_string(), words: date(day, lang), lines: vec![line] })),
        }
    }
    let page = Timeline {
        frame: Frame::of(&visit)?,
        file: view.id,
        reference: view.reference,
        days: days.into_iter().map(|(_, day)| day).collect(),
    };
    show(&page.frame, &page)
}
