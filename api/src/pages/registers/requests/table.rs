//! The register of requests as it stands, on a page and as a file.

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use chrono::{DateTime, Utc};
use domain::access_request::{RequestLine, find_all};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{due, ground, kind, outcome, requester, verification};
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

/// How many requests are read at a time, and shown on a page.
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
#[template(path = "requests.html")]
struct Requests {
    frame: Frame,
    agency: String,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    next: Option<String>,
}

struct Line {
    id: String,
    received: String,
    kind: String,
    by: String,
    due: String,
    overdue: bool,
    outcome: Option<String>,
}

type Before = Option<(DateTime<Utc>, Uuid)>;

/// Requests from a place on, up to a number of them, and where they go on if there may be more.
async fn requests(
    visit: &Visit,
    mut before: Before,
    most: usize,
) -> Result<(Vec<RequestLine>, Before), Oops> {
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

/// The register of requests.
#[get("/registres/demandes")]
pub(in crate::pages) async fn list(visit: Visit, request: HttpRequest) -> Result<HttpResponse, Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    let before = wanted.cursor.as_deref().map(Cursor::decode).transpose()?.map(|at| (at.at, at.id));
    let most = if wanted.format.is_some() { LONGEST } else { 1 };
    let (items, next) = requests(&visit, before, most).await?;
    let name = if next.is_some() { "registre-demandes-partiel" } else { "registre-demandes" };
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
    items: &[RequestLine],
    next: Before,
    said: Option<&str>,
) -> Result<HttpResponse, Oops> {
    let p = visit.p;
    let page = Requests {
        agency: visit.known.profile.agency.name.clone(),
        tabs: tabs(visit, super::LIST, ""),
        lines: items.iter().map(|item| line(item, p)).collect(),
        next: next.map(|(at, id)| format!("cursor={}", Cursor { at, id }.encode())),
        frame: Frame::of(visit)?.saying(said),
    };
    show(&page.frame, &page)
}

fn line(item: &RequestLine, p: Phrases) -> Line {
    Line {
        id: item.id.to_string(),
        received: date(item.record.received_on, p.lang()),
        kind: kind(item.record.kind, p),
        by: requester(item.record.requester, p),
        due: due(item, p),
        overdue: item.late && !item.answered,
        outcome: item.record.answer.as_ref().map(|answer| outcome(answer.outcome, p)),
    }
}

fn csv(items: &[RequestLine], p: Phrases) -> Csv {
    let columns = [
        "request-number",
        "request-version",
        "request-received",
        "request-kind",
        "request-by",
        "request-subject",
        "request-file",
        "request-person",
        "request-verified",
        "request-due-on",
        "request-extended",
        "request-outcome",
        "request-answered-on",
        "request-grounds",
        "request-explanation",
        "request-late",
    ];
    let headings: Vec<String> = columns.iter().map(|key| p.t(key)).collect();
    let mut csv = Csv::new(&headings);
    for item in items {
        csv.row(&cells(item, p));
    }
    csv
}

fn cells(item: &RequestLine, p: Phrases) -> Vec<String> {
    let (record, answer) = (&item.record, item.record.answer.as_ref());
    let grounds = answer.map(|answer| answer.grounds.iter().map(|one| ground(*one, p)).collect::<Vec<_>>());
    vec![
        item.id.to_string(),
        item.version.to_string(),
        record.received_on.to_string(),
        kind(record.kind, p),
        requester(record.requester, p),
        record.subject.clone(),
        record.file.map(|file| file.to_string()).unwrap_or_default(),
        record.person.map(|person| person.to_string()).unwrap_or_default(),
        record.verified.as_ref().map(|verified| verification(verified.how, p)).unwrap_or_default(),
        item.term.due_on.to_string(),
        record.extension.as_ref().map(|extension| extension.on.to_string()).unwrap_or_default(),
        answer.map(|answer| outcome(answer.outcome, p)).unwrap_or_default(),
        answer.map(|answer| answer.on.to_string()).unwrap_or_default(),
        grounds.unwrap_or_default().join("; "),
        answer.and_then(|answer| answer.explanation.clone()).unwrap_or_default(),
        p.t(if item.late { "yes" } else { "no" }),
    ]
}
