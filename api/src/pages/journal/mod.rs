//! The access log, for auditors and privacy officers: who read or did what, on which basis; never a value.

mod standing_out;
mod table;

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use authz::{
    id::{AgencyId, FileId, UserId},
    log::{EventContent, EventView, EventsView, Filter, find_events, find_file_events},
    vocabulary::Role,
};
use domain::{catalogue::Field as Known, file::explain::scope_for_log, reference::find_agencies};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{
    export::{self, Format},
    frame::{Frame, purpose_key, show},
    moment::moment,
    oops::Oops,
    period::{day, midnight},
    phrases::Phrases,
    visit::Visit,
};
use crate::{
    http::{Cursor, Id, read_query},
    log::READS,
    problem::Problem,
};

pub(super) use standing_out::anomalies;

/// How many rows a page shows, and how many are read at a time.
const PAGE: i64 = 100;
/// How many rows a file holds at most.
const LONGEST: usize = 5_000;

/// What the log is narrowed by; days are of Québec, both included.
#[derive(Deserialize, Default, Clone)]
#[serde(deny_unknown_fields)]
struct Wanted {
    file: Option<String>,
    actor: Option<String>,
    person: Option<String>,
    agency: Option<String>,
    act: Option<String>,
    du: Option<String>,
    au: Option<String>,
    cursor: Option<String>,
    format: Option<Format>,
}

#[derive(Template)]
#[template(path = "journal.html")]
struct Journal {
    frame: Frame,
    /// The log of this one file, where others' entries are seen to exist.
    of_file: Option<String>,
    wanted: Asked,
    agencies: Vec<(String, String, bool)>,
    acts: Vec<(String, String, bool)>,
    wrong: bool,
    lines: Vec<Line>,
    next: Option<String>,
    query: String,
    audits: bool,
}

/// The filter as it stands in the form.
#[derive(Default)]
struct Asked {
    file: String,
    actor: String,
    person: String,
    from: String,
    to: String,
}

struct Line {
    at: String,
    told: Option<Told>,
}

/// What a row says, as far as it is the reader's to see.
struct Told {
    act: String,
    decision: String,
    /// Refused or failed: drawn so that it stands out.
    notable: bool,
    actor: Option<Handle>,
    agency: Option<String>,
    purpose: Option<String>,
    file: Option<Handle>,
    /// How much of how many persons.
    shown: String,
    parts: Vec<Part>,
}

/// A handle, with the query that follows it through the log.
struct Handle {
    short: String,
    query: String,
}

/// What of one person was shown.
struct Part {
    person: Handle,
    source: String,
    basis: String,
    fields: String,
}

impl Wanted {
    /// The filter of the API, or nothing where a handle or a day is none.
    fn filter(&self) -> Option<Filter> {
        let id = |text: &Option<String>| match text.as_deref().map(str::trim).filter(|text| !text.is_empty())
        {
            None => Some(None),
            Some(text) => text.parse::<Uuid>().ok().map(Some),
        };
        Some(Filter {
            file: id(&self.file)?.map(FileId::from_uuid),
            actor: id(&self.actor)?.map(UserId::from_uuid),
            person: id(&self.person)?,
            agency: id(&self.agency)?.map(AgencyId::from_uuid),
            from: day(self.du.as_deref()).ok()?.map(midnight),
            to: day(self.au.as_deref()).ok()?.and_then(|day| day.succ_opt()).map(midnight),
            act: self.act.clone().filter(|act| !act.is_empty()),
            before: None,
            limit: PAGE,
        })
    }

