//! The register of requests as it stands, on a page and as a file.

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use domain::access_request::{RequestLine, find_all};

use super::{due, ground, kind, outcome, requester, verification};
use crate::{
    http::read_query,
    pages::{
        export::Csv,
        frame::{Frame, show},
        moment::date,
        oops::Oops,
        phrases::Phrases,
        registers::{
            After, Entry, Place, ROWS,
            kept::{Kept, Wanted},
            tabs::{Tab, tabs},
        },
        visit::Visit,
    },
    problem::Problem,
};

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

impl Entry for RequestLine {
    fn place(&self) -> Place {
        (self.entered_at, self.id.uuid())
    }
}

async fn entries(visit: &Visit, after: After) -> Result<Vec<RequestLine>, Oops> {
    let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| {
        let found = find_all(session, ROWS, after).await?;
        Ok(session.open(found)?)
    });
    Ok(found.await?.into_parts().0.items)
}

/// The register of requests.
#[get("/registres/demandes")]
pub(in crate::pages) async fn list(visit: Visit, request: HttpRequest) -> Result<HttpResponse, Oops> {
    let wanted: Wanted = read_query(request.query_string())?;
    let kept = Kept::read(&wanted, async |after| entries(&visit, after).await).await?;
    match wanted.format {
        Some(format) => Ok(kept.file(&visit, "registre-demandes", format, |items| csv(items, visit.p))),
        None => page(&visit, &kept, wanted.fait.as_deref()),
    }
}

fn page(visit: &Visit, kept: &Kept<RequestLine>, said: Option<&str>) -> Result<HttpResponse, Oops> {
    let p = visit.p;
    let page = Requests {
        agency: visit.known.profile.agency.name.clone(),
        tabs: tabs(visit, super::LIST, ""),
        lines: kept.items.iter().map(|item| line(item, p)).collect(),
        next: kept.next(),
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
