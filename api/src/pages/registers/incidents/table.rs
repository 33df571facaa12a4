//! The register of incidents as it stands, on a page and as a file.

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use chrono::{DateTime, Utc};
use domain::incident::{Awaited, IncidentLine, find_all};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{POINTS, occurred, said};
use crate::{
    http::{Cursor, read_query},
    pages::{
        export::{self, Csv, Format},
        frame::{Frame, show},
        moment::date,
        oops::Oops,
        phrases::Phrases,
        registers::tabs::{Tab, tabs},
        visit::Visit,
    },
    problem::Problem,
};

/// How many incidents are read at a time, and shown on a page.
const ROWS: i64 = 100;
/// How many a file holds at most.
const LONGEST: usize = 5_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    cursor: Option<String>,
    format: Option<Format>,
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "incidents.html")]
struct Incidents {
    frame: Frame,
    agency: String,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    next: Option<String>,
}

struct Line {
    id: String,
    aware: String,
    occurred: String,
    persons: String,
    serious: bool,
    closed: bool,
    awaits: Vec<String>,
}

type Before = Option<(DateTime<Utc>, Uuid)>;

/// Incidents from a place on, up to a number of them, and where they go on if there may be more.
async fn incidents(
    visit: &Visit,
    mut before: Before,
    most: usize,
) -> Result<(Vec<IncidentLine>, Before), Oops> {
    let mut items = Vec::new();
    loop {
        let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| {
            let found = find_all(session, ROWS, before).await?;
            Ok(session.open(found)?)
        });
        let page = found.await?.into_parts().0.items;
        let full = i64::try_from(page.len()).is_ok_and(|rows| rows == ROWS);
        before = page.last().map(|last| (last.entered_at, last.id.uuid())).filter(|_| full);
        items.extend(page);
        if before.is_none() || items.len() >= most {
            return Ok((items, before));
        }
    }
}

/// A notice that is waited for, in words.
pub(in crate::pages) fn awaited(notice: Awaited, p: Phrases) -> String {
    p.t(match notice {
        Awaited::Authority => "incident-awaits-authority",
        Awaited::Persons => "incident-awaits-persons",
    })
}

/// The register of incidents.
#[get("/registres/incidents")]
pub(in crate::pages) async fn list(visit: Visit, request: HttpRequest) -> Result<HttpResponse, Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    let before = wanted.cursor.as_deref().map(Cursor::decode).transpose()?.map(|at| (at.at, at.id));
    let most = if wanted.format.is_some() { LONGEST } else { 1 };
    let (items, next) = incidents(&visit, before, most).await?;
    let name = if next.is_some() { "registre-incidents-partiel" } else { "registre-incidents" };
    match wanted.format {
        None => page(&visit, &items, next, wanted.fait.as_deref()),
        Some(Format::Json) => {
            let agency = &visit.known.profile.agency.name;
            let items = serde_json::to_value(&items).unwrap_or(Json::Null);
            let whole = json!({"agency": agency, "complete": next.is_none(), "items": items});
            Ok(export::json(name, &whole))
        }
        Some(Format::Csv) => Ok(csv(&items, visit.p).answer(name)),
    }
}

fn page(
    visit: &Visit,
    items: &[IncidentLine],
    next: Before,
    said: Option<&str>,
) -> Result<HttpResponse, Oops> {
    let p = visit.p;
    let page = Incidents {
        agency: visit.known.profile.agency.name.clone(),
        tabs: tabs(visit, super::LIST, ""),
        lines: items.iter().map(|item| line(item, p)).collect(),
        next: next.map(|(at, id)| format!("cursor={}", Cursor { at, id }.encode())),
        frame: Frame::of(visit)?.saying(said),
    };
    show(&page.frame, &page)
}

fn line(item: &IncidentLine, p: Phrases) -> Line {
    Line {
        id: item.id.to_string(),
        aware: date(item.record.aware_on, p.lang()),
        occurred: occurred(&item.record, p),
        persons: super::persons(&item.record, p),
        serious: item.record.serious,
        closed: item.closed,
        awaits: item.awaits.iter().map(|notice| awaited(*notice, p)).collect(),
    }
}

fn csv(items: &[IncidentLine], p: Phrases) -> Csv {
    let ends = ["incident-number", "incident-version", "incident-state"];
    let headings: Vec<String> = ends.iter().chain(&POINTS).map(|key| p.t(key)).collect();
    let mut csv = Csv::new(&headings);
    for item in items {
        let state = p.t(if item.closed { "incident-closed" } else { "incident-open" });
        let mut cells = vec![item.id.to_string(), item.version.to_string(), state];
        cells.extend(said(&item.record, p).map(Option::unwrap_or_default));
        csv.row(&cells);
    }
    csv
}