    /// As a query, without the place in the list.
    fn query(&self) -> String {
        let pairs = [
            ("file", &self.file),
            ("actor", &self.actor),
            ("person", &self.person),
            ("agency", &self.agency),
            ("act", &self.act),
            ("du", &self.du),
            ("au", &self.au),
        ];
        let given: Vec<(&str, &str)> = pairs
            .iter()
            .filter_map(|(name, words)| Some((*name, words.as_deref().filter(|words| !words.is_empty())?)))
            .collect();
        serde_urlencoded::to_string(given).unwrap_or_default()
    }
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
    let wanted: Wanted = read_query(request.query_string())?;
    let before = wanted.cursor.as_deref().map(Cursor::decode).transpose()?.map(|at| (at.at, at.id));
    let filter = wanted.filter();
    let names = Names::read(visit).await?;
    let (format, most) = (wanted.format, if wanted.format.is_some() { LONGEST } else { 100 });
    // What cannot be found is asked for with a filter that finds nothing, so that the refusals stay those of the log.
    let wrong = filter.is_none();
    let filter = filter.unwrap_or(Filter {
        actor: Some(UserId::from_uuid(Uuid::nil())),
        limit: PAGE,
        ..Filter::default()
    });
    let (rows, next) = rows(visit, of, Filter { before, ..filter }, most).await?;
    match format {
        None => page(visit, of, &wanted, wrong, rows, next, &names),
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

fn page(
    visit: &Visit,
    of: Option<FileId>,
    wanted: &Wanted,
    wrong: bool,
    rows: Vec<EventView>,
    next: Option<Cursor>,
    names: &Names,
) -> Result<HttpResponse, Oops> {
    let frame = Frame::of(visit)?;
    let p = frame.p;
    let words = |text: &Option<String>| text.clone().unwrap_or_default();
    let query = wanted.query();
    let chosen = |given: &Option<String>, value: &str| given.as_deref() == Some(value);
    let mut acts: Vec<(String, String, bool)> =
        known_acts().map(|act| (act.to_owned(), act_words(act, p), chosen(&wanted.act, act))).collect();
    acts.sort_by(|a, b| a.1.cmp(&b.1));
    let page = Journal {
        of_file: of.map(|file| file.to_string()),
        wanted: Asked {
            file: words(&wanted.file),
            actor: words(&wanted.actor),
            person: words(&wanted.person),
            from: words(&wanted.du),
            to: words(&wanted.au),
        },
        agencies: names
            .0
            .iter()
            .map(|(id, name)| (id.to_string(), name.clone(), chosen(&wanted.agency, &id.to_string())))
            .collect(),
        acts,
        wrong,
        lines: rows.into_iter().map(|row| line(row, names, p)).collect(),
        next: next.map(|next| format!("{query}&cursor={}", next.encode())),
        query,
        audits: visit.holds(&[Role::Auditor]),
        frame,
    };
    show(&page.frame, &page)
}

/// Everything a row may be about, for the filter.
fn known_acts() -> impl Iterator<Item = &'static str> {
    authz::acts::ALL.iter().map(|(name, _)| *name).chain(READS.iter().copied())
}

/// An act in plain words; one without a sentence is named as the log names it.
fn act_words(act: &str, p: Phrases) -> String {
    let key = act.replace(['.', '_'], "-");
    p.maybe(&format!("act-{key}")).unwrap_or_else(|| act.to_owned())
}

fn decision_words(decision: &str, p: Phrases) -> String {
    p.t(&format!("decision-{decision}"))
}

fn line(row: EventView, names: &Names, p: Phrases) -> Line {
    let at = row.content.as_ref().map_or(row.recorded_at, |content| content.occurred_at);
    let told = row.content.map(|content| told(&content, names, p));
    Line { at: moment(at, p.lang()), told }
}

fn told(content: &EventContent, names: &Names, p: Phrases) -> Told {
    let shown = parts(&content.disclosed);
    let fields = shown.iter().map(|part| part.fields.len()).sum();
    let persons = shown.iter().map(|part| part.person).collect::<BTreeSet<_>>().len();
    Told {
        act: act_words(&content.act, p),
        decision: decision_words(content.decision, p),
        notable: content.decision != "allowed",
        actor: content.actor.map(|actor| handle("actor", actor.uuid())),
        agency: content.agency.map(|agency| names.of(agency, p)),
        purpose: content.purpose.map(|purpose| p.t(purpose_key(purpose))),
        file: content.file.map(|file| handle("file", file.uuid())),
        shown: format!("{}, {}", p.n("journal-shown", fields), p.n("journal-shown-of", persons)),
        parts: shown.iter().map(|part| part_words(part, names, p)).collect(),
    }
}

fn handle(name: &str, id: Uuid) -> Handle {
    let text = id.to_string();
    let short = text.get(text.len() - 8..).unwrap_or_default().to_owned();
    Handle { short, query: format!("{name}={text}") }
}

/// What a row says was shown: of whom, from which source, on which basis, which fields.
#[derive(Deserialize)]
struct Disclosed {
    person: Uuid,
    source: Uuid,
    basis: String,
    fields: Vec<String>,
}

fn parts(disclosed: &Json) -> Vec<Disclosed> {
    serde_json::from_value(disclosed.clone()).unwrap_or_default()
}

fn part_words(part: &Disclosed, names: &Names, p: Phrases) -> Part {
    let mut fields: Vec<String> = part.fields.iter().map(|field| field_words(field, p)).collect();
    fields.dedup();
    Part {
        person: handle("person", part.person),
        source: names.of(AgencyId::from_uuid(part.source), p),
        basis: p.t(&format!("basis-{}", part.basis)),
        fields: fields.join(", "),
    }
}

/// A field of the catalogue, or a kind of document.
fn field_words(field: &str, p: Phrases) -> String {
    match Known::named(field) {
        Ok(known) => known.label(p.lang()).to_owned(),
        Err(_) => {
            p.maybe(&format!("document-{}", field.replace('_', "-"))).unwrap_or_else(|| field.to_owned())
        }
    }
}
