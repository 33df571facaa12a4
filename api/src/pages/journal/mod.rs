//! The access log, for auditors and privacy officers: who read or did what, on which basis; never a value.

mod filter;
mod proof;
mod standing_out;
mod table;
mod told;

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use authz::{
    id::{AgencyId, FileId, UserId},
    log::{EventView, EventsView, Filter, find_events, find_file_events},
    vocabulary::Role,
};
use domain::{file::explain::scope_for_log, reference::find_agencies};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use filter::{Search, Wanted};
use told::{Day, days};

use super::{
    export::{self, Format},
    frame::{Frame, show_form},
    oops::Oops,
    phrases::Phrases,
    visit::Visit,
};
use crate::{
    http::{Cursor, Id, read_query},
    log::READS,
    problem::Problem,
};

pub(super) use proof::{piece, point, proven, verifier};
pub(super) use standing_out::anomalies;

/// How many rows a page shows, and how many are read at a time.
const PAGE: i64 = 100;
/// How many rows a file holds at most.
const LONGEST: usize = 5_000;

#[derive(Template)]
#[template(path = "journal.html")]
struct Journal {
    frame: Frame,
    /// Is it the log of one file, where others' entries are seen to exist?
    of_file: bool,
    search: Search,
    days: Vec<Day>,
    /// Where the same file is seen with the entries of others.
    others: Option<String>,
    next: Option<String>,
    /// Was it read on from a place in the list?
    further: bool,
    query: String,
    audits: bool,
}

/// The log across files.
#[get("/journal")]
pub(super) async fn journal(visit: Visit, request: HttpRequest) -> Result<HttpResponse, Oops> {
    answer(&visit, &request, None).await
}

/// The log of one file: what is not the reader's to see is seen to exist.
#[get("/journal/dossier/{id}")]
pub(super) async fn of_file(
    visit: Visit,
    request: HttpRequest,
    id: Id<0, FileId>,
) -> Result<HttpResponse, Oops> {
    answer(&visit, &request, Some(id.get())).await
}

async fn answer(visit: &Visit, request: &HttpRequest, of: Option<FileId>) -> Result<HttpResponse, Oops> {
    let mut wanted: Wanted = read_query(request.query_string())?;
    if of.is_some() {
        // The address names the file already.
        wanted.file = None;
    }
    let before = wanted.cursor.as_deref().map(Cursor::decode).transpose()?.map(|at| (at.at, at.id));
    let names = Names::read(visit).await?;
    let asked = wanted.filter();
    // What cannot be found is asked for with a filter that finds nothing, so that the refusals stay those of the log.
    let filter = asked.as_ref().cloned().unwrap_or_else(|_| Filter {
        actor: Some(UserId::from_uuid(Uuid::nil())),
        limit: PAGE,
        ..Filter::default()
    });
    // A file that is empty because a number was wrong would say that nothing happened.
    let format = wanted.format.filter(|_| asked.is_ok());
    let most = if format.is_some() { LONGEST } else { 100 };
    let others = filter.file.map(|file| format!("/journal/dossier/{file}"));
    let (rows, next) = rows(visit, of, Filter { before, ..filter }, most).await?;
    match format {
        None => {
            let frame = Frame::of(visit)?;
            let query = wanted.query();
            let page = Journal {
                of_file: of.is_some(),
                search: Search::of(&wanted, &asked, of.is_some(), &names, frame.p),
                days: days(&rows, &names, frame.p),
                others,
                next: next.map(|next| format!("{query}&cursor={}", next.encode())),
                further: before.is_some(),
                query,
                audits: visit.holds(&[Role::Auditor]),
                frame,
            };
            show_form(asked.is_err(), &page.frame, &page)
        }
        Some(Format::Json) => {
            let value = json!({
                "filter": wanted.query(), "file": of, "complete": next.is_none(),
                "items": serde_json::to_value(&rows).unwrap_or(Json::Null),
            });
            Ok(export::json(name(next), &value))
        }
        Some(Format::Csv) => Ok(table::csv(&rows, &names, visit.p).answer(name(next))),
    }
}

const fn name(next: Option<Cursor>) -> &'static str {
    if next.is_some() { "journal-des-acces-partiel" } else { "journal-des-acces" }
}

/// Rows from a place on, up to a number of them, and where they go on if there may be more.
async fn rows(
    visit: &Visit,
    of: Option<FileId>,
    mut filter: Filter,
    most: usize,
) -> Result<(Vec<EventView>, Option<Cursor>), Oops> {
    let mut items = Vec::new();
    loop {
        let view = read(visit, of, filter.clone()).await?;
        let full = i64::try_from(view.items.len()).is_ok_and(|rows| rows == PAGE);
        let last = view.last();
        items.extend(view.items);
        let next = last.filter(|_| full);
        if next.is_none() || items.len() >= most {
            return Ok((items, next.map(|(at, id)| Cursor { at, id })));
        }
        filter.before = next;
    }
}

async fn read(visit: &Visit, of: Option<FileId>, filter: Filter) -> Result<EventsView, Oops> {
    let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| match of {
        None => {
            let found = find_events(session, &filter).await?;
            Ok(session.open(found)?)
        }
        Some(file) => {
            let scope = scope_for_log(session, file).await?;
            let found = find_file_events(session, file, scope, &filter).await?;
            Ok(session.open(found)?)
        }
    });
    Ok(found.await?.into_parts().0)
}

/// The names of agencies.
struct Names(Vec<(AgencyId, String)>);

impl Names {
    async fn read(visit: &Visit) -> Result<Self, Oops> {
        let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| {
            let found = find_agencies(session).await?;
            Ok(session.open(found)?)
        });
        let agencies = found.await?.into_parts().0.agencies;
        Ok(Self(agencies.into_iter().map(|one| (one.id, one.name)).collect()))
    }

    fn of(&self, id: AgencyId, p: Phrases) -> String {
        let known = self.0.iter().find(|(known, _)| *known == id);
        known.map_or_else(|| p.t("agency-gone"), |(_, name)| name.clone())
    }
}

/// Everything a row may be about, for the filter.
fn known_acts() -> impl Iterator<Item = &'static str> {
    authz::acts::ALL.iter().map(|(name, _)| *name).chain(READS.iter().copied())
}
