//! The register of incidents as it stands, on a page and as a file.

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use domain::incident::{Awaited, IncidentLine, find_all};

use super::{POINTS, occurred, said};
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

impl Entry for IncidentLine {
    fn place(&self) -> Place {
        (self.entered_at, self.id.uuid())
    }
}

async fn entries(visit: &Visit, after: After) -> Result<Vec<IncidentLine>, Oops> {
    let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| {
        let found = find_all(session, ROWS, after).await?;
        Ok(session.open(found)?)
    });
    Ok(found.await?.into_parts().0.items)
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
    let kept = Kept::read(&wanted, async |after| entries(&visit, after).await).await?;
    match wanted.format {
        Some(format) => Ok(kept.file(&visit, "registre-incidents", format, |items| csv(items, visit.p))),
        None => page(&visit, &kept, wanted.fait.as_deref()),
    }
}

fn page(visit: &Visit, kept: &Kept<IncidentLine>, said: Option<&str>) -> Result<HttpResponse, Oops> {
    let p = visit.p;
    let page = Incidents {
        agency: visit.known.profile.agency.name.clone(),
        tabs: tabs(visit, super::LIST, ""),
        lines: kept.items.iter().map(|item| line(item, p)).collect(),
        next: kept.next(),
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
